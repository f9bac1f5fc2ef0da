import type { Transaction } from '../../database/index.ts';
import { Refusal } from '../refusal.ts';
import { withdrawOffer } from './team-offers.ts';

/** Names that a refusal tells, and characters of each. */
const TOLD = 5;
const TOLD_LENGTH = 80;

/**
 * Makes the index hold the names of a directory's groups apart. The unit has locked the directory and made it let no groups
 * share names, so that none come to do so meanwhile.
 *
 * @throws Refusal `conflict` that tells the names that several live groups have
 */
export async function keepNamesApart(
  tx: Transaction,
  directoryId: string,
  at: number,
): Promise<void> {
  for (const id of await offersInTheWay(tx, directoryId)) {
    await withdrawOffer(tx, { directoryId, id, at });
  }
  const shared = await sharedNames(tx, directoryId);
  if (shared.length > 0) throw stillShared(shared);
  await tx.query
    .updateTable('directory_groups')
    .set((eb) => ({ unique_name: eb.ref('display_name_folded') }))
    .where('directory_id', '=', directoryId)
    .where('deleted_at', 'is', null)
    .where('unique_name', 'is', null)
    .execute();
}

interface SharedName {
  readonly label: string;
  readonly groups: number;
}

async function sharedNames(tx: Transaction, directoryId: string): Promise<SharedName[]> {
  const rows = await tx.query
    .selectFrom('directory_groups')
    .select(({ fn }) => [fn.min('label').as('label'), fn.countAll().as('groups')])
    .where('directory_id', '=', directoryId)
    .where('deleted_at', 'is', null)
    .groupBy('display_name_folded')
    .having(({ fn }) => fn.countAll(), '>', 1)
    .orderBy('display_name_folded')
    .limit(TOLD + 1)
    .execute();
  return rows.map(({ label, groups }) => ({ label, groups: Number(groups) }));
}

/** Offered groups whose name a group of the IdP has, too. */
async function offersInTheWay(tx: Transaction, directoryId: string): Promise<string[]> {
  const rows = await tx.query
    .selectFrom('directory_groups as offer')
    .innerJoin('directory_groups as other', (join) =>
      join
        .onRef('other.directory_id', '=', 'offer.directory_id')
        .onRef('other.display_name_folded', '=', 'offer.display_name_folded')
        .on('other.team_choice', '<>', 'offered'),
    )
    .select('offer.id')
    .distinct()
    .where('offer.directory_id', '=', directoryId)
    .where('offer.deleted_at', 'is', null)
    .where('offer.team_choice', '=', 'offered')
    .where('other.deleted_at', 'is', null)
    .orderBy('offer.id')
    .execute();
  return rows.map(({ id }) => id);
}

function stillShared(shared: readonly SharedName[]): Refusal {
  const told = shared
    .slice(0, TOLD)
    .map(
      ({ label, groups }) => `${JSON.stringify(label.slice(0, TOLD_LENGTH))} (${groups} groups)`,
    );
  const names = new Intl.ListFormat('en').format(
    shared.length > TOLD ? [...told, 'more names'] : told,
  );
  return new Refusal(
    'conflict',
    `Groups of this directory still share a name: ${names}. In your identity provider rename or delete all but one of each, then save again. Nothing was changed.`,
  );
}
