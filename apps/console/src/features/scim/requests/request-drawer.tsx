import { useQuery } from '@tanstack/react-query';
import { requestDetailQuery } from '../../../api/directory.ts';
import { Button } from '../../../components/button.tsx';
import { Drawer } from '../../../components/drawer.tsx';
import { RelativeTime } from '../../../components/relative-time.tsx';
import { SkeletonLines } from '../../../components/skeleton.tsx';
import { useCopy } from '../../../components/use-copy.ts';
import { useDirectory } from '../directory/context.ts';
import type { DirectoryDrawerProps } from '../directory/directory-drawer.tsx';
import { supportText } from '../model/request-text.ts';
import { LoadError } from '../parts/load-error.tsx';
import { OutcomeBadge } from '../parts/outcome-badge.tsx';
import { RequestBody } from './request-body.tsx';

/** One request: what it did, and for a refused or failed one first why, and what to change. */
export function RequestDrawer({ id, ...drawer }: DirectoryDrawerProps) {
  const { ref } = useDirectory();
  const { data: detail, error, refetch } = useQuery(requestDetailQuery(ref, id));
  return (
    <Drawer
      {...drawer}
      title={detail?.headline ?? 'Request'}
      bar={
        detail && (
          <>
            <OutcomeBadge outcome={detail.outcome} status={detail.status} />
            <RelativeTime at={detail.at} />
          </>
        )
      }
      foot={
        detail && (
          <>
            <CopyTextButton label="Copy for support" text={supportText(detail)} />
            <CopyTextButton label="Copy as curl" text={detail.curl} />
          </>
        )
      }
    >
      {detail && <RequestBody detail={detail} />}
      {!detail && error && <LoadError what="This request" error={error} onRetry={refetch} />}
      {!detail && !error && <SkeletonLines count={8} />}
    </Drawer>
  );
}

function CopyTextButton({ label, text }: { label: string; text: string }) {
  const { state, copy } = useCopy();
  return (
    <Button size="sm" onClick={() => void copy(text)}>
      {state === 'copied' ? 'Copied' : label}
    </Button>
  );
}
