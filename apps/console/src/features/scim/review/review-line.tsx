import type { ReviewItem } from '@rollcall/api';
import { Badge } from '../../../components/badge.tsx';
import { Button } from '../../../components/button.tsx';
import { RelativeTime } from '../../../components/relative-time.tsx';
import { useDirectory } from '../directory/context.ts';
import { cutAtName } from '../model/linked-sentence.ts';
import { decisionLabel, reviewKinds } from '../model/review.ts';
import { RequestLink, UserLink } from '../parts/links.tsx';

/** One waiting effect: what it is, since when, and what can be done. */
export function ReviewLine({ item }: { item: ReviewItem }) {
  const { open } = useDirectory();
  const { word, mark, todo } = reviewKinds[item.kind];
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-1 border-b border-line py-3 text-sm tablet:grid-cols-[10rem_minmax(0,1fr)_auto]">
      <div className="max-tablet:col-span-2">
        <Badge mark={mark}>{word}</Badge>
      </div>
      <div className="min-w-0">
        <p className="font-medium">
          <Sentence item={item} />
        </p>
        {item.detail && <p className="text-ink-2">{item.detail}</p>}
        <p className="mt-1 text-ink-2">{todo}</p>
        {item.decisions.length > 0 && (
          <div className="mt-2 flex flex-wrap gap-2">
            {item.decisions.map((decision) => (
              <Button
                key={decision}
                size="sm"
                onClick={() => open({ kind: 'decide', items: [item], decision })}
              >
                {decisionLabel(decision, item.kind)}
              </Button>
            ))}
          </div>
        )}
      </div>
      <div className="grid content-start justify-items-end gap-1">
        <RelativeTime at={item.at} className="text-ink-3" />
        {item.requestId && <RequestLink id={item.requestId}>Request</RequestLink>}
      </div>
    </li>
  );
}

function Sentence({ item: { sentence, person } }: { item: ReviewItem }) {
  const parts = person && cutAtName(sentence, person.name);
  if (!parts) return sentence;
  return (
    <>
      {parts.before}
      <UserLink {...person} />
      {parts.after}
    </>
  );
}
