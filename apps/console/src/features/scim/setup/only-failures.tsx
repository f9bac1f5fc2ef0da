import { useQuery } from '@tanstack/react-query';
import { requestDetailQuery, requestsQuery } from '../../../api/directory.ts';
import { Note } from '../../../components/copy-field.tsx';
import { useNow } from '../../../components/relative-time.tsx';
import { useDirectory } from '../directory/context.ts';
import { rangeStart } from '../model/request-search.ts';
import { newestOfOnlyFailures, stepsOf } from '../model/request-text.ts';
import { RequestLink } from '../parts/links.tsx';

const minute = 60_000;

/** When all of the last hour went wrong: why, and what to change in the IdP. */
export function OnlyFailures() {
  const { ref } = useDirectory();
  // Whole minutes, so that the question stays the same while the clock ticks.
  const now = new Date(Math.floor(useNow().getTime() / minute) * minute);
  const { data } = useQuery(requestsQuery(ref, { from: rangeStart('hour', now), limit: 100 }));
  const failure = newestOfOnlyFailures(data?.items ?? []);
  const { data: detail } = useQuery({
    ...requestDetailQuery(ref, failure?.id ?? ''),
    enabled: failure !== undefined,
  });
  if (!failure || !detail?.explanation) return null;
  return (
    <div role="status">
      <Note tone="warning">
        <p className="font-medium">Nothing has succeeded in the last hour.</p>
        <p className="mt-1">{detail.explanation.why}</p>
        {stepsOf(detail.explanation.whatToChange).map((step) => (
          <p key={step} className="mt-1">
            {step}
          </p>
        ))}
        <p className="mt-1">
          <RequestLink id={failure.id}>See the request</RequestLink>
        </p>
      </Note>
    </div>
  );
}
