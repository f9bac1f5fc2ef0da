import { expect, it } from 'vitest';
import { mintToken } from '../../src/domain/directories/index.ts';
import { listRequests, readRequest } from '../../src/domain/request-log/index.ts';
import { newSecret } from '../../src/secret.ts';
import { describeEachEngine } from '../support/databases.ts';
import { fixtureTime, seedAccount } from '../support/fixtures.ts';
import { TestClock, testApp, testSettings } from '../support/server.ts';
import { oktaUser } from './bodies.ts';
import { type ScimAnswer, type ScimServer, sendScim, startScim } from './scim-server.ts';

/** Two requests a second, twenty at once. */
const scimRateLimit = 2;
const burst = 20;

const bulkUrn = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';

const countOf = (answers: readonly ScimAnswer[], status: number) =>
  answers.filter((answer) => answer.status === status).length;

async function anotherToken({ database, seeded: { directoryId } }: ScimServer): Promise<string> {
  const mint = { directoryId, expiresAt: null, createdBy: null, at: fixtureTime };
  const { token } = await database.write((tx) => mintToken(tx, mint));
  return token;
}

describeEachEngine('Rate limits', (databases) => {
  const start = async () => {
    const clock = new TestClock();
    const scim = await startScim(await databases.open(), { scimRateLimit }, clock.now);
    return { clock, scim };
  };
  const flood = (scim: ScimServer, count: number, token = scim.seeded.token) =>
    Promise.all(Array.from({ length: count }, () => scim.send('GET', '/Users?count=1', { token })));

  it('answer what is over the burst of a token by 429 that says when to come again, and later requests by 200 (S-07, E-02, E-08)', async () => {
    const { clock, scim } = await start();
    const answers = await flood(scim, burst + 5);
    expect([countOf(answers, 200), countOf(answers, 429)]).toEqual([burst, 5]);
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.headers.get('content-type')).toBe('application/scim+json; charset=utf-8');
    expect(refused?.headers.get('retry-after')).toBe('1');
    expect(refused?.headers.get('www-authenticate')).toBeNull();
    expect(refused?.body).toEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: '429',
      detail:
        'This token has sent more than 2 requests a second. Come again in 1 second. Nothing was changed; Okta sends the request again by itself. The operator sets the limit as SCIM_RATE_LIMIT.',
    });
    clock.advance(1_000);
    const later = await flood(scim, 3);
    expect([countOf(later, 200), countOf(later, 429)]).toEqual([2, 1]);
  });

  it('change nothing where they refuse', async () => {
    const { clock, scim } = await start();
    await flood(scim, burst);
    const refused = await scim.send('POST', '/Users', { body: oktaUser('ada') });
    expect(refused.status).toBe(429);
    clock.advance(5_000);
    expect((await scim.send('GET', '/Users')).body.totalResults).toBe(0);
    expect((await scim.send('POST', '/Users', { body: oktaUser('ada') })).status).toBe(201);
  });

  it('take the last request that a token has left, also where it is a bulk request', async () => {
    const { scim } = await start();
    await flood(scim, burst - 1);
    const operation = { method: 'POST', path: '/Users', bulkId: 'a', data: oktaUser('ada') };
    const body = { schemas: [bulkUrn], Operations: [operation] };
    const { status, body: answer } = await scim.send('POST', '/Bulk', { body });
    expect([status, answer.Operations[0].status]).toEqual([200, '201']);
    expect((await scim.send('GET', '/Users')).status).toBe(429);
  });

  it('charge a token nothing for what its directory refuses', async () => {
    const { clock, scim } = await start();
    const [second, third] = [await anotherToken(scim), await anotherToken(scim)];
    await flood(scim, burst);
    await flood(scim, burst, second);
    expect(countOf(await flood(scim, burst, third), 429)).toBe(burst);
    clock.advance(1_000);
    // Its directory has room for four again; the third has all of its own left.
    expect(countOf(await flood(scim, 5, third), 200)).toBe(4);
  });

  it('of one directory leave every other alone', async () => {
    const { scim } = await start();
    const other = await seedAccount(scim.database);
    await flood(scim, burst + 5);
    const { status } = await sendScim(`${scim.origin}/scim/${other.directoryId}/v2/Users`, 'GET', {
      token: other.token,
    });
    expect(status).toBe(200);
  });

  it('give each token its own, and all tokens of a directory together twice that', async () => {
    const { scim } = await start();
    const [second, third] = [await anotherToken(scim), await anotherToken(scim)];
    expect(countOf(await flood(scim, burst + 5), 200)).toBe(burst);
    expect(countOf(await flood(scim, burst + 5, second), 200)).toBe(burst);
    const [refused] = await flood(scim, 1, third);
    expect(refused?.status).toBe(429);
    expect(refused?.body.detail).toContain(
      'The tokens of this directory together have sent more than 4 requests a second.',
    );
  });

  it('count the operations of a bulk request as the requests that they stand for', async () => {
    const { clock, scim } = await start();
    const operation = { method: 'DELETE', path: '/Users/nobody' };
    const body = {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
      Operations: Array.from({ length: 40 }, () => operation),
    };
    expect((await scim.send('POST', '/Bulk', { body })).status).toBe(200);
    const refused = await scim.send('GET', '/Users');
    expect(refused.headers.get('retry-after')).toBe('11');
    clock.advance(11_000);
    expect((await scim.send('GET', '/Users')).status).toBe(200);
  });

  it('slow whoever guesses tokens, and never hold up the one behind the same address who has a token', async () => {
    const { clock, scim } = await start();
    const guess = () => scim.send('GET', '/Users', { token: newSecret('rollcall_scim_') });
    const answers = await Promise.all(Array.from({ length: 120 }, guess));
    expect([countOf(answers, 401), countOf(answers, 429)]).toEqual([100, 20]);
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.headers.get('retry-after')).toBe('1');
    expect(refused?.body).toMatchObject({
      status: '429',
      detail: expect.stringContaining(
        'Without a valid token this address has sent more than 10 requests a second.',
      ),
    });
    // Nobody learns more by leaving the token out, or at an address where there is nothing.
    expect((await scim.send('GET', '/ServiceProviderConfig', { token: null })).status).toBe(429);
    const nowhere = await sendScim(`${scim.origin}/scim/nowhere/v2/Users`, 'GET', { token: 'x' });
    expect(nowhere.status).toBe(429);
    expect((await scim.send('GET', '/Users')).status).toBe(200);
    clock.advance(1_000);
    expect((await guess()).status).toBe(401);
  });

  it('write ten lines a minute of what they refuse a token, the last with the number of the others', async () => {
    const { scim } = await start();
    await flood(scim, burst + 30);
    await scim.app.close();
    const { directoryId } = scim.seeded;
    const { read } = scim.database;
    const { requests } = await listRequests(read, { directoryId, status: 429 }, { limit: 100 });
    expect(requests).toHaveLength(10);
    expect(requests.every(({ explanation }) => explanation === 'rate_limited')).toBe(true);
    const counted = requests.find(({ detail }) => detail?.startsWith('20 more requests over'));
    const row = await readRequest(read, directoryId, counted?.id ?? '');
    expect(row).toMatchObject({ token_id: scim.seeded.tokenId, outcome: 'refused' });
  });

  it('take addresses from the proxies that are trusted, and IPv6 by its network', async () => {
    const clock = new TestClock();
    const database = await databases.open();
    const { directoryId } = await seedAccount(database);
    const environment = { SCIM_RATE_LIMIT: '2', TRUSTED_PROXIES: '10.0.0.1' };
    const app = testApp(database, { settings: testSettings(environment), now: clock.now });
    const send = async (client: string) => {
      const url = `/scim/${directoryId}/v2/Users`;
      const headers = { 'x-forwarded-for': client, authorization: 'Bearer guess' };
      return (await app.inject({ url, headers, remoteAddress: '10.0.0.1' })).statusCode;
    };
    for (let sent = 0; sent < 100; sent += 1) await send(`2001:db8:1:2::${sent}`);
    expect(await send('2001:db8:1:2:3::')).toBe(429);
    expect(await send('2001:db8:1:3::')).toBe(401);
    expect(await send('203.0.113.5')).toBe(401);
  });

  it('are off where the operator wants none', async () => {
    const clock = new TestClock();
    const scim = await startScim(await databases.open(), { scimRateLimit: null }, clock.now);
    expect(countOf(await flood(scim, 200), 200)).toBe(200);
    expect(countOf(await flood(scim, 150, 'guess'), 401)).toBe(150);
  });
});
