import type { ReactNode } from 'react';
import { Badge } from './badge.tsx';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';

const frame =
  'grid justify-items-start gap-1 rounded-md border border-dashed border-line-strong px-4 py-6';

/** A list without rows: why it is empty and what the next step is. */
export function EmptyState({
  title,
  children,
  action,
}: {
  title: string;
  children: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className={frame}>
      <p className="text-sm font-strong">{title}</p>
      <div className="max-w-[32rem] text-sm text-ink-2">{children}</div>
      {action && <div className="mt-2 flex flex-wrap gap-2">{action}</div>}
    </div>
  );
}

/** Something that could not be loaded or done: what, why, the id for support, and a way to try again. */
export function ErrorState({
  title,
  detail,
  requestId,
  onRetry,
}: {
  /** “The requests could not be loaded”. */
  title: string;
  detail: string;
  requestId?: string | undefined;
  onRetry?: (() => void) | undefined;
}) {
  return (
    <div role="alert" className={frame}>
      <div className="font-strong">
        <Badge mark="danger">{title}</Badge>
      </div>
      <p className="max-w-[32rem] text-sm wrap-anywhere text-ink-2">
        <FaultText detail={detail} requestId={requestId} />
      </p>
      {onRetry && (
        <Button size="sm" onClick={onRetry} className="mt-2">
          <Icon name="refresh" />
          Try again
        </Button>
      )}
    </div>
  );
}

/** What went wrong, with what support asks for. */
export function FaultText({
  detail,
  requestId,
}: {
  detail: string;
  requestId?: string | undefined;
}) {
  return (
    <>
      {detail}
      {requestId && (
        <>
          {' '}
          For support: <code>{requestId}</code>
        </>
      )}
    </>
  );
}
