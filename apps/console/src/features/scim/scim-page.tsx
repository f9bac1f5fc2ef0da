import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Navigate, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { accountKey } from '../../api/account.ts';
import { directoryQuery, scimQuery } from '../../api/directory.ts';
import { Page, PageHeader, Stack } from '../../components/page.tsx';
import { SkeletonLines, SkeletonPanel } from '../../components/skeleton.tsx';
import { useAccount } from '../../shell/account.ts';
import { DirectoryList } from './off/directory-list.tsx';
import { EnableDialog } from './off/enable-dialog.tsx';
import { OffPage } from './off/off-page.tsx';
import { LoadError } from './parts/load-error.tsx';

/** SCIM of the account: off, or the way to its only directory, or the list of them. */
export function ScimPage() {
  const { id: accountId, name } = useAccount();
  const { data: scim, error, refetch } = useQuery(scimQuery(accountId));
  const [enabling, setEnabling] = useState(false);
  const leave = useLeaveToSetup();
  // While the dialog is open it decides when to leave: it may hold a token that nobody has stored yet.
  if (scim && (enabling || scim.directories.length === 0)) {
    return (
      <>
        <OffPage requirements={scim.requirements} onTurnOn={() => setEnabling(true)} />
        {enabling && (
          <EnableDialog onClose={() => setEnabling(false)} onEnabled={(id) => void leave(id)} />
        )}
      </>
    );
  }
  const [first, second] = scim?.directories ?? [];
  if (first && !second) {
    const tab = first.health === 'waiting' ? 'setup' : 'overview';
    return (
      <Navigate
        to={`/app/enterprise/scim/$directoryId/${tab}`}
        params={{ directoryId: first.id }}
        replace
      />
    );
  }
  return (
    <Page title={`SCIM · ${name}`}>
      <PageHeader title="SCIM" />
      <Stack>
        {scim && <DirectoryList directories={scim.directories} />}
        {!scim && error && <LoadError what="SCIM" error={error} onRetry={refetch} />}
        {!scim && !error && <PageSkeleton />}
      </Stack>
    </Page>
  );
}

function useLeaveToSetup() {
  const { id: accountId } = useAccount();
  const client = useQueryClient();
  const navigate = useNavigate();
  return async (directoryId: string) => {
    void client.invalidateQueries({ queryKey: accountKey(accountId) });
    // The next page opens whole, so that its title can take the focus and keep it.
    await client.prefetchQuery(directoryQuery({ accountId, directoryId }));
    void navigate({ to: '/app/enterprise/scim/$directoryId/setup', params: { directoryId } });
  };
}

function PageSkeleton() {
  return (
    <>
      <SkeletonPanel className="min-h-48" />
      <SkeletonLines count={4} />
    </>
  );
}
