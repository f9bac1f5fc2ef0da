import type { FastifyInstance } from 'fastify';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import { addAuthentication, openSession } from '../../src/domain/sessions/index.ts';
import { day, minute, second } from '../../src/duration.ts';
import { TestBrowser } from '../support/browser.ts';
import { describeEachEngine } from '../support/databases.ts';
import { passphrase, type SeededAccount, seedAccount, seedMember } from '../support/fixtures.ts';
import { TestClock, testApp, testSettings } from '../support/server.ts';

describeEachEngine('Sign-in', (databases) => {
  let database: Database;
  let clock: TestClock;
  let app: FastifyInstance;
  let seeded: SeededAccount;
  let browser: TestBrowser;

  let address = 0;

  beforeAll(async () => {
    database = await databases.open();
    clock = new TestClock();
    app = testApp(database, { now: clock.now });
  });

  beforeEach(async () => {
    seeded = await seedAccount(database, { at: clock.time });
    // Each test guesses from an address of its own.
    address += 1;
    browser = new TestBrowser(app, { address: `10.0.0.${address}` });
  });

  it('opens a session by address, in any case, and passphrase', async () => {
    const answer = await browser.signIn(seeded.ownerEmail.toUpperCase());
    expect(answer).toMatchObject({
      status: 200,
      body: { user: { id: seeded.ownerId }, accounts: [{ id: seeded.accountId, role: 'owner' }] },
    });
    const cookie = String(answer.headers['set-cookie']);
    expect(cookie).toMatch(/^rollcall=\w{43}; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/);
  });

  it('guards the cookie with __Host- and Secure where the service is on https', async () => {
    const settings = testSettings({ PUBLIC_URL: 'https://rollcall.example.com' });
    const secured = testApp(database, { now: clock.now, settings });
    const origin = 'https://rollcall.example.com';
    const answer = await new TestBrowser(secured, { origin }).signIn(seeded.ownerEmail);
    const cookie = String(answer.headers['set-cookie']);
    expect(cookie).toMatch(/^__Host-rollcall=\w{43}; Path=\/; .*HttpOnly; Secure; SameSite=Lax$/);
  });

  it('answers an unknown person, a wrong passphrase and an unproved address alike', async () => {
    const wrong = await browser.signIn(seeded.ownerEmail, 'not the passphrase');
    const unknown = await browser.signIn('nobody@example.com');
    expect(wrong.body).toMatchObject({ status: 401, code: 'wrong_credentials' });
    expect({ ...unknown.body, requestId: '' }).toEqual({ ...wrong.body, requestId: '' });
    const known = await browser.post('/sign-in/identify', { email: seeded.ownerEmail });
    const other = await browser.post('/sign-in/identify', { email: 'nobody@example.com' });
    expect(known.body).toEqual(other.body);
  });

  it('makes a new session each time, and ends the one that was in the browser', async () => {
    await browser.signIn(seeded.ownerEmail);
    const planted = browser.cookie;
    const victim = new TestBrowser(app);
    victim.cookie = planted;
    await victim.signIn(seeded.ownerEmail);
    expect(victim.cookie).not.toBe(planted);
    expect((await victim.get('/session')).status).toBe(200);
    browser.cookie = planted;
    expect((await browser.get('/session')).status).toBe(401);
  });

  it('does not take a session id that it never gave', async () => {
    browser.cookie = `rollcall=${'a'.repeat(43)}`;
    const planted = browser.cookie;
    await browser.signIn(seeded.ownerEmail);
    expect(browser.cookie).not.toBe(planted);
  });

  it('ends with sign-out, on the server as well', async () => {
    await browser.signIn(seeded.ownerEmail);
    const { cookie } = browser;
    expect((await browser.post('/sign-out')).body).toEqual({ location: null });
    expect(browser.cookie).toBe('');
    browser.cookie = cookie;
    expect((await browser.get('/session')).status).toBe(401);
  });

  it('lasts seven days without use', async () => {
    await browser.signIn(seeded.ownerEmail);
    clock.advance(7 * day - 1);
    expect((await browser.get('/session')).status).toBe(200);
    clock.advance(7 * day);
    expect((await browser.get('/session')).status).toBe(401);
  });

  it('lasts thirty days with use', async () => {
    await browser.signIn(seeded.ownerEmail);
    for (let days = 0; days < 29; days += 1) {
      clock.advance(day);
      expect((await browser.get('/session')).status).toBe(200);
    }
    clock.advance(day);
    expect((await browser.get('/session')).status).toBe(401);
  });

  it('writes that it was seen at most once a minute', async () => {
    await browser.signIn(seeded.ownerEmail);
    const lastSeen = async () =>
      (await browser.get('/profile/sessions')).body.items.map(
        (entry: { lastSeenAt: string }) => entry.lastSeenAt,
      );
    const [before] = await lastSeen();
    clock.advance(minute - 1);
    expect(await lastSeen()).toEqual([before]);
    clock.advance(1);
    await browser.get('/session');
    expect(await lastSeen()).toEqual([new Date(clock.time).toISOString()]);
  });

  it('shows and ends the own sessions, nobody else’s', async () => {
    await browser.signIn(seeded.ownerEmail);
    const other = new TestBrowser(app, { address: '192.0.2.7' });
    const member = await seedMember(database, seeded.accountId);
    await other.signIn(member.email);
    const [theirs] = (await other.get('/profile/sessions')).body.items;
    expect(theirs).toMatchObject({ current: true, address: '192.0.2.7', methods: ['passphrase'] });
    const ended = await browser.send('DELETE', `/profile/sessions/${theirs.id}`);
    expect(ended.body).toMatchObject({ status: 404, code: 'not_found' });
    expect((await other.send('DELETE', `/profile/sessions/${theirs.id}`)).status).toBe(204);
    expect((await other.get('/session')).status).toBe(401);
  });

  it('enters an account only with an authentication that this account accepts', async () => {
    const other = await seedAccount(database);
    const { secret } = await database.write(async (tx) => {
      const opened = await openSession(tx, {
        userId: seeded.ownerId,
        authentication: { method: 'saml', connectionId: 'theirs', accountId: other.accountId },
        address: '192.0.2.8',
        userAgent: '',
        at: clock.time,
      });
      return opened;
    });
    browser.cookie = `rollcall=${secret}`;
    expect((await browser.get('/session')).body).toMatchObject({ accounts: [], freshUntil: null });
    const home = `/accounts/${seeded.accountId}/home`;
    expect((await browser.get(home)).body).toMatchObject({ status: 404, code: 'not_found' });
    const [session] = (await browser.get('/profile/sessions')).body.items;
    await database.write((tx) =>
      addAuthentication(tx, session.id, { method: 'passphrase', accountId: null }, clock.time),
    );
    expect((await browser.get(home)).status).toBe(200);
  });

  it('asks for the passphrase again after ten minutes, for sensitive acts', async () => {
    await browser.signIn(seeded.ownerEmail);
    const refresh = () =>
      browser.post(`/accounts/${seeded.accountId}/directories/${seeded.directoryId}/tokens`, {
        expiration: '90_days',
        keepCurrentFor: '24_hours',
      });
    clock.advance(10 * minute - 1);
    expect((await refresh()).status).toBe(201);
    clock.advance(1);
    expect((await refresh()).body).toMatchObject({ status: 403, code: 'fresh_factor_required' });
    const proved = await browser.post('/session/fresh-factor', { passphrase });
    expect(proved.body.freshUntil).toBe(new Date(clock.time + 10 * minute).toISOString());
    expect((await refresh()).status).toBe(201);
  });

  it('changes the passphrase with a fresh factor and ends the other sessions', async () => {
    const other = new TestBrowser(app, { address: '10.0.1.1' });
    await other.signIn(seeded.ownerEmail);
    await browser.signIn(seeded.ownerEmail);
    const next = 'eight loud harbors';
    const answer = await browser.send('PUT', '/profile/passphrase', { passphrase: next });
    expect(answer.status).toBe(204);
    expect((await browser.get('/session')).status).toBe(200);
    expect((await other.get('/session')).status).toBe(401);
    expect((await other.signIn(seeded.ownerEmail)).status).toBe(401);
    expect((await other.signIn(seeded.ownerEmail, next)).status).toBe(200);
  });

  it('lets a session wait longer with each wrong passphrase after five, and no other session', async () => {
    await browser.signIn(seeded.ownerEmail);
    const other = new TestBrowser(app, { address: '10.0.1.1' });
    await other.signIn(seeded.ownerEmail);
    const wrong = () => browser.post('/session/fresh-factor', { passphrase: 'wrong' });
    for (let guess = 0; guess < 5; guess += 1) expect((await wrong()).status).toBe(401);
    const waits: number[] = [];
    for (let guess = 0; guess < 4; guess += 1) {
      const { body, headers } = await wrong();
      expect(body).toMatchObject({ status: 429, code: 'too_many_requests' });
      expect(Number(headers['retry-after'])).toBe(body.retryAfter);
      waits.push(body.retryAfter);
      clock.advance(body.retryAfter * second);
      expect((await wrong()).status).toBe(401);
    }
    expect(waits).toEqual([1, 2, 4, 8]);
    expect((await other.post('/session/fresh-factor', { passphrase })).status).toBe(200);
    clock.advance(16 * second);
    expect((await browser.post('/session/fresh-factor', { passphrase })).status).toBe(200);
    for (let guess = 0; guess < 4; guess += 1) expect((await wrong()).status).toBe(401);
  });

  it('lets an address wait, no other one, and never for more than five minutes', async () => {
    const attacker = new TestBrowser(app, { address: '192.0.2.9' });
    let longest = 0;
    for (let guess = 0; guess < 40; guess += 1) {
      const { status, body } = await attacker.signIn(seeded.ownerEmail, 'wrong');
      if (guess < 20) expect(status).toBe(401);
      if (status !== 429) continue;
      longest = Math.max(longest, body.retryAfter);
      clock.advance(body.retryAfter * second);
    }
    expect(longest).toBeGreaterThan(60);
    expect(longest).toBeLessThanOrEqual(300);
    expect((await browser.signIn(seeded.ownerEmail)).status).toBe(200);
    clock.advance(5 * minute);
    expect((await attacker.signIn(seeded.ownerEmail)).status).toBe(200);
  });

  it('counts guesses that come side by side', async () => {
    const attacker = new TestBrowser(app, { address: '2001:db8::1' });
    const neighbor = new TestBrowser(app, { address: '2001:db8::2' });
    const guesses = Array.from({ length: 30 }, (_, index) =>
      (index % 2 === 0 ? attacker : neighbor).signIn(seeded.ownerEmail, 'wrong'),
    );
    const checked = (await Promise.all(guesses)).filter(({ status }) => status === 401);
    expect(checked).toHaveLength(20);
  });
});
