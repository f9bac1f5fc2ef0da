import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { overviewQuery } from '../../../api/directory.ts';
import { Section, Split } from '../../../components/section.tsx';
import { SkeletonLines, SkeletonPanel } from '../../../components/skeleton.tsx';
import { useDirectory } from '../directory/context.ts';
import { LoadError } from '../parts/load-error.tsx';
import { NoteworthyList } from './noteworthy-list.tsx';
import { OverviewAside } from './overview-aside.tsx';
import { RequestChart } from './request-chart.tsx';

/** The plot of 30 days with the seats beside it, and the last noteworthy events. */
export function ActivityOverview() {
  const { ref, directory } = useDirectory();
  const { data: overview, error, refetch } = useQuery(overviewQuery(ref));
  if (error && !overview) {
    return <LoadError what="The overview" error={error} onRetry={refetch} />;
  }
  return (
    <>
      <Split aside={<OverviewAside />}>
        {overview ? (
          <RequestChart days={overview.requests} />
        ) : (
          <SkeletonPanel className="min-h-52" />
        )}
      </Split>
      <Section
        title="Noteworthy"
        end={
          <Link
            to="/app/enterprise/scim/$directoryId/requests"
            params={{ directoryId: directory.id }}
            className="text-sm"
          >
            All requests
          </Link>
        }
      >
        {overview ? <NoteworthyList events={overview.noteworthy} /> : <SkeletonLines count={5} />}
      </Section>
    </>
  );
}
