import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EffectDraft, EffectKind } from './effect.ts';
import {
  type GrantedPerson,
  linkAfter,
  needsSeat,
  type Policy,
  planPerson,
  type Resolution,
  type SaidPerson,
} from './plan.ts';

const addresses = fc.subarray(['ada@example.com', 'a.example@example.com', 'ada@example.org']);

const resolution = fc.oneof(
  fc.constant<Resolution>({ kind: 'new', userId: 'new' }),
  fc.record({
    kind: fc.constant('person' as const),
    userId: fc.constant('known'),
    by: fc.constantFrom('external_id' as const, 'address' as const),
    proved: fc.boolean(),
  }),
  fc.constant<Resolution>({ kind: 'outsider', address: 'guest@elsewhere.example' }),
  fc.constantFrom<Resolution>({ kind: 'two_people' }, { kind: 'no_address' }),
);

/** What a directory can say: a new record is resolved and unlinked; one that turned inactive did not turn active. */
const said: fc.Arbitrary<SaidPerson> = fc
  .record({
    state: fc.constantFrom('active' as const, 'inactive' as const, 'deleted' as const),
    created: fc.boolean(),
    turnedActive: fc.boolean(),
    turnedInactive: fc.boolean(),
    link: fc.constantFrom(
      'none' as const,
      'linked' as const,
      'invited' as const,
      'conflict' as const,
      'removed' as const,
    ),
    resolution: fc.option(resolution),
    name: fc.constantFrom('Ada Example', 'Ada E.'),
    provedAddresses: addresses,
  })
  .map((any) => {
    const active = any.state === 'active';
    const created = any.created && any.state !== 'deleted';
    const tied = any.link === 'linked' || any.link === 'removed';
    return {
      ...any,
      created,
      turnedActive: active && (created || any.turnedActive),
      turnedInactive: !active && !created && any.turnedInactive,
      resolution: created
        ? (any.resolution ?? { kind: 'new', userId: 'new' })
        : tied
          ? null
          : any.resolution,
      link: created && tied ? 'none' : any.link,
    };
  });

const granted: fc.Arbitrary<GrantedPerson> = fc.record({
  membership: fc.option(
    fc.record({
      role: fc.constantFrom('owner' as const, 'co_owner' as const, 'member' as const),
      state: fc.constantFrom(
        'active' as const,
        'waiting' as const,
        'deactivated' as const,
        'removed' as const,
      ),
    }),
  ),
  sources: fc
    .record({ own: fc.boolean(), joined: fc.boolean(), other: fc.boolean(), byHand: fc.boolean() })
    .map((any) => ({ ...any, other: any.other || any.byHand })),
  otherRecord: fc.boolean(),
  invitable: fc.boolean(),
  owners: fc.integer({ min: 0, max: 3 }),
  seat: fc.constantFrom('available' as const, 'none' as const),
  invitedToday: fc.integer({ min: 0, max: 25 }),
  profile: fc.option(
    fc.record({
      name: fc.constantFrom('Ada Example', 'Ada E.'),
      addresses,
      own: addresses,
    }),
  ),
});

const policy: fc.Arbitrary<Policy> = fc.record({
  seats: fc.constantFrom('wait' as const, 'refuse' as const),
  outsidersPerDay: fc.integer({ min: 0, max: 30 }),
  lapse: fc.option(
    fc.constantFrom('plan_lapsed' as const, 'domain_lapsed' as const, 'sso_lapsed' as const),
  ),
});

const has = (effects: readonly EffectDraft[], ...kinds: EffectKind[]) =>
  effects.some(({ kind }) => kinds.includes(kind));
const refused = (effects: readonly EffectDraft[]) => effects.some((e) => e.state === 'refused');
/** A model of what the appliers do, in memory. */
const models: Partial<
  Record<EffectKind, (had: GrantedPerson, effect: EffectDraft, was: SaidPerson) => GrantedPerson>
