import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  impactOn,
  planAccess,
  planDeletion,
  planLink,
  planUnlink,
  type Standing,
  type TeamPlan,
  type TeamState,
} from './team-plan.ts';

const organizations = fc.subarray([
  { id: 'a', name: 'Air' },
  { id: 'b', name: 'Boat' },
  { id: 'c', name: 'Cargo' },
]);
const role = fc.constantFrom('admin' as const, 'member' as const);

const team = (id: string): fc.Arbitrary<TeamState> =>
  fc.record({
    id: fc.constant(id),
    name: fc.constant(`Team ${id}`),
    role,
    organizations,
    idpDecidesAlone: fc.boolean(),
    linked: fc.constant(id === 'current'),
    disposable: fc.boolean(),
  });

const access = fc.record({ role, organizations, idpDecidesAlone: fc.boolean() });

const standing: fc.Arbitrary<Standing> = fc.record({
  inGroup: fc.boolean(),
  teams: fc.array(fc.record({ byHand: fc.boolean(), byDirectory: fc.boolean() }), {
    minLength: 2,
    maxLength: 2,
  }),
  elsewhere: fc
    .dictionary(fc.constantFrom('a', 'b', 'c'), role)
    .map((record) => new Map(Object.entries(record))),
});

const plans: fc.Arbitrary<readonly TeamPlan[]> = fc.oneof(
  fc.tuple(fc.option(team('current')), team('target')).map(([now, next]) => planLink(now, next)),
  team('current').map(planUnlink),
  fc.tuple(team('current'), access).map(([one, next]) => planAccess(one, next)),
  team('target').map(planDeletion),
);

const texts = (shares: readonly { readonly what: string }[]) => shares.map(({ what }) => what);

describe('what a plan for teams does to one person', () => {
  it('never gives and takes the same', () => {
    fc.assert(
      fc.property(plans, standing, (plan, person) => {
        const { gains, loses } = impactOn(plan, person);
        expect(texts(gains).filter((what) => texts(loses).includes(what))).toEqual([]);
      }),
    );
  });

  it('takes nothing from whoever is admin of everything by another way', () => {
    const everything = new Map(['a', 'b', 'c'].map((id) => [id, 'admin' as const]));
    fc.assert(
      fc.property(plans, standing, (plan, person) => {
        const { gains, loses } = impactOn(plan, { ...person, elsewhere: everything });
        expect([...gains, ...loses].filter(({ kind }) => kind === 'organization')).toEqual([]);
      }),
    );
  });

  it('is nothing where a team is only unlinked', () => {
    fc.assert(
      fc.property(team('current'), standing, (one, person) => {
        expect(impactOn(planUnlink(one), person)).toEqual({ gains: [], loses: [] });
      }),
    );
  });

  it('takes no membership by hand, unless the IdP decides alone or the team goes', () => {
    fc.assert(
      fc.property(fc.option(team('current')), team('target'), standing, (now, next, person) => {
        const kept = { ...next, idpDecidesAlone: false };
        const byHand = person.teams.map((one) => ({ ...one, byHand: true }));
        const { loses } = impactOn(planLink(now, kept), { ...person, teams: byHand });
        expect(texts(loses)).not.toContain(`the team ${kept.name}`);
      }),
    );
  });
});
