import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useDirectoryId } from '../directory/context.ts';

/** To a directory user's drawer. */
export function PersonLink({ id, children }: { id: string; children: ReactNode }) {
  const directoryId = useDirectoryId();
  return (
    <Link
      to="/app/enterprise/scim/$directoryId/people"
      params={{ directoryId }}
      search={{ person: id }}
    >
      {children}
    </Link>
  );
}

/** To a directory group's drawer. */
export function GroupLink({ id, children }: { id: string; children: ReactNode }) {
  const directoryId = useDirectoryId();
  return (
    <Link
      to="/app/enterprise/scim/$directoryId/groups"
      params={{ directoryId }}
      search={{ group: id }}
    >
      {children}
    </Link>
  );
}

/** To a request's drawer in the log. */
export function RequestLink({ id, children }: { id: string; children: ReactNode }) {
  const directoryId = useDirectoryId();
  return (
    <Link
      to="/app/enterprise/scim/$directoryId/requests"
      params={{ directoryId }}
      search={{ request: id }}
    >
      {children}
    </Link>
  );
}

/** To whom or what a record is about. */
export function SubjectLink({
  subject,
}: {
  subject: { id: string; name: string; kind: 'person' | 'group' };
}) {
  const SomeLink = subject.kind === 'person' ? PersonLink : GroupLink;
  return <SomeLink id={subject.id}>{subject.name}</SomeLink>;
}

/** To a person of the account. */
export function UserLink({ id, name }: { id: string; name: string }) {
  return (
    <Link to="/app/enterprise/licenses/$userId" params={{ userId: id }}>
      {name}
    </Link>
  );
}

/** To a team of the account. */
export function TeamLink({ id, name }: { id: string; name: string }) {
  return (
    <Link to="/app/enterprise/team/$id" params={{ id }}>
      {name}
    </Link>
  );
}
