import type { DirectoryPersonDetail } from '@rollcall/api';
import { useQuery } from '@tanstack/react-query';
import { directoryPersonQuery } from '../../../api/directory.ts';
import { Badge } from '../../../components/badge.tsx';
import { Button } from '../../../components/button.tsx';
import { Drawer, DrawerSection } from '../../../components/drawer.tsx';
import { RelativeTime } from '../../../components/relative-time.tsx';
import { Properties } from '../../../components/section.tsx';
import { SkeletonLines } from '../../../components/skeleton.tsx';
import { useDirectory } from '../directory/context.ts';
import type { DirectoryDrawerProps } from '../directory/directory-drawer.tsx';
import { personStates } from '../model/person-state.ts';
import { idpName } from '../model/provider.ts';
import { AttributeList } from '../parts/attribute-list.tsx';
import { GroupLink, UserLink } from '../parts/links.tsx';
import { LoadError } from '../parts/load-error.tsx';
import { RawJson } from '../parts/raw-json.tsx';
import { Timeline } from '../parts/timeline.tsx';
import { PersonGrants } from './person-grants.tsx';

/** A directory user: what the IdP says, what that grants, what happened. */
export function PersonDrawer({ id, ...drawer }: DirectoryDrawerProps) {
  const { ref } = useDirectory();
  const { data: person, error, refetch } = useQuery(directoryPersonQuery(ref, id));
  return (
    <Drawer
      {...drawer}
      title={person ? person.name || person.userName : 'Person'}
      bar={
        person && (
          <Badge mark={personStates[person.state].mark} tinted>
            {personStates[person.state].word}
          </Badge>
        )
      }
      foot={person?.state === 'inactive' && <ReleaseButton person={person} />}
    >
      {person && <PersonBody person={person} />}
      {!person && error && <LoadError what="This person" error={error} onRetry={refetch} />}
      {!person && !error && <SkeletonLines count={8} />}
    </Drawer>
  );
}

function ReleaseButton({ person }: { person: DirectoryPersonDetail }) {
  const { open } = useDirectory();
  const { id, name, userName } = person;
  return (
    <Button
      onClick={() => open({ kind: 'release-user-name', person: { id, name: name || userName } })}
    >
      Release this userName…
    </Button>
  );
}

function PersonBody({ person }: { person: DirectoryPersonDetail }) {
  const { directory } = useDirectory();
  return (
    <>
      <Properties
        values={[
          { name: 'userName', value: person.userName },
          { name: 'externalId', value: person.externalId ?? 'none' },
          {
            name: 'Linked person',
            value: person.user ? <UserLink {...person.user} /> : 'not linked yet',
          },
          { name: 'Last change', value: <RelativeTime at={person.changedAt} /> },
        ]}
      />
      <DrawerSection title="What it grants">
        <PersonGrants grants={person.grants} />
      </DrawerSection>
      <DrawerSection title={`What ${idpName(directory.provider)} says`}>
        <AttributeList resource={person.resource} />
        <Groups groups={person.groups} />
        <RawJson resource={person.resource} />
      </DrawerSection>
      <DrawerSection title="Timeline">
        <Timeline entries={person.timeline} />
      </DrawerSection>
    </>
  );
}

function Groups({ groups }: { groups: DirectoryPersonDetail['groups'] }) {
  if (groups.length === 0) return <p className="mt-2 text-sm text-ink-2">In no group.</p>;
  return (
    <p className="mt-2 text-sm">
      <span className="text-ink-3">Groups</span>{' '}
      {groups.map(({ id, name }, index) => (
        <span key={id}>
          {index > 0 && ', '}
          <GroupLink id={id}>{name}</GroupLink>
        </span>
      ))}
    </p>
  );
}