> = {
  access_granted: ({ sources, ...had }, { state }) => ({
    ...had,
    membership: {
      role: had.membership?.role ?? 'member',
      state: state === 'applied' ? 'active' : 'waiting',
    },
    sources: { ...sources, own: true },
  }),
  access_ended: ({ sources, ...had }) => ({
    ...had,
    membership: { role: had.membership?.role ?? 'member', state: 'deactivated' },
    sources: { ...sources, own: false, joined: false },
  }),
  source_added: (had) => ({ ...had, sources: { ...had.sources, own: true } }),
  source_ended: (had) => ({ ...had, sources: { ...had.sources, own: false } }),
  access_kept: (had) => ({
    ...had,
    sources: { ...had.sources, own: false, other: true, byHand: true },
  }),
  // It is asked once: a profile is compared where something was said of it.
  profile_kept: (had) => ({ ...had, profile: null }),
  name_changed: ({ profile, ...had }, _, { name }) => ({
    ...had,
    profile: profile && { ...profile, name },
  }),
  addresses_changed: ({ profile, ...had }, _, { provedAddresses }) => ({
    ...had,
    profile: profile && {
      ...profile,
      addresses: [...profile.addresses, ...provedAddresses],
      own: profile.own.filter((address) => provedAddresses.includes(address)),
    },
  }),
};

function afterwards(was: SaidPerson, had: GrantedPerson, effects: readonly EffectDraft[]) {
  let now = had;
  for (const effect of effects) now = models[effect.kind]?.(now, effect, was) ?? now;
  const link = linkAfter(was, effects);
  const turned = { created: false, turnedActive: false, turnedInactive: false };
  const settled = { ...turned, resolution: null, link };
  return { said: { ...was, ...settled }, granted: now };
}

/** Who is new, outside or nobody in particular has nothing yet. */
function consistent({ resolution: who }: SaidPerson, had: GrantedPerson): GrantedPerson {
  return who === null || who.kind === 'person' ? had : { ...had, membership: null, profile: null };
}

interface Given {
  readonly said?: Partial<SaidPerson>;
  readonly granted?: Partial<GrantedPerson>;
  readonly policy?: Partial<Policy>;
}

/** Checks a promise for everything that can be said, granted and ruled, with some of it given. */
function always(given: Given, check: (s: SaidPerson, g: GrantedPerson, p: Policy) => void): void {
  const property = fc.property(said, granted, policy, (s, g, p) => {
    const thisSaid = { ...s, ...given.said };
    check(thisSaid, { ...consistent(thisSaid, g), ...given.granted }, { ...p, ...given.policy });
  });
  fc.assert(property, { numRuns: 1000 });
}

const person = { kind: 'person', userId: 'known', by: 'address' } as const;
const owned = [
  { role: 'owner', state: 'active' },
  { role: 'co_owner', state: 'active' },
] as const;
const member = { role: 'member', state: 'active' } as const;
const leaving = { created: false, turnedActive: false, link: 'linked', resolution: null } as const;

