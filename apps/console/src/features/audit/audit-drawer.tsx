import type { AuditEvent } from '@rollcall/api';
import { useQuery } from '@tanstack/react-query';
import { auditEventQuery } from '../../api/account.ts';
import { QueryView } from '../../api/query-view.tsx';
import { Tag } from '../../components/badge.tsx';
import { Drawer, DrawerSection } from '../../components/drawer.tsx';
import { formatExact } from '../../components/format.ts';
import { RelativeTime } from '../../components/relative-time.tsx';
import { Properties } from '../../components/section.tsx';
import { SkeletonLines } from '../../components/skeleton.tsx';
import { useAccount } from '../../shell/account.ts';

/** One change in full: what it was before and is after. */
export function AuditDrawer({
  id,
  ...drawer
}: {
  id: string;
  onPrevious: (() => void) | undefined;
  onNext: (() => void) | undefined;
  onClose: () => void;
}) {
  const account = useAccount();
  const event = useQuery(auditEventQuery(account.id, id));
  return (
    <Drawer
      {...drawer}
      title={event.data?.sentence ?? 'Change'}
      bar={
        event.data && (
          <>
            <Tag>{event.data.action}</Tag>
            <RelativeTime at={event.data.at} />
          </>
        )
      }
    >
      <QueryView
        query={event}
        failed="This change could not be loaded"
        skeleton={<SkeletonLines count={6} />}
      >
        {(data) => <Change event={data} />}
      </QueryView>
    </Drawer>
  );
}

function Change({ event }: { event: AuditEvent }) {
  return (
    <>
      <Properties
        values={[
          { name: 'Time', value: formatExact(event.at) },
          { name: 'Who', value: event.actor.name },
          ...(event.subject ? [{ name: 'On whom', value: event.subject.name }] : []),
          ...(event.requestId ? [{ name: 'Request', value: <code>{event.requestId}</code> }] : []),
          { name: 'Event', value: <code>{event.id}</code> },
        ]}
      />
      <Document title="Before" value={event.before} />
      <Document title="After" value={event.after} />
    </>
  );
}

function Document({ title, value }: { title: string; value: unknown }) {
  if (value === null || value === undefined) return null;
  return (
    <DrawerSection title={title}>
      <pre className="overflow-x-auto rounded-md border border-line bg-sunken px-3 py-2 font-mono text-xs leading-4.5 wrap-anywhere whitespace-pre-wrap">
        {JSON.stringify(value, null, 2)}
      </pre>
    </DrawerSection>
  );
}
