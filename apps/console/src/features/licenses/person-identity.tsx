import type { LicensePerson } from '@rollcall/api';
import { Link } from '@tanstack/react-router';
import { Badge } from '../../components/badge.tsx';
import { ExactDate } from '../../components/relative-time.tsx';
import { PlainList, Section } from '../../components/section.tsx';

/** Addresses, and what directories say of a person. */
export function PersonIdentity({ person }: { person: LicensePerson }) {
  return (
    <>
      <Section title="E-mail addresses" aside>
        <PlainList
          items={person.emails.map(({ address, primary, proved, since }) => ({
            key: address,
            text: (
              <>
                <span className="block wrap-anywhere">{address}</span>
                <span className="block text-xs text-ink-3 first-letter:uppercase">
                  {primary && 'primary, '}
                  {proved ? 'proved' : 'not proved'}, since <ExactDate at={since} />
                </span>
              </>
            ),
          }))}
        />
      </Section>
      {person.directoryUsers.length > 0 && (
        <Section title="In directories" aside>
          <PlainList
            items={person.directoryUsers.map((user) => ({
              key: user.id,
              text: (
                <>
                  <Link
                    to="/app/enterprise/scim/$directoryId/people"
                    params={{ directoryId: user.directoryId }}
                    search={{ person: user.id }}
                  >
                    {user.directoryName}
                  </Link>
                  <span className="block text-xs wrap-anywhere text-ink-3">{user.userName}</span>
                  {user.externalId && (
                    <code className="block wrap-anywhere text-ink-3">{user.externalId}</code>
                  )}
                </>
              ),
              end: user.active ? (
                <Badge mark="on">Active</Badge>
              ) : (
                <Badge mark="off">Inactive</Badge>
              ),
            }))}
          />
        </Section>
      )}
    </>
  );
}
