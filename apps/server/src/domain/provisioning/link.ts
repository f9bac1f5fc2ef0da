import { type Placeholders, statement, type Transaction } from '../../database/index.ts';
import type { Cause, Link } from './said.ts';
import type { Person } from './situation.ts';

type Columns = { directoryId: string; id: string; userId: string | null; link: Link };

const update = statement('provisioning.link', (db, p: Placeholders<Columns>) =>
  db
    .updateTable('directory_users')
    .set({ user_id: p.userId, link: p.link })
    .where('directory_id', '=', p.directoryId)
    .where('id', '=', p.id),
);

/** Ties a record to its person, where it is not tied so already. A conflict is tied to nobody. */
export async function storeLink(
  tx: Transaction,
  cause: Cause,
  { record, userId: person }: Person,
  link: Link,
): Promise<void> {
  const userId = link === 'linked' || link === 'removed' ? person : null;
  if (record.link === link && record.userId === userId) return;
  tx.send(update, { directoryId: cause.directoryId, id: record.id, userId, link });
}
