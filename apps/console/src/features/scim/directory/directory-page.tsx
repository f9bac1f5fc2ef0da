import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { isNotFound } from '../../../api/api-error.ts';
import { type DirectoryRef, directoryQuery } from '../../../api/directory.ts';
import { Page, PageHeader, Stack } from '../../../components/page.tsx';
import { SkeletonLines, SkeletonPanel } from '../../../components/skeleton.tsx';
import { NotFound } from '../../../routes/not-found.tsx';
import { useAccount, useSession } from '../../../shell/account.ts';
import { LoadError } from '../parts/load-error.tsx';
import { DirectoryContext, type DirectoryDialog } from './context.ts';
import { DirectoryDialogs } from './directory-dialogs.tsx';
import { DirectoryView } from './directory-view.tsx';
import { useTickAnnouncements } from './use-tick-announcements.ts';

/** One directory: header, tabs, the open tab, and beside it the open drawer. */
export function DirectoryPage() {
  const { directoryId } = useParams({ from: '/app/enterprise/scim/$directoryId' });
  const account = useAccount();
  const ref = useMemo(() => ({ accountId: account.id, directoryId }), [account.id, directoryId]);
  return <LoadedDirectory key={directoryId} directoryRef={ref} accountName={account.name} />;
}

function LoadedDirectory(props: { directoryRef: DirectoryRef; accountName: string }) {
  const { directoryRef: ref, accountName } = props;
  const { productName } = useSession();
  const [dialog, setDialog] = useState<DirectoryDialog>();
  const { data: directory, error, refetch } = useQuery(directoryQuery(ref));
  useTickAnnouncements(ref, directory?.milestones);
  const context = useMemo(
    () => directory && { directory, ref, accountName, productName, open: setDialog },
    [directory, ref, accountName, productName],
  );
  if (!directory && isNotFound(error)) return <NotFound />;
  if (!context) {
    return (
      <Page title={`SCIM · ${accountName}`}>
        <PageHeader title="SCIM" />
        <Stack>
          {error ? (
            <LoadError what="This directory" error={error} onRetry={refetch} />
          ) : (
            <DirectorySkeleton />
          )}
        </Stack>
      </Page>
    );
  }
  return (
    <DirectoryContext value={context}>
      <DirectoryView />
      {dialog && <DirectoryDialogs dialog={dialog} onClose={() => setDialog(undefined)} />}
    </DirectoryContext>
  );
}

function DirectorySkeleton() {
  return (
    <>
      <SkeletonPanel className="min-h-32" />
      <SkeletonLines count={6} />
    </>
  );
}
