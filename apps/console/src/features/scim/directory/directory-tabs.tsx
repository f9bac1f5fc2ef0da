import { useMatches } from '@tanstack/react-router';
import { formatNumber } from '../../../components/format.ts';
import { Tabs } from '../../../components/tabs.tsx';
import { useDirectory } from './context.ts';

/** The name that ties tabs and panel together. */
export const tabsName = 'directory';

const tabs = [
  { id: 'overview', label: 'Overview' },
  { id: 'setup', label: 'Set-up' },
  { id: 'people', label: 'People' },
  { id: 'groups', label: 'Groups' },
  { id: 'requests', label: 'Requests' },
  { id: 'review', label: 'Review' },
  { id: 'settings', label: 'Settings' },
] as const;

type Tab = (typeof tabs)[number];

/** The tab that the URL opens. */
export function useCurrentTab(): Tab {
  const path = useMatches({ select: (matches) => matches.at(-1)?.fullPath ?? '' });
  return tabs.find(({ id }) => path.endsWith(`/${id}`)) ?? tabs[0];
}

/** The tabs of a directory; each link leaves filters and drawers behind. */
export function DirectoryTabs({ current }: { current: Tab['id'] }) {
  const { directory } = useDirectory();
  const counts: Partial<Record<Tab['id'], string>> = {
    people: formatNumber(directory.people),
    groups: formatNumber(directory.groups),
    ...(directory.decisions > 0 && { review: formatNumber(directory.decisions) }),
  };
  return (
    <Tabs
      name={tabsName}
      label="Directory"
      current={current}
      items={tabs.map(({ id, label }) => ({
        id,
        label,
        count: counts[id],
        link: {
          to: `/app/enterprise/scim/$directoryId/${id}`,
          params: { directoryId: directory.id },
        },
      }))}
    />
  );
}
