import type { DirectoryPersonDetail } from '@rollcall/api';
import { Properties } from '../../../components/section.tsx';
import { grantWords } from '../model/grants.ts';
import { TeamLink } from '../parts/links.tsx';

/** What the account grants because of what the IdP says. */
export function PersonGrants({ grants }: { grants: DirectoryPersonDetail['grants'] }) {
  const { membership, teams, organizations } = grants;
  return (
    <Properties
      values={[
        { name: 'Membership', value: membership ? grantWords(membership) : 'none' },
        { name: 'Seat', value: membership?.seat ? 'holds one' : 'holds none' },
        {
          name: 'Teams',
          value:
            teams.length === 0
              ? 'none'
              : teams.map((team, index) => (
                  <span key={team.id}>
                    {index > 0 && ', '}
                    <TeamLink {...team} />
                  </span>
                )),
        },
        {
          name: 'Organizations',
          value: organizations.map(({ name }) => name).join(', ') || 'none',
        },
      ]}
    />
  );
}
