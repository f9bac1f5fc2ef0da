import type { Reader } from '../../database/index.ts';

export interface DirectoryPeople {
  /** Everybody for whom the directory is a reason. */
  readonly people: number;
  /** Teams that follow its groups. */
  readonly teams: number;
  /** Those for whom it is the only reason: they would lose access. */
  readonly createdByScim: number;
  /** Everybody else who is active in the account: members by hand or by another directory, and owners. They stay. */
  readonly addedByHand: number;
}

/** Counts, now, whom turning a directory off concerns. */
export async function countDirectoryPeople(
  reader: Reader,
  { accountId, directoryId }: { accountId: string; directoryId: string },
): Promise<DirectoryPeople> {
  const people = await reader.query
    .selectFrom('membership_sources as s')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('s.account_id', '=', accountId)
    .where('s.kind', '=', 'directory')
    .where('s.source_id', '=', directoryId)
    .executeTakeFirstOrThrow();
  const alone = await aloneIn(reader, accountId, directoryId)
    .clearSelect()
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  const addedByHand = await countOthers(reader, accountId, directoryId);
  const teams = await reader.query
    .selectFrom('teams')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('account_id', '=', accountId)
    .where('directory_id', '=', directoryId)
    .executeTakeFirstOrThrow();
  return {
    people: people.count,
    teams: teams.count,
    createdByScim: alone.count,
    addedByHand,
  };
}

async function countOthers(
  reader: Reader,
  accountId: string,
  directoryId: string,
): Promise<number> {
  const { count } = await reader.query
    .selectFrom('memberships')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('account_id', '=', accountId)
    .where('state', '=', 'active')
    .where('user_id', 'not in', aloneIn(reader, accountId, directoryId))
    .executeTakeFirstOrThrow();
  return count;
}

/** People whose only reason is this directory. Owners and co-owners are never among them. */
function aloneIn(reader: Reader, accountId: string, directoryId: string) {
  return reader.query
    .selectFrom('membership_sources as s')
    .innerJoin('memberships as m', (join) =>
      join.onRef('m.account_id', '=', 's.account_id').onRef('m.user_id', '=', 's.user_id'),
    )
    .select('s.user_id')
    .where('s.account_id', '=', accountId)
    .where('s.kind', '=', 'directory')
    .where('s.source_id', '=', directoryId)
    .where('m.role', 'not in', ['owner', 'co_owner'])
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('membership_sources as other')
            .select('other.user_id')
            .whereRef('other.account_id', '=', 's.account_id')
            .whereRef('other.user_id', '=', 's.user_id')
            .where((or) =>
              or.or([
                or('other.kind', '<>', 'directory'),
                or('other.source_id', '<>', directoryId),
              ]),
            ),
        ),
      ),
    );
}