describe('the plan for a person', () => {
  it('has nothing left to do once it is applied', () => {
    always({}, (s, g, p) => {
      const effects = planPerson(s, g, p);
      if (refused(effects)) return;
      const next = afterwards(s, g, effects);
      expect(planPerson(next.said, next.granted, p)).toEqual([]);
    });
  });

  it('never touches somebody to whom the record is not tied and does not resolve', () => {
    for (const link of ['none', 'invited', 'conflict'] as const) {
      always({ said: { link } }, (s, g, p) => {
        if (s.resolution?.kind === 'person' || s.created) return;
        const effects = planPerson(s, g, p);
        const touching = ['access_ended', 'source_ended', 'access_kept', 'user_linked'] as const;
        expect(has(effects, ...touching, 'name_changed', 'addresses_changed')).toBe(false);
      });
    }
  });

  it('never takes access from an owner or co-owner', () => {
    for (const membership of owned) {
      always({ granted: { membership } }, (s, g, p) => {
        const effects = planPerson(s, g, p).filter(({ state }) => state !== 'refused');
        expect(has(effects, 'access_ended')).toBe(false);
      });
    }
  });

  it('never links an owner or co-owner by itself', () => {
    for (const membership of owned) {
      const resolution = { ...person, proved: false };
      always({ said: { resolution }, granted: { membership } }, (s, g, p) =>
        expect(has(planPerson(s, g, p), 'user_linked', 'credentials_reset')).toBe(false),
      );
    }
  });

  it('never changes the name or addresses of an owner or co-owner', () => {
    for (const membership of owned) {
      always({ granted: { membership } }, (s, g, p) => {
        const effects = planPerson(s, g, p);
        expect(has(effects, 'name_changed', 'addresses_changed')).toBe(false);
      });
    }
  });

  it('never ties an owner, or a second record, by itself when a record comes back', () => {
    const back = { state: 'active', created: false, turnedActive: true, resolution: null } as const;
    for (const given of [...owned.map((membership) => ({ membership })), { otherRecord: true }]) {
      always({ said: { ...back, link: 'linked' }, granted: given }, (s, g, p) => {
        const effects = planPerson(s, g, p);
        expect(effects).toMatchObject([{ state: 'waiting' }]);
        expect(linkAfter(s, effects)).toBe('conflict');
      });
    }
  });

  it('refuses to let the last owner go', () => {
    for (const state of ['inactive', 'deleted'] as const) {
      const sources = { own: true, joined: false, other: false, byHand: false };
      const [membership] = owned;
      const given = { membership, sources, owners: 1, otherRecord: false };
      always({ said: { ...leaving, state }, granted: given }, (s, g, p) =>
        expect(planPerson(s, g, p)).toMatchObject([{ state: 'refused', reason: 'last_owner' }]),
      );
    }
  });

  it('ends no access while something else is a reason for it', () => {
    for (const byHand of [true, false]) {
      for (const joined of [true, false]) {
        const sources = { own: true, joined, other: true, byHand };
        always({ granted: { sources } }, (s, g, p) =>
          expect(has(planPerson(s, g, p), 'access_ended')).toBe(false),
        );
      }
    }
  });

  it('tells of everybody who stays by hand when the IdP gives them up, and tells it once', () => {
    for (const own of [true, false]) {
      const sources = { own, joined: own, other: true, byHand: true };
      const given = { membership: member, sources, otherRecord: false };
      const gone = { ...leaving, state: 'inactive', turnedInactive: true } as const;
      always({ said: gone, granted: given }, (s, g, p) => {
        const effects = planPerson(s, g, p);
        expect(effects).toMatchObject([{ kind: 'access_kept', reason: 'other_sources' }]);
        const next = afterwards(s, g, effects);
        expect(planPerson({ ...next.said, state: 'deleted' }, next.granted, p)).toEqual([]);
      });
    }
  });

  it('grants nothing to an inactive or deleted record', () => {
    for (const state of ['inactive', 'deleted'] as const) {
      always({ said: { state, turnedActive: false } }, (s, g, p) => {
        const effects = planPerson(s, g, p).filter((effect) => effect.state !== 'refused');
        const grants = ['access_granted', 'source_added', 'invited', 'user_created'] as const;
        expect(has(effects, ...grants)).toBe(false);
      });
    }
  });

  it('ends access of an inactive record whose directory is the only reason', () => {
    for (const state of ['inactive', 'deleted'] as const) {
      const sources = { own: true, joined: false, other: false, byHand: false };
      const given = { membership: member, sources, otherRecord: false };
      always({ said: { ...leaving, state }, granted: given }, (s, g, p) =>
        expect(planPerson(s, g, p)).toMatchObject([{ kind: 'access_ended', state: 'applied' }]),
      );
    }
  });

  it('ends access of whoever came by themselves, once their directory gives them up', () => {
    for (const state of ['inactive', 'deleted'] as const) {
      for (const own of [true, false]) {
        const sources = { own, joined: true, other: false, byHand: false };
        const given = { membership: member, sources, otherRecord: false };
        always({ said: { ...leaving, state }, granted: given }, (s, g, p) => {
          const effects = planPerson(s, g, p);
          expect(effects).toMatchObject([{ kind: 'access_ended', state: 'applied' }]);
          const { sources: left } = afterwards(s, g, effects).granted;
          expect(left).toEqual({ own: false, joined: false, other: false, byHand: false });
        });
      }
    }
  });

  it('keeps an owner who came by themselves, by hand, and the last one against the IdP', () => {
    const sources = { own: true, joined: true, other: false, byHand: false };
    const gone = { ...leaving, state: 'inactive', turnedInactive: true } as const;
    for (const owners of [1, 2]) {
      const given = { membership: owned[0], sources, owners, otherRecord: false };
      always({ said: gone, granted: given }, (s, g, p) =>
        expect(planPerson(s, g, p)).toMatchObject([
          owners === 1
            ? { kind: 'access_ended', state: 'refused', reason: 'last_owner' }
            : { kind: 'access_kept', state: 'waiting', reason: 'owner' },
        ]),
      );
    }
  });

  it('leaves somebody whom an owner removed alone until `active` turns true', () => {
    const tied = {
      created: false,
      turnedActive: false,
      link: 'removed',
      resolution: null,
    } as const;
    always({ said: tied }, (s, g, p) => expect(planPerson(s, g, p)).toEqual([]));
    const given = {
      membership: { role: 'member', state: 'removed' },
      seat: 'available',
      otherRecord: false,
    } as const;
    always(
      {
        said: { ...tied, state: 'active', turnedActive: true },
        granted: given,
        policy: { lapse: null },
      },
      (s, g, p) =>
        expect(planPerson(s, g, p)).toMatchObject([{ kind: 'access_granted' }, ...profileOf(s, g)]),
    );
  });

  it('resets the credentials of everybody whom it links by an address that was never proved', () => {
    for (const proved of [true, false]) {
      always({ said: { resolution: { ...person, proved } } }, (s, g, p) => {
        const effects = planPerson(s, g, p);
        const resets = has(effects, 'credentials_reset');
        expect(resets).toBe(has(effects, 'user_linked') && !proved);
      });
    }
  });

  it('adds nobody while something that SCIM needs has lapsed', () => {
    always({ policy: { lapse: 'domain_lapsed' } }, (s, g, p) => {
      const effects = planPerson(s, g, p).filter(({ state }) => state !== 'refused');
      expect(has(effects, 'access_granted', 'invited')).toBe(false);
    });
  });

  it('lets people go while something has lapsed, as at any time', () => {
    for (const state of ['inactive', 'deleted'] as const) {
      always({ said: { created: false, state } }, (s, g, p) => {
        const whole = planPerson(s, g, { ...p, lapse: null });
        expect(planPerson(s, g, { ...p, lapse: 'plan_lapsed' })).toEqual(whole);
      });
    }
  });

  it('takes a seat exactly when it said that it needs one', () => {
    always({ granted: { seat: 'available' } }, (s, g, p) => {
      const effects = planPerson(s, g, p);
      if (refused(effects)) return;
      const takes = effects.some(
        ({ kind, state, reason }) =>
          (kind === 'access_granted' && state === 'applied') || reason === 'acceptance',
      );
      expect(takes).toBe(needsSeat(s, g, p));
    });
  });

  it('gives no access without a seat', () => {
    always({ granted: { seat: 'none' } }, (s, g, p) => {
      const applied = planPerson(s, g, p).filter(({ state }) => state === 'applied');
      expect(has(applied, 'access_granted')).toBe(false);
    });
  });
});

/** What follows for the profile alone. */
function profileOf(s: SaidPerson, g: GrantedPerson): readonly EffectDraft[] {
  const settled = {
    ...g,
    membership: member,
    sources: { own: true, joined: false, other: false, byHand: false },
  };
  return planPerson({ ...s, link: 'linked', resolution: null }, settled, {
    seats: 'wait',
    outsidersPerDay: 0,
    lapse: null,
  });
}
