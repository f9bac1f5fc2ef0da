import {
  type ClientProfile,
  fold,
  type JsonObject,
  type JsonValue,
  jsonEqual,
  type MemberChange,
} from '@rollcall/scim';
import type { Reader, Transaction } from '../../database/index.ts';
import { newId } from '../../uuid-v7.ts';
import { type AuditAction, recordAudit } from '../audit/index.ts';
import { countResource, leaveAllGroups } from '../directory-resources/index.ts';
import {
  applyGroupChange,
  type Cause,
  type Effect,
  type GroupSaid,
  type LinkedGroupSaid,
} from '../provisioning/index.ts';
import { type RefusedRequest, refuse } from '../request-log/index.ts';
import { changeMembers, type MembershipChange } from './change-members.ts';
import { buryGroupRow, insertGroupRow, updateGroupRow } from './group-rows.ts';
import { deleteAllMemberRows } from './member-rows.ts';
import { readGroupsByName, type StoredGroup } from './stored-group.ts';
import { adoptTeam, isOffered, syncTeamOffers, yieldOffer } from './team-offers.ts';

/** What a request did to a directory group. */
export interface GroupChange {
  readonly kind: 'created' | 'changed' | 'unchanged' | 'deleted';
  readonly id: string;
  readonly label: string;
  /** The documents as they are stored, without members; undefined where there was or is none. */
  readonly before: JsonObject | undefined;
  readonly after: JsonObject | undefined;
  readonly members: MembershipChange;
  /** The version that the group has now. */
  readonly version: number;
  readonly effects: readonly Effect[];
  /** The group stood for a team made by hand, which follows it from now on. */
  readonly adopted?: boolean;
}

/** Ids of members that an audit event lists; more are counted. */
const AUDITED_MEMBERS = 100;

/**
 * Creates a directory group with its members, and its team, in one unit.
 *
 * @throws RefusedRequest 409 uniqueness where a live group has the name and the directory lets none share it, 400 for a member
 *   that is not here
 */
export async function createGroup(
  tx: Transaction,
  cause: Cause,
  document: JsonObject,
  changes: readonly MemberChange[],
): Promise<GroupChange> {
  const { directoryId, accountId, at } = cause;
  const id = newId(at);
  const keys = keysOf(document);
  const text = JSON.stringify(document);
  const ordinal = await insertGroupRow(tx, {
    directoryId,
    id,
    accountId,
    ...keys,
    document: text,
    offeredTeamId: null,
    teamChoice: 'auto',
    at,
  });
  if (ordinal === undefined) throw await refuseTakenName(tx, directoryId, document, cause.provider);
  await countResource(tx, directoryId, 'Group', ordinal, 1);
  const members = await changeMembers(tx, cause, id, changes);
  const { effects } = await applyGroupChange(tx, cause, {
    after: { ...groupSaid(id, document), teamId: null },
    ...members,
  });
  // An offered group stands for a team of its name, which is linked or in the way.
  if (effects.some(({ kind }) => kind === 'team_linked' || kind === 'team_conflict')) {
    await yieldOffer(tx, { directoryId, nameFolded: keys.nameFolded, at });
  }
  const change = { id, label: keys.label, before: undefined, after: document, members };
  await audit(tx, cause, 'directory_group.created', change);
  return { kind: 'created', ...change, version: 1, effects };
}

/**
 * Writes what a locked directory group is to be and applies the changes of its membership. What is the same leaves the
 * group as it is, with its version.
 *
 * @throws UniqueViolation where another live group has the name and the directory lets none share it
 * @throws RefusedRequest 400 for a member that is not here
 */
export async function changeGroup(
  tx: Transaction,
  cause: Cause,
  stored: StoredGroup,
  after: JsonObject,
  changes: readonly MemberChange[],
): Promise<GroupChange> {
  if (!isOffered(stored)) return changeAccepted(tx, cause, stored, after, changes);
  await adoptTeam(tx, cause, stored);
  const change = await changeAccepted(tx, cause, stored, after, changes);
  return { ...change, kind: 'changed', adopted: true };
}

async function changeAccepted(
  tx: Transaction,
  cause: Cause,
  stored: StoredGroup,
  after: JsonObject,
  changes: readonly MemberChange[],
): Promise<GroupChange> {
  const before = groupDocumentOf(stored);
  const members = await changeMembers(tx, cause, stored.id, changes);
  const keys = keysOf(after);
  const change = { id: stored.id, label: keys.label, before, after, members };
  if (jsonEqual(before, after) && isEmpty(members)) return repeatGroup(tx, cause, stored, change);
  await updateGroupRow(tx, {
    directoryId: cause.directoryId,
    id: stored.id,
    ...keys,
    document: JSON.stringify(after),
    version: stored.version + 1,
    at: Math.max(cause.at, stored.last_modified_at + 1),
  });
  const { effects } = await applyGroupChange(tx, cause, {
    before: linked(stored, before),
    after: linked(stored, after),
    ...members,
  });
  const { directoryId, at } = cause;
  const { nameFolded } = keys;
  if (nameFolded !== fold(stored.label)) await yieldOffer(tx, { directoryId, nameFolded, at });
  await audit(tx, cause, 'directory_group.changed', change);
  return { kind: 'changed', ...change, version: stored.version + 1, effects };
}

