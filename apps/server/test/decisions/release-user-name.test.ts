import { beforeAll, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import { previewRelease } from '../../src/domain/decisions/index.ts';
import { linkOf } from '../provisioning/grants.ts';
import { startScim } from '../scim/scim-server.ts';
import { describeEachEngine } from '../support/databases.ts';
import { office } from './office.ts';

describeEachEngine('releasing a userName', (databases) => {
  let database: Database;
  beforeAll(async () => {
    database = await databases.open();
  });

  const user = (userName: string, externalId: string) => ({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    userName,
    externalId,
    displayName: 'Ada Example',
    emails: [{ value: userName, primary: true }],
    active: true,
  });

  it('is the way out that the 409 names: afterwards the POST succeeds', async () => {
    const server = await startScim(database);
    const desk = office(database, server.seeded);
    const userName = `ada@${server.seeded.domain}`;
    const first = await server.send('POST', '/Users', { body: user(userName, 'one') });
    const { id } = first.body;
    await expect(desk.release(id)).rejects.toMatchObject({ code: 'conflict' });
    await server.send('PUT', `/Users/${id}`, { body: { ...user(userName, 'one'), active: false } });
    const refused = await server.send('POST', '/Users', { body: user(userName, 'two') });
    expect(refused).toMatchObject({
      status: 409,
      body: { scimType: 'uniqueness', detail: expect.stringContaining('Release this userName') },
    });
    const again = await server.send('POST', '/Users', { body: user(userName, 'two') });
    expect(again.status).toBe(409);
    expect(await desk.review()).toMatchObject([
      {
        kind: 'user_name_conflict',
        said: { id, facts: [userName, 'externalId one', 'Inactive.'] },
        decisions: ['release', 'keep'],
      },
    ]);
    const { accountId, directoryId } = server.seeded;
    const preview = await previewRelease(database.read, { accountId, directoryId, recordId: id });
    expect(preview).toMatchObject({ userName, externalId: 'one' });
    expect(preview.consequences.join(' ')).toContain('Ada Example loses nothing by this');
    await desk.release(id);
    expect(await desk.review()).toEqual([]);
    expect((await server.send('GET', `/Users/${id}`)).status).toBe(404);
    const created = await server.send('POST', '/Users', { body: user(userName, 'two') });
    expect(created.status).toBe(201);
    const [old, next] = await Promise.all(
      [id, created.body.id].map((record) => linkOf(database.read, directoryId, record)),
    );
    expect(next).toEqual({ userId: old?.userId, link: 'linked' });
    expect(await desk.audited()).toEqual(['directory_user.name_released']);
  });

  it('is decided under Review, or the record keeps it until it is asked for again', async () => {
    const server = await startScim(database);
    const desk = office(database, server.seeded);
    const userName = `cora@${server.seeded.domain}`;
    const { id } = (await server.send('POST', '/Users', { body: user(userName, 'one') })).body;
    await server.send('PUT', `/Users/${id}`, { body: { ...user(userName, 'one'), active: false } });
    const tryAgain = () => server.send('POST', '/Users', { body: user(userName, 'two') });
    const asked = async () => (await desk.review()).map(({ effectId }) => effectId);
    await tryAgain();
    await desk.decide(await asked(), 'keep');
    expect(await asked()).toEqual([]);
    expect((await tryAgain()).status).toBe(409);
    await desk.decide(await asked(), 'release');
    expect([await asked(), (await tryAgain()).status]).toEqual([[], 201]);
    expect(await desk.audited()).toEqual([
      'directory_user.name_kept',
      'directory_user.name_released',
    ]);
  });

  it('is asked no more once the IdP brings the record back, or deletes it', async () => {
    const server = await startScim(database);
    const desk = office(database, server.seeded);
    const userName = `dora@${server.seeded.domain}`;
    const { id } = (await server.send('POST', '/Users', { body: user(userName, 'one') })).body;
    const turn = (active: boolean) =>
      server.send('PUT', `/Users/${id}`, { body: { ...user(userName, 'one'), active } });
    const ask = () => server.send('POST', '/Users', { body: user(userName, 'two') });
    await turn(false);
    await ask();
    await turn(true);
    expect(await desk.review()).toEqual([]);
    await turn(false);
    await ask();
    expect(await desk.review()).toHaveLength(1);
    await server.send('DELETE', `/Users/${id}`);
    expect(await desk.review()).toEqual([]);
  });

  it('happens once, and not to a record that comes back at the same instant', async () => {
    const server = await startScim(database);
    const desk = office(database, server.seeded);
    const userName = `bob@${server.seeded.domain}`;
    const { id } = (await server.send('POST', '/Users', { body: user(userName, 'one') })).body;
    await server.send('PUT', `/Users/${id}`, { body: { ...user(userName, 'one'), active: false } });
    const [released, back] = await Promise.allSettled([
      desk.release(id),
      server.send('PUT', `/Users/${id}`, { body: user(userName, 'one') }),
    ]);
    const status = back.status === 'fulfilled' ? back.value.status : 0;
    expect([released.status, status]).toEqual(
      released.status === 'fulfilled' ? ['fulfilled', 404] : ['rejected', 200],
    );
    await expect(desk.release(id)).rejects.toMatchObject({
      code: released.status === 'fulfilled' ? 'not_found' : 'conflict',
    });
  });
});
