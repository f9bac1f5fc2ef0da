import { sql } from 'kysely';
import type { ScimServer } from './scim-server.ts';

/** Puts `count` users into the directory without asking the account's rules, which cost is not measured here. */
export async function fill(scim: ScimServer, count: number): Promise<string[]> {
  const { directoryId, accountId } = scim.seeded;
  const ids = Array.from({ length: count }, (_, index) => `user-${String(index).padStart(6, '0')}`);
  await scim.database.write(async (tx) => {
    for (let at = 0; at < count; at += 500) {
      const rows = ids.slice(at, at + 500).map((id, index) => ({
        directory_id: directoryId,
        id,
        account_id: accountId,
        ordinal: at + index + 1,
        user_name_folded: `${id}@example.com`,
        label: id,
        external_id: null,
        display_name_folded: id,
        manager_id: null,
        active: 1 as const,
        document: `{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"${id}@example.com","active":true}`,
        version: 1,
        created_at: 0,
        last_modified_at: 0,
        deleted_at: null,
        user_id: null,
        link: 'none' as const,
      }));
      await tx.query.insertInto('directory_users').values(rows).execute();
    }
    const buckets = new Map<number, number>();
    for (let ordinal = 1; ordinal <= count; ordinal += 1) {
      const bucket = Math.floor(ordinal / 1024);
      buckets.set(bucket, (buckets.get(bucket) ?? 0) + 1);
    }
    for (const [bucket, live] of buckets) {
      await tx.query
        .insertInto('resource_counts')
        .values({ directory_id: directoryId, resource_type: 'User', bucket, lane: 0, live })
        .execute();
    }
    // What the server does by itself while people come in one by one.
    if (tx.dialect.engine === 'postgres') await sql`analyze`.execute(tx.query);
  });
  return ids;
}