/** The same was said again, as IdPs do after SCIM was off: a team that the group lost follows it again. */
async function repeatGroup(
  tx: Transaction,
  cause: Cause,
  stored: StoredGroup,
  change: Pick<GroupChange, 'id' | 'label' | 'after' | 'members'> & { readonly before: JsonObject },
): Promise<GroupChange> {
  const said = linked(stored, change.before);
  const { effects } = await applyGroupChange(tx, cause, {
    before: said,
    after: said,
    ...change.members,
  });
  const { version } = stored;
  if (effects.length === 0) return { kind: 'unchanged', ...change, version, effects };
  await audit(tx, cause, 'directory_group.changed', change);
  return { kind: 'changed', ...change, version, effects };
}

/** Makes a tombstone of a locked directory group; its members stay users (G-21). A team that stays may be offered anew. */
export async function deleteGroup(
  tx: Transaction,
  cause: Cause,
  stored: StoredGroup,
): Promise<GroupChange> {
  const { directoryId, at } = cause;
  const before = groupDocumentOf(stored);
  const removed = await deleteAllMemberRows(tx, { directoryId, groupId: stored.id });
  await leaveAllGroups(tx, directoryId, stored.id, at);
  await buryGroupRow(tx, { directoryId, id: stored.id, at });
  await countResource(tx, directoryId, 'Group', stored.ordinal, -1);
  const members = { added: [], removed };
  const { effects } = await applyGroupChange(tx, cause, {
    before: linked(stored, before),
    ...members,
  });
  if (effects.some(({ kind }) => kind === 'team_released')) {
    await syncTeamOffers(tx, cause.accountId, at);
  }
  const change = { id: stored.id, label: stored.label, before, after: undefined, members };
  await audit(tx, cause, 'directory_group.deleted', change);
  return { kind: 'deleted', ...change, version: stored.version, effects };
}

/** The refusal of a name that another group has, naming it. */
export async function refuseTakenName(
  read: Reader,
  directoryId: string,
  document: JsonObject,
  provider: ClientProfile,
): Promise<RefusedRequest> {
  const { nameFolded, label } = keysOf(document);
  const [holder] = await readGroupsByName(read, directoryId, nameFolded);
  return refuse('group_name_taken', 409, provider, {
    why: `Another group in this directory is already named ${JSON.stringify(holder?.label ?? label)}.`,
    scimType: 'uniqueness',
    ...(holder === undefined ? {} : { subject: { id: holder.id, name: holder.label } }),
  });
}

/** The stored document of a group. */
export function groupDocumentOf(stored: { readonly document: string }): JsonObject {
  // We wrote it from a JsonObject.
  return JSON.parse(stored.document) as JsonObject;
}

function keysOf(document: JsonObject) {
  const label = textOf(document.displayName) ?? '';
  return { label, nameFolded: fold(label), externalId: textOf(document.externalId) };
}

function groupSaid(id: string, document: JsonObject): GroupSaid {
  const { label, externalId } = keysOf(document);
  return { id, displayName: label, externalId };
}

function linked(stored: StoredGroup, document: JsonObject): LinkedGroupSaid {
  return { ...groupSaid(stored.id, document), teamId: stored.team_id };
}

function textOf(value: JsonValue | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function isEmpty({ added, removed }: MembershipChange): boolean {
  return added.length + removed.length === 0;
}

function audit(
  tx: Transaction,
  cause: Cause,
  action: AuditAction,
  change: Pick<GroupChange, 'id' | 'label' | 'before' | 'after' | 'members'>,
): Promise<void> {
  const { before, after, members } = change;
  return recordAudit(tx, {
    accountId: cause.accountId,
    actor: { kind: 'directory', id: cause.directoryId, name: cause.actorName },
    action,
    subject: { kind: 'directory_group', id: change.id, name: change.label },
    before: before && withMembers(before, 'membersRemoved', members.removed),
    after: after && withMembers(after, 'membersAdded', members.added),
    requestId: cause.requestId,
    at: cause.at,
  });
}

function withMembers(document: JsonObject, name: string, ids: readonly string[]): JsonObject {
  if (ids.length === 0) return document;
  return { ...document, [name]: ids.length > AUDITED_MEMBERS ? ids.length : ids };
}
