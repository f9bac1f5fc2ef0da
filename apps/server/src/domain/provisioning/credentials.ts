import { type Placeholders, statement, type Transaction } from '../../database/index.ts';

type User = { userId: string };

const forgetPassphrase = statement('provisioning.forget_passphrase', (db, p: Placeholders<User>) =>
  db
    .updateTable('users')
    .set({ passphrase_hash: null, passphrase_set_at: null })
    .where('id', '=', p.userId),
);

const forgetIdentities = statement('provisioning.forget_identities', (db, p: Placeholders<User>) =>
  db.deleteFrom('user_identities').where('user_id', '=', p.userId),
);

const forgetSessions = statement('provisioning.forget_sessions', (db, p: Placeholders<User>) =>
  db.deleteFrom('sessions').where('user_id', '=', p.userId),
);

/** Whoever claimed the address without proof may have been somebody else: nothing of theirs opens this person's door. */
export async function resetCredentials(tx: Transaction, userId: string): Promise<void> {
  tx.send(forgetPassphrase, { userId });
  tx.send(forgetIdentities, { userId });
  tx.send(forgetSessions, { userId });
}
