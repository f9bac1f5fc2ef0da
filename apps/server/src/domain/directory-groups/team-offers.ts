import { fold, groupResourceType } from '@rollcall/scim';
import { sql } from 'kysely';
import { type Placeholders, statement, type Transaction } from '../../database/index.ts';
import { newId } from '../../uuid-v7.ts';
import { recordAudit } from '../audit/index.ts';
import { countResource, leaveAllGroups } from '../directory-resources/index.ts';
import { applyGroupChange, type Cause } from '../provisioning/index.ts';
import { buryGroupRow, insertGroupRow, updateGroupRow } from './group-rows.ts';
import { lockGroup, readGroupsByName, type StoredGroup } from './stored-group.ts';

/** Offers that one unit makes or takes back. */
const SLICE = 200;

/**
 * Makes the groups that stand for teams made by hand what the settings of the account's directories say: one for each team
 * that follows no group, under a name that no other group of the directory has. They keep their ids while they are offered.
 *
 * @returns whether there is more to do, in another unit
 */
export async function syncTeamOffers(
  tx: Transaction,
  accountId: string,
  at: number,
): Promise<boolean> {
  const directories = await tx.query
    .selectFrom('directories')
    .select(['id', 'policies'])
    .where('account_id', '=', accountId)
    .execute();
  let more = false;
  for (const { id: directoryId, policies } of directories) {
    const offering = { accountId, directoryId, at };
    const offers = offersTeams(policies);
    const settled = await settleOffers(tx, offering, offers);
    const made = offers ? await makeOffers(tx, offering) : 0;
    more ||= settled === SLICE || made === SLICE;
  }
  return more;
}

function offersTeams(policies: string): boolean {
  // The document is written by the directories' own settings.
  const stored = JSON.parse(policies) as { readonly handmadeTeams?: unknown };
  return stored.handmadeTeams === 'offered';
}

type Offering = { accountId: string; directoryId: string; at: number };

/** Takes back what is offered no more, and renames what has another name by now. */
async function settleOffers(
  tx: Transaction,
  { accountId, directoryId, at }: Offering,
  offers: boolean,
): Promise<number> {
  const stale = await tx.query
    .selectFrom('directory_groups as g')
    .leftJoin('teams as t', (join) =>
      join
        .on('t.account_id', '=', accountId)
        .onRef('t.id', '=', 'g.team_id')
        .on('t.directory_group_id', 'is', null),
    )
    .select(['g.id', 'g.ordinal', 'g.version', 'g.last_modified_at', 't.name'])
    .where('g.directory_id', '=', directoryId)
    .where('g.deleted_at', 'is', null)
    .where('g.team_choice', '=', 'offered')
    .$if(offers, (query) =>
      query.where((eb) => eb.or([eb('t.id', 'is', null), eb('t.name', '<>', eb.ref('g.label'))])),
    )
    .limit(SLICE)
    .execute();
  for (const { id, ordinal, version, last_modified_at, name } of stale) {
    const stays = offers && name !== null && (await isFree(tx, directoryId, name, id));
    if (stays) {
      const later = Math.max(at, last_modified_at + 1);
      const columns = columnsOf(name);
      await updateGroupRow(tx, { directoryId, id, ...columns, version: version + 1, at: later });
    } else {
      await takeBack(tx, { directoryId, id, ordinal, at });
    }
  }
  return stale.length;
}

async function takeBack(
  tx: Transaction,
  offer: { directoryId: string; id: string; ordinal: number; at: number },
): Promise<void> {
  const { directoryId, id, ordinal, at } = offer;
  await leaveAllGroups(tx, directoryId, id, at);
  await buryGroupRow(tx, { directoryId, id, at });
  await countResource(tx, directoryId, 'Group', ordinal, -1);
}

