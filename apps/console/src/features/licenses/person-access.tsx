import type { LicensePerson } from '@rollcall/api';
import { Link } from '@tanstack/react-router';
import { PlainList, Section } from '../../components/section.tsx';

/** What a person may do, each with the reason. */
export function PersonAccess({ access, state }: Pick<LicensePerson, 'access' | 'state'>) {
  return (
    <Section title="Effective access">
      {access.length === 0 ? (
        <p className="text-sm text-ink-2">
          {state === 'active'
            ? 'A member of the account, in no organization and no team.'
            : 'None, in this state.'}
        </p>
      ) : (
        <PlainList
          items={access.map(({ sentence, team }) => ({
            key: sentence,
            text: sentence,
            end: team && (
              <Link
                to="/app/enterprise/team/$id"
                params={{ id: team.id }}
                aria-label={`Team ${team.name}`}
              >
                Team
              </Link>
            ),
          }))}
        />
      )}
    </Section>
  );
}
