import type { FastifyInstance } from 'fastify';
import { beforeAll, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import { once, purgeIdempotencyKeys } from '../../src/domain/idempotency/index.ts';
import { day } from '../../src/duration.ts';
import { TestBrowser } from '../support/browser.ts';
import { describeEachEngine } from '../support/databases.ts';
import { type SeededAccount, seedAccount, seedMember } from '../support/fixtures.ts';
import { TestClock, testApp } from '../support/server.ts';

describeEachEngine('A create with an Idempotency-Key', (databases) => {
  let database: Database;
  let app: FastifyInstance;
  let ours: SeededAccount;
  let path: string;
  const clock = new TestClock();

  beforeAll(async () => {
    database = await databases.open();
    app = testApp(database, { now: clock.now });
    ours = await seedAccount(database, { at: clock.time });
    path = `/accounts/${ours.accountId}/organizations`;
  });

  const owner = async (key: string, email = ours.ownerEmail) => {
    const browser = new TestBrowser(app, { headers: { 'idempotency-key': key } });
    await browser.signIn(email);
    return browser;
  };

  const named = async (name: string) => {
    const { items } = (await (await owner('list')).get(path)).body;
    return items.filter((one: { name: string }) => one.name === name).length;
  };

  it('is done once, however often and however parallel it is sent, with one answer', async () => {
    const browser = await owner('one');
    const first = await browser.post(path, { name: 'Cargo' });
    const again = await browser.post(path, { name: 'Cargo' });
    expect([again.status, again.body]).toEqual([201, first.body]);
    const racing = await owner('race');
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => racing.post(path, { name: 'Race' })),
    );
    expect([...new Set(answers.map(({ status }) => status))].sort()).toEqual(
      expect.arrayContaining([201]),
    );
    expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true);
    expect([await named('Cargo'), await named('Race')]).toEqual([1, 1]);
  });

  it('is refused where the key came with another request', async () => {
    const browser = await owner('two');
    await browser.post(path, { name: 'Sales' });
    expect((await browser.post(path, { name: 'Other' })).body).toMatchObject({
      status: 409,
      code: 'idempotency_key_used',
    });
    expect(await named('Other')).toBe(0);
  });

  it('can be sent anew with its key after it was refused', async () => {
    const browser = await owner('three');
    expect((await browser.post(path, { name: ' ' })).status).toBe(400);
    expect((await browser.post(path, { name: 'Ground' })).status).toBe(201);
  });

  it("keeps no secret, and is nobody else's key", async () => {
    const keys = `/accounts/${ours.accountId}/api-keys`;
    const body = { name: 'Reports', scopes: ['audit:read'], expiration: '30_days' };
    const browser = await owner('four');
    const { secret } = (await browser.post(keys, body)).body;
    expect((await browser.post(keys, body)).body).toMatchObject({ code: 'idempotency_key_used' });
    const rows = await database.read.query.selectFrom('idempotency_keys').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(secret);
    const { email } = await seedMember(database, ours.accountId, { role: 'co_owner' });
    expect((await (await owner('four', email)).post(path, { name: 'Mine' })).status).toBe(201);
  });

  it('is not done again after somebody died in the middle, until the key is forgotten', async () => {
    const request = { accountId: ours.accountId, actorId: 'a', key: 'k', request: 'r', at: 0 };
    const again = (create: () => Promise<unknown>) =>
      once(database, { ...request, secret: false }, create);
    const died = again(() => Promise.reject(new Error('died')));
    await expect(died).rejects.toThrow('died');
    const second = again(async () => 'done');
    await expect(second).rejects.toMatchObject({ code: 'idempotency_key_used' });
    await database.write((tx) => purgeIdempotencyKeys(tx, day + 1));
    expect(await again(async () => 'done')).toBe('done');
  });

  it('needs a key that is not empty and not long', async () => {
    expect((await (await owner('x'.repeat(201))).post(path, { name: 'Long' })).status).toBe(400);
  });
});
