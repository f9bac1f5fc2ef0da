import type { ConnectorToken, Directory } from '@rollcall/api';
import { describe, expect, test } from 'vitest';
import { bannerFor } from './banner.ts';
import { directoryWith, tokenWith } from './directory.fixture.ts';

const now = new Date(2026, 10, 24, 10, 42);
const bannerOf = (part: Partial<Directory>) => bannerFor(directoryWith(part), now);

describe('the banner of a directory', () => {
  test.each(['off', 'waiting', 'healthy'] as const)('there is none while it is %s', (health) => {
    expect(bannerOf({ health })).toBeUndefined();
  });

  test('an ending token is named with the days that are left and the date', () => {
    const expiresAt = new Date(2026, 11, 6, 9, 0).toISOString();
    const banner = bannerOf({ health: 'token_expiring', tokens: [tokenWith({ expiresAt })] });
    expect(banner).toMatchObject({
      tone: 'warning',
      title: 'The connector token expires in 12 days (6 Dec 2026).',
      actions: ['refresh_token'],
    });
  });

  test('a token that ends today says so', () => {
    const expiresAt = new Date(2026, 10, 24, 23, 0).toISOString();
    const banner = bannerOf({ health: 'token_expiring', tokens: [tokenWith({ expiresAt })] });
    expect(banner?.title).toBe('The connector token expires today (24 Nov 2026).');
  });

  test('an ended token says since when and how much was refused', () => {
    const expiresAt = new Date(2026, 10, 20).toISOString();
    const banner = bannerOf({
      health: 'token_expired',
      tokens: [tokenWith({ state: 'expired', expiresAt })],
      refusedSinceExpiry: 14,
    });
    expect(banner).toMatchObject({
      tone: 'danger',
      title: 'Provisioning has stopped: the token expired on 20 Nov 2026.',
      detail: '14 requests were refused since.',
    });
  });

  test('provisioning that stopped because every token was revoked does not speak of a date', () => {
    const banner = bannerOf({ health: 'token_expired', tokens: [tokenWith({ state: 'revoked' })] });
    expect(banner?.title).toBe('Provisioning has stopped: no token works.');
    expect(banner?.detail).toBe('No request was refused since.');
  });

  test('people without a seat are counted, one as one', () => {
    const seats = { purchased: 50, used: 50, reserved: 0, left: 0, waiting: 5 };
    expect(bannerOf({ health: 'out_of_seats', seats })?.title).toBe('5 people wait for a seat.');
    expect(bannerOf({ health: 'out_of_seats', seats: { ...seats, waiting: 1 } })?.title).toBe(
      '1 person waits for a seat.',
    );
  });

  test('silence is counted in days and says what to check in this IdP', () => {
    const used = (month: number, day: number, state: ConnectorToken['state'] = 'valid') =>
      tokenWith({ state, lastUsedAt: new Date(2026, month, day, 8, 0).toISOString() });
    const tokens = [
      tokenWith({ lastUsedAt: null }),
      used(9, 30),
      used(10, 15),
      used(10, 23, 'revoked'),
    ];
    const stranger = {
      id: '01a20ce4-f020-7d08-9f42-000000000009',
      at: new Date(2026, 10, 24, 8, 0).toISOString(),
      sentence: 'A request was refused: it had no token',
      outcome: 'refused',
    };
    const banner = bannerOf({ health: 'silent', tokens, lastRequest: stranger });
    expect(banner?.title).toBe('Okta has sent nothing for 9 days; usually it is hours.');
    expect(banner?.detail).toContain('Dashboard › Tasks');
  });

  test('requests that are mostly in vain are counted, with the way into the log', () => {
    const recent = { requests: 50, refused: 32, failed: 0 };
    const banner = bannerOf({ health: 'failing', recent });
    expect(banner).toEqual({
      tone: 'warning',
      title: '32 of 50 requests in 24 hours were refused.',
      detail: 'They changed nothing. Each says in the log why, and what to change in Okta.',
      actions: ['see_requests'],
    });
    const both = bannerOf({ health: 'failing', recent: { ...recent, failed: 1 } });
    expect(both?.title).toBe('33 of 50 requests in 24 hours were refused or failed.');
  });

  test('a lapse names what lapsed and leads there', () => {
    const banner = bannerOf({
      health: 'lapsed',
      requirements: [
        { name: 'role', met: false, state: 'Member' },
        { name: 'plan', met: false, state: 'Enterprise ended on 20 Nov 2026.' },
      ],
    });
    expect(banner).toEqual({
      tone: 'danger',
      title: 'Plan has lapsed: Enterprise ended on 20 Nov 2026.',
      detail: 'Okta can still remove people, but add nobody.',
      actions: ['billing'],
    });
  });
});
