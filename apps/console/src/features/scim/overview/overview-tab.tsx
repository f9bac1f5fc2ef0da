import { useDirectory } from '../directory/context.ts';
import { ActivityOverview } from './activity-overview.tsx';
import { OffAgain } from './off-again.tsx';
import { StatusCard } from './status-card.tsx';

/** How the directory is: status, seats, requests of 30 days, what is worth knowing. */
export function OverviewTab() {
  const { directory } = useDirectory();
  return (
    <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-8">
      {directory.state === 'off' ? <OffAgain /> : <StatusCard />}
      <ActivityOverview />
    </div>
  );
}
