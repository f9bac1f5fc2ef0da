import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { reviewQuery } from '../../../api/directory.ts';
import { formatCount } from '../../../components/format.ts';
import { Section } from '../../../components/section.tsx';
import { SkeletonLines } from '../../../components/skeleton.tsx';
import { EmptyState } from '../../../components/states.tsx';
import { useDirectory } from '../directory/context.ts';
import { CursorPages } from '../parts/cursor-pages.tsx';
import { LoadError } from '../parts/load-error.tsx';
import { ReviewLine } from './review-line.tsx';

/** What waits: for a seat, for an invited person, or for something to be put right. */
export function ReviewTab() {
  const { ref } = useDirectory();
  const search = useSearch({ from: '/app/enterprise/scim/$directoryId/review' });
  const { data, error, refetch } = useQuery(reviewQuery(ref, { cursor: search.cursor }));
  if (error && !data) {
    return <LoadError what="What waits" error={error} onRetry={refetch} />;
  }
  if (!data) return <SkeletonLines count={6} />;
  if (data.items.length === 0 && !search.cursor) {
    return (
      <Section title="What waits" titleHidden>
        <EmptyState title="Nothing waits">
          Whoever waits for a seat, is invited from outside your domains, or could not be linked for
          certain stands here, with what to do.
        </EmptyState>
      </Section>
    );
  }
  return (
    <Section title="What waits" note="Nothing here has changed anybody's access yet.">
      <ol className="border-t border-line">
        {data.items.map((item) => (
          <ReviewLine key={item.effectId} item={item} />
        ))}
      </ol>
      <CursorPages
        shown={formatCount(data.items.length, 'line on this page', 'lines on this page')}
        cursor={search.cursor}
        nextCursor={data.nextCursor}
      />
    </Section>
  );
}
