import { expect, it } from 'vitest';
import { describeEachEngine } from '../support/databases.ts';
import { eventLog } from '../support/event-log.ts';
import { fixtureTime } from '../support/fixtures.ts';
import { oktaUser } from './bodies.ts';
import { startScim } from './scim-server.ts';

const lookUp = 'directory.authenticate';

describeEachEngine('Whose a request is', (databases) => {
  it('is refused at the very next request once another process has revoked the token (K-09)', async () => {
    const url = await databases.createMigrated();
    const scim = await startScim(await databases.open({ url }));
    const elsewhere = await databases.open({ url });
    for (const revokedAt of [fixtureTime, null, fixtureTime]) {
      await elsewhere.write((tx) =>
        tx.query
          .updateTable('connector_tokens')
          .set({ revoked_at: revokedAt })
          .where('directory_id', '=', scim.seeded.directoryId)
          .execute(),
      );
      for (const _ of ['first', 'second']) {
        const { status } = await scim.send('GET', '/ServiceProviderConfig');
        expect(status).toBe(revokedAt === null ? 200 : 401);
      }
    }
  });

  it('is told by a token of 256 bits, of which the digest alone is kept (K-08)', async () => {
    const scim = await startScim(await databases.open());
    const { token } = scim.seeded;
    // 43 characters of base64 hold 256 bits.
    expect(token).toMatch(/^rollcall_scim_[\w-]{43}$/);
    const other = await startScim(scim.database);
    expect(other.seeded.token).not.toBe(token);
    const rows = await scim.database.read.query
      .selectFrom('connector_tokens')
      .selectAll()
      .where('id', '=', scim.seeded.tokenId)
      .execute();
    expect(rows).toMatchObject([{ last_four: token.slice(-4) }]);
    expect(JSON.stringify(rows)).not.toContain(token.slice(14, -4));
  });

  it('is refused once the directory is off or the token has ended, though nothing else was written (K-05, K-08)', async () => {
    let now = fixtureTime + 60_000;
    const scim = await startScim(await databases.open(), {}, () => now);
    const { directoryId } = scim.seeded;
    const status = async () => (await scim.send('GET', '/Users')).status;
    const ends = (at: number | null) =>
      scim.database.write((tx) =>
        tx.query
          .updateTable('connector_tokens')
          .set({ expires_at: at })
          .where('directory_id', '=', directoryId)
          .execute(),
      );
    await ends(now + 1_000);
    expect([await status(), await status()]).toEqual([200, 200]);
    now += 999;
    expect(await status()).toBe(200);
    now += 1;
    expect(await status()).toBe(401);
    await ends(null);
    expect([await status(), await status()]).toEqual([200, 200]);
    await scim.database.write((tx) =>
      tx.query
        .updateTable('directories')
        .set({ state: 'off' })
        .where('id', '=', directoryId)
        .execute(),
    );
    expect(await status()).toBe(403);
  });

  it('is looked up once on SQLite for as long as nothing is written, and each time on PostgreSQL', async () => {
    const log = eventLog();
    const scim = await startScim(await databases.open({ observer: log.observer }), { seats: 10 });
    const lookUps = async () => {
      log.clear();
      for (const _ of ['first', 'second', 'third']) await scim.send('GET', '/Users/nobody');
      return log.of('statement').filter(({ name }) => name === lookUp).length;
    };
    const onSqlite = databases.engine === 'sqlite';
    await scim.send('GET', '/Users');
    expect(await lookUps()).toBe(onSqlite ? 0 : 3);
    await scim.send('POST', '/Users', { body: oktaUser('ada') });
    expect(await lookUps()).toBe(onSqlite ? 1 : 3);
  });

  it('is never another directory’s, whose token it remembers', async () => {
    const scim = await startScim(await databases.open());
    const { token } = scim.seeded;
    const { origin } = scim;
    expect((await scim.send('GET', '/Users')).status).toBe(200);
    const other = await startScim(scim.database);
    const answer = await fetch(`${origin}/scim/${other.seeded.directoryId}/v2/Users`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(answer.status).toBe(401);
  });
});
