import type { ReviewItem } from '@rollcall/api';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { reviewQuery } from '../../../api/directory.ts';
import { Button } from '../../../components/button.tsx';
import { formatCount, formatNumber } from '../../../components/format.ts';
import { Section } from '../../../components/section.tsx';
import { Segments } from '../../../components/segments.tsx';
import { SkeletonLines } from '../../../components/skeleton.tsx';
import { EmptyState } from '../../../components/states.tsx';
import { useDirectory } from '../directory/context.ts';
import { decisionLabel, sharedDecisions } from '../model/review.ts';
import { CursorPages } from '../parts/cursor-pages.tsx';
import { LoadError } from '../parts/load-error.tsx';
import { ReviewCard } from './review-card.tsx';
import { ReviewLine } from './review-line.tsx';

const from = '/app/enterprise/scim/$directoryId/review';

/** What waits for an owner's decision, and what waits for a seat or an answer. */
export function ReviewTab() {
  const { ref } = useDirectory();
  const search = useSearch({ from });
  const navigate = useNavigate({ from });
  const waits = search.waits ?? 'decision';
  const { data, error, refetch } = useQuery(reviewQuery(ref, { waits, cursor: search.cursor }));
  if (error && !data) return <LoadError what="What waits" error={error} onRetry={refetch} />;
  if (!data) return <SkeletonLines count={6} />;
  return (
    <Section title="What waits" titleHidden>
      <div className="mb-4">
        <Segments
          label="What it waits for"
          value={waits}
          onChange={(value) =>
            void navigate({ search: value === 'decision' ? {} : { waits: value } })
          }
          options={[
            { value: 'decision', label: `Conflicts ${formatNumber(data.counts.decision)}` },
            { value: 'other', label: `Waiting ${formatNumber(data.counts.other)}` },
          ]}
        />
      </div>
      {data.items.length === 0 ? (
        <NothingWaits waits={waits} />
      ) : waits === 'decision' ? (
        <Decisions items={data.items} />
      ) : (
        <ol className="border-t border-line">
          {data.items.map((item) => (
            <ReviewLine key={item.effectId} item={item} />
          ))}
        </ol>
      )}
      {data.items.length > 0 && (
        <CursorPages
          shown={formatCount(data.items.length, 'line on this page', 'lines on this page')}
          cursor={search.cursor}
          nextCursor={data.nextCursor}
        />
      )}
    </Section>
  );
}

function NothingWaits({ waits }: { waits: 'decision' | 'other' }) {
  return waits === 'decision' ? (
    <EmptyState title="Nothing waits for you">
      Owners that your IdP sent, teams of one name, people outside your domains beyond the number of
      a day, and people whom it gave up but who are here by hand stand here until you decide.
    </EmptyState>
  ) : (
    <EmptyState title="Nobody waits">
      Whoever waits for a seat, or was invited from outside your domains, stands here.
    </EmptyState>
  );
}

function Decisions({ items }: { items: readonly ReviewItem[] }) {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const chosen = items.filter(({ effectId }) => selected.has(effectId));
  const select = (id: string, on: boolean) => {
    const next = new Set(selected);
    if (on) next.add(id);
    else next.delete(id);
    setSelected(next);
  };
  return (
    <>
      <p className="mb-3 text-sm text-ink-2">Until you decide, nobody's access changes.</p>
      <ol className="grid grid-cols-[minmax(0,1fr)] gap-3">
        {items.map((item) => (
          <ReviewCard
            key={item.effectId}
            item={item}
            selected={selected.has(item.effectId)}
            onSelect={(on) => select(item.effectId, on)}
          />
        ))}
      </ol>
      {chosen.length > 1 && <BulkBar items={chosen} />}
    </>
  );
}

/** What can be decided about all that are selected. */
function BulkBar({ items }: { items: readonly ReviewItem[] }) {
  const { open } = useDirectory();
  const decisions = sharedDecisions(items);
  const [first] = items;
  return (
    <div className="sticky bottom-0 mt-3 flex flex-wrap items-center gap-2 border-t border-line bg-page py-3 text-sm">
      <span className="mr-auto font-medium">{formatNumber(items.length)} selected</span>
      {first && decisions.length > 0 ? (
        decisions.map((decision) => (
          <Button
            key={decision}
            size="sm"
            onClick={() => open({ kind: 'decide', items, decision })}
          >
            {decisionLabel(decision, first.kind)}
          </Button>
        ))
      ) : (
        <span className="text-ink-2">These are of different kinds: decide them one by one.</span>
      )}
    </div>
  );
}
