import { Outlet, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { WithDrawer } from '../../../components/drawer.tsx';
import { Page, PageHeader } from '../../../components/page.tsx';
import { tabPanelId } from '../../../components/tabs.tsx';
import { Toggle } from '../../../components/toggle.tsx';
import { unmetReason } from '../model/requirement.ts';
import { leadSentence } from '../model/sentence.ts';
import { useDirectory } from './context.ts';
import { DirectoryBanner } from './directory-banner.tsx';
import { DirectoryDrawer } from './directory-drawer.tsx';
import { DirectoryTabs, tabsName, useCurrentTab } from './directory-tabs.tsx';
import { PublishRows, type RowOrder } from './row-order.ts';

/** The page of a directory that is known. */
export function DirectoryView() {
  const { directory, accountName } = useDirectory();
  const drawer = useSearch({ from: '/app/enterprise/scim/$directoryId' });
  const [rows, setRows] = useState<RowOrder>([]);
  const tab = useCurrentTab();
  const isOpen = Boolean(drawer.person ?? drawer.group ?? drawer.request);
  return (
    <WithDrawer drawer={isOpen && <DirectoryDrawer {...drawer} rows={rows} />}>
      <Page title={`SCIM, ${tab.label} · ${accountName}`}>
        <PageHeader
          title="SCIM"
          lead={leadSentence(directory, accountName)}
          actions={<DirectoryToggle />}
        />
        <DirectoryTabs current={tab.id} />
        <div
          role="tabpanel"
          id={tabPanelId(tabsName)}
          aria-labelledby={`${tabsName}-${tab.id}`}
          className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-6"
        >
          <DirectoryBanner />
          <PublishRows value={setRows}>
            <Outlet />
          </PublishRows>
        </div>
      </Page>
    </WithDrawer>
  );
}

/** The switch. It moves after its dialog, never before. */
function DirectoryToggle() {
  const { directory, open } = useDirectory();
  const on = directory.state === 'on';
  const reason = on ? undefined : unmetReason(directory.requirements);
  return (
    <>
      <Toggle
        on={on}
        label="SCIM"
        inactive={reason !== undefined}
        {...(reason && { describedBy: 'scim-toggle-reason' })}
        onToggle={() => open({ kind: on ? 'turn-off' : 'turn-on' })}
      >
        {on ? 'SCIM is on' : 'SCIM is off'}
      </Toggle>
      {reason && (
        <span id="scim-toggle-reason" className="max-w-60 text-xs text-ink-2">
          {reason}
        </span>
      )}
    </>
  );
}
