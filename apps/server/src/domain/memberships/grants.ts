import {
  type Placeholders,
  type Schema,
  statement,
  type Transaction,
} from '../../database/index.ts';

type MembershipState = Schema['memberships']['state'];

/** A reason for a membership: `sourceId` is the directory, the invitation, or empty for "by hand". */
export interface Source {
  readonly kind: Schema['membership_sources']['kind'];
  readonly sourceId: string;
}

interface Person {
  readonly accountId: string;
  readonly userId: string;
  readonly at: number;
}

const lock = statement(
  'memberships.lock_person',
  (db, p: Placeholders<{ userId: string }>, dialect) =>
    dialect.forUpdate(db.selectFrom('users').select('name').where('id', '=', p.userId)),
);

/**
 * Locks a person against every other change of what they may do, in any account; after the account row, before seats.
 * Answers the name; undefined where there is no such person.
 */
export async function lockPerson(tx: Transaction, userId: string): Promise<string | undefined> {
  return (await tx.first(lock, { userId }))?.name;
}

type Upsert = Person & { state: MembershipState };

const upsert = statement('memberships.set_state', (db, p: Placeholders<Upsert>) =>
  db
    .insertInto('memberships')
    .values({
      account_id: p.accountId,
      user_id: p.userId,
      role: 'member',
      state: p.state,
      created_at: p.at,
      changed_at: p.at,
      last_active_at: null,
    })
    .onConflict((oc) =>
      oc.columns(['account_id', 'user_id']).doUpdateSet({ state: p.state, changed_at: p.at }),
    ),
);

/** Sets the state of a membership; one that is not there begins, with the role member. */
export async function setMembershipState(
  tx: Transaction,
  membership: Person & { readonly state: MembershipState },
): Promise<void> {
  tx.send(upsert, membership);
}

type SourceRow = Person & Source;

const insertSource = statement('memberships.add_source', (db, p: Placeholders<SourceRow>) =>
  db
    .insertInto('membership_sources')
    .values({
      account_id: p.accountId,
      user_id: p.userId,
      kind: p.kind,
      source_id: p.sourceId,
      created_at: p.at,
    })
    .onConflict((oc) => oc.doNothing()),
);

/** Adds a reason for a membership; one that is there already stays. */
export async function addSource(tx: Transaction, source: Person & Source): Promise<void> {
  tx.send(insertSource, source);
}

type SourceKey = Omit<SourceRow, 'at'>;

const deleteSource = statement('memberships.end_source', (db, p: Placeholders<SourceKey>) =>
  db
    .deleteFrom('membership_sources')
    .where('account_id', '=', p.accountId)
    .where('user_id', '=', p.userId)
    .where('kind', '=', p.kind)
    .where('source_id', '=', p.sourceId),
);

/** Ends one reason for a membership. Whether the membership ends with it is the caller's to decide. */
export async function endSource(tx: Transaction, source: Omit<Person, 'at'> & Source) {
  tx.send(deleteSource, source);
}

type DirectoryGrant = { accountId: string; userId: string; directoryId: string };

const deleteDirectoryGrant = statement(
  'memberships.end_directory_grant',
  (db, p: Placeholders<DirectoryGrant>) =>
    db
      .deleteFrom('membership_sources')
      .where('account_id', '=', p.accountId)
      .where('user_id', '=', p.userId)
      .where((eb) =>
        eb.or([
          eb('kind', 'in', ['jit', 'capture']),
          eb.and([eb('kind', '=', 'directory'), eb('source_id', '=', p.directoryId)]),
        ]),
      ),
);

/**
 * Ends a directory as a reason for a membership, and with it that the person once came by themselves, through SSO or their
 * domain: whom a directory gave up does not stay by that.
 */
export async function endDirectoryGrant(tx: Transaction, grant: DirectoryGrant): Promise<void> {
  tx.send(deleteDirectoryGrant, grant);
}
