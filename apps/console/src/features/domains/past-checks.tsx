import type { DomainDetail } from '@rollcall/api';
import { Badge } from '../../components/badge.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { PlainList, Section } from '../../components/section.tsx';
import { dnsOutcomes, type Word } from './words.ts';

type PastCheck = DomainDetail['checks'][number];

const verdicts: Record<PastCheck['verdict'], Word> = {
  found: { mark: 'ok', word: 'Found' },
  missing: { mark: 'todo', word: 'Not there' },
  unknown: { mark: 'off', word: 'No answer' },
};

/** The checks that counted: those that were asked for, and those of each day. */
export function PastChecks({ checks }: { checks: readonly PastCheck[] }) {
  if (checks.length === 0) return null;
  return (
    <Section title="Checks">
      <PlainList
        items={checks.map((check) => ({
          key: check.at,
          text: (
            <span className="flex flex-wrap gap-x-3">
              <Badge mark={verdicts[check.verdict].mark}>{verdicts[check.verdict].word}</Badge>
              <span className="wrap-anywhere text-ink-2">
                {check.answers
                  .map(({ resolver, outcome }) => `${resolver}: ${dnsOutcomes[outcome].word}`)
                  .join(' · ')}
              </span>
            </span>
          ),
          end: <RelativeTime at={check.at} />,
        }))}
      />
    </Section>
  );
}
