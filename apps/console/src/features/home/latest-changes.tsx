import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { auditQuery } from '../../api/account.ts';
import { QueryView } from '../../api/query-view.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { PlainList, Section } from '../../components/section.tsx';
import { SkeletonLines } from '../../components/skeleton.tsx';
import { useAccount } from '../../shell/account.ts';

/** The last few changes in words. */
export function LatestChanges() {
  const { id } = useAccount();
  const events = useQuery(auditQuery(id, { limit: 5 }));
  return (
    <Section
      title="Latest changes"
      aside
      end={
        <Link to="/app/enterprise/audit" className="text-sm">
          Audit
        </Link>
      }
    >
      <QueryView
        query={events}
        failed="The changes could not be loaded"
        skeleton={<SkeletonLines count={4} />}
      >
        {({ items }) =>
          items.length === 0 ? (
            <p className="text-sm text-ink-2">Nothing has been changed yet.</p>
          ) : (
            <PlainList
              items={items.map((event) => ({
                key: event.id,
                text: event.sentence,
                end: <RelativeTime at={event.at} />,
              }))}
            />
          )
        }
      </QueryView>
    </Section>
  );
}