/** Takes back an offer whose name a group of the IdP has, too, which can be where the directory lets groups share names. */
export async function yieldOffer(
  tx: Transaction,
  { directoryId, nameFolded, at }: { directoryId: string; nameFolded: string; at: number },
): Promise<void> {
  const holders = await readGroupsByName(tx, directoryId, nameFolded);
  const offers = holders.filter(isOffered);
  if (offers.length === holders.length) return;
  for (const { id } of offers) await withdrawOffer(tx, { directoryId, id, at });
}

/** Takes back an offer, unless the IdP has adopted it meanwhile. */
export async function withdrawOffer(
  tx: Transaction,
  { directoryId, id, at }: { directoryId: string; id: string; at: number },
): Promise<void> {
  const offer = await lockGroup(tx, directoryId, id);
  if (offer === undefined || !isOffered(offer)) return;
  await takeBack(tx, { directoryId, id, ordinal: offer.ordinal, at });
}

async function isFree(
  tx: Transaction,
  directoryId: string,
  name: string,
  except: string,
): Promise<boolean> {
  const holders = await readGroupsByName(tx, directoryId, fold(name));
  return holders.every(({ id }) => id === except);
}

async function makeOffers(
  tx: Transaction,
  { accountId, directoryId, at }: Offering,
): Promise<number> {
  const live = tx.query
    .selectFrom('directory_groups')
    .where('directory_id', '=', directoryId)
    .where('deleted_at', 'is', null);
  const teams = await tx.query
    .selectFrom('teams')
    .select(['id', 'name'])
    .where('account_id', '=', accountId)
    .where('directory_group_id', 'is', null)
    .where(
      'id',
      'not in',
      live.select(sql<string>`team_id`.as('id')).where('team_id', 'is not', null),
    )
    .where('name_folded', 'not in', live.select('display_name_folded'))
    .orderBy('id')
    .limit(SLICE)
    .execute();
  for (const { id: teamId, name } of teams) {
    const id = newId(at);
    const offer = { offeredTeamId: teamId, teamChoice: 'offered', ...columnsOf(name) } as const;
    const ordinal = await insertGroupRow(tx, { accountId, directoryId, id, ...offer, at });
    if (ordinal !== undefined) await countResource(tx, directoryId, 'Group', ordinal, 1);
  }
  return teams.length;
}

function columnsOf(name: string) {
  const document = { schemas: [groupResourceType.schema.id], displayName: name };
  return {
    nameFolded: fold(name),
    label: name,
    externalId: null,
    document: JSON.stringify(document),
  };
}

type Accepted = { directoryId: string; id: string };

const acceptOffer = statement('directory_group.adopt', (db, p: Placeholders<Accepted>) =>
  db
    .updateTable('directory_groups')
    .set({ team_choice: 'auto' })
    .where('directory_id', '=', p.directoryId)
    .where('id', '=', p.id),
);

/** Whether the IdP has said nothing yet of a group that stands for a team made by hand. */
export function isOffered({ team_choice }: Pick<StoredGroup, 'team_choice'>): boolean {
  return team_choice === 'offered';
}

/**
 * The IdP's first word on an offered group: from now on the team follows it. Who was put into the team by hand stays, and so
 * do its organizations.
 *
 * @throws ProvisioningRefused where the account's rules do not allow it
 */
export async function adoptTeam(tx: Transaction, cause: Cause, stored: StoredGroup): Promise<void> {
  const { accountId, directoryId, actorName, requestId, at } = cause;
  const { id, label, team_id: teamId } = stored;
  await tx.run(acceptOffer, { directoryId, id });
  const after = { id, displayName: label, externalId: null, teamId };
  await applyGroupChange(tx, cause, { after, added: [], removed: [] });
  await recordAudit(tx, {
    accountId,
    actor: { kind: 'directory', id: directoryId, name: actorName },
    action: 'directory_group.adopted',
    subject: { kind: 'directory_group', id, name: label },
    after: { team: { id: teamId, name: label } },
    requestId,
    at,
  });
}
