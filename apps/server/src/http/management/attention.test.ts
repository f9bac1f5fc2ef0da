import { describe, expect, it } from 'vitest';
import { planState } from '../../domain/accounts/index.ts';
import { day } from '../../duration.ts';
import { type AttentionFacts, attentionOf, type DirectoryFacts } from './attention.ts';

const at = Date.UTC(2026, 10, 24, 9);

function facts(change: Partial<AttentionFacts> = {}): AttentionFacts {
  return {
    plan: plan(365),
    seats: { purchased: 50, used: 10, reserved: 0, left: 40, waiting: 0 },
    coOwners: 1,
    directory: directory(),
    failingMetadata: [],
    at,
    ...change,
  };
}

function plan(days: number) {
  const plan_until = at + days * day;
  return planState({ plan: 'enterprise', plan_source: 'activation_code', plan_until }, at);
}

function directory(change: Partial<DirectoryFacts> = {}): DirectoryFacts {
  return {
    id: 'd',
    health: 'healthy',
    tokenEndsAt: null,
    recent: recent(),
    conflicts: 0,
    ...change,
  };
}

function recent(change: Partial<DirectoryFacts['recent']> = {}): DirectoryFacts['recent'] {
  return { requests: 50, refused: 0, failed: 0, ...change };
}

const kinds = (change: Partial<AttentionFacts>) =>
  attentionOf(facts(change)).map(({ kind, severity }) => `${severity} ${kind}`);

describe('attentionOf', () => {
  it('says nothing of a healthy account', () => {
    expect(attentionOf(facts())).toEqual([]);
  });

  it.each<[Partial<AttentionFacts>, string]>([
    [{ plan: plan(30) }, 'warning plan_ending'],
    [{ plan: plan(0) }, 'danger plan_lapsed'],
    [{ coOwners: 0 }, 'info no_co_owner'],
    [{ seats: { purchased: 50, used: 45, reserved: 0, left: 5, waiting: 0 } }, 'info seats_low'],
    [
      { seats: { purchased: 50, used: 50, reserved: 0, left: 0, waiting: 5 } },
      'warning seats_waiting',
    ],
    [{ directory: directory({ recent: recent({ failed: 3 }) }) }, 'warning requests_failing'],
    [{ directory: directory({ conflicts: 2 }) }, 'warning conflicts'],
    [
      { directory: directory({ health: 'token_expired', tokenEndsAt: at }) },
      'danger token_expired',
    ],
    [
      { directory: directory({ health: 'token_expiring', tokenEndsAt: at + 12 * day }) },
      'warning token_expiring',
    ],
    [{ failingMetadata: [{ id: 'c', name: 'Okta', since: at }] }, 'warning sso_metadata_failing'],
  ])('says of %j: %s', (change, line) => {
    expect(kinds(change)).toEqual([line]);
  });

  it('says of refusals only where they are most of what comes', () => {
    const refused = (health: DirectoryFacts['health']) =>
      attentionOf(facts({ directory: directory({ health, recent: recent({ refused: 32 }) }) }));
    expect(refused('healthy')).toEqual([]);
    expect(refused('failing')).toMatchObject([
      {
        title: '32 of 50 requests with the connector token were refused in the last 24 hours.',
        href: '/app/enterprise/scim/d/requests?outcome=refused&time=day',
      },
    ]);
  });

  it('says numbers and dates as they are', () => {
    const expiring = directory({ health: 'token_expiring', tokenEndsAt: at + 12 * day });
    const seats = { purchased: 50, used: 50, reserved: 0, left: 0, waiting: 1 };
    const failingMetadata = [{ id: 'c', name: 'Okta', since: at }];
    const lines = attentionOf(facts({ directory: expiring, seats, failingMetadata }));
    const titles = lines.map(({ title }) => title);
    expect(titles).toEqual([
      'The connector token expires in 12 days (6 Dec 2026).',
      'The metadata of Okta has not been read since 24 Nov 2026.',
      '1 person waits for a seat.',
    ]);
  });

  it('says the worst five first', () => {
    const worst = {
      plan: plan(0),
      coOwners: 0,
      seats: { purchased: 50, used: 50, reserved: 0, left: 0, waiting: 5 },
      directory: directory({
        health: 'token_expired',
        tokenEndsAt: at,
        recent: recent({ failed: 1 }),
        conflicts: 1,
      }),
    };
    const lines = kinds(worst);
    expect(lines).toHaveLength(5);
    expect(lines.slice(0, 2)).toEqual(['danger plan_lapsed', 'danger token_expired']);
  });

  it('says nothing of a directory that is off', () => {
    const off = directory({ health: 'off', recent: recent({ failed: 3 }), conflicts: 2 });
    expect(kinds({ directory: off })).toEqual([]);
  });
});
