import { cutAtName } from '../model/linked-sentence.ts';
import { SubjectLink } from './links.tsx';

/** A sentence in which the name of whom it is about leads to them. */
export function SubjectSentence({
  sentence,
  subject,
}: {
  sentence: string;
  subject: { id: string; name: string; kind: 'person' | 'group' } | null;
}) {
  const parts = subject && cutAtName(sentence, subject.name);
  if (!parts) return sentence;
  return (
    <>
      {parts.before}
      <SubjectLink subject={subject} />
      {parts.after}
    </>
  );
}
