import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { describeOnPostgres } from '../support/databases.ts';
import { fill } from './fill.ts';
import { startScim } from './scim-server.ts';

describeOnPostgres('The plans of a list', (databases) => {
  it('look up what they return and read no table as a whole, at the first and at the deepest page (L-11)', async () => {
    // One connection, so that the statements that it has prepared can be asked for.
    const scim = await startScim(await databases.open({ poolSize: 1 }));
    const ids = await fill(scim, 8_000);
    const { directoryId, accountId } = scim.seeded;
    await scim.database.write(async (tx) => {
      const members = ids.map((member_id) => ({
        directory_id: directoryId,
        group_id: 'group-1',
        member_id,
        member_type: 'User' as const,
      }));
      for (let at = 0; at < members.length; at += 1_000) {
        const rows = members.slice(at, at + 1_000);
        await tx.query.insertInto('directory_group_members').values(rows).execute();
      }
      await tx.query
        .insertInto('directory_groups')
        .values(groupRow(directoryId, accountId))
        .execute();
      await sql`analyze`.execute(tx.query);
    });
    for (const startIndex of [1, 7_901]) {
      const { body } = await scim.send('GET', `/Users?startIndex=${startIndex}&count=100`);
      expect(body.Resources[0].groups).toHaveLength(1);
    }
    for (const [name, parameters] of [
      ['directory_user.page', [directoryId, directoryId, 1_024, 500, 100]],
      ['directory_group.parents', [directoryId, JSON.stringify(ids.slice(0, 100)), directoryId]],
    ] as const) {
      const values = sql.join(parameters.map((value) => sql.lit(value)));
      const plan = sql<{ 'QUERY PLAN': string }>`explain execute ${sql.id(name)} (${values})`;
      const { rows } = await plan.execute(scim.database.read.query);
      const text = rows.map((row) => row['QUERY PLAN']).join('\n');
      expect(text).not.toMatch(/Seq Scan on directory_(users|group_members)/);
    }
  });
});

function groupRow(directoryId: string, accountId: string) {
  return {
    directory_id: directoryId,
    id: 'group-1',
    account_id: accountId,
    ordinal: 1,
    display_name_folded: 'everybody',
    label: 'Everybody',
    unique_name: 'everybody',
    external_id: null,
    document:
      '{"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"displayName":"Everybody"}',
    version: 1,
    created_at: 0,
    last_modified_at: 0,
    deleted_at: null,
    team_id: null,
  };
}
