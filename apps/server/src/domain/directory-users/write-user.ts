import { type ClientProfile, type JsonObject, jsonEqual } from '@rollcall/scim';
import type { Reader, Transaction } from '../../database/index.ts';
import { newId } from '../../uuid-v7.ts';
import { type AuditAction, recordAudit } from '../audit/index.ts';
import { countResource, leaveAllGroups } from '../directory-resources/index.ts';
import {
  applyUserChange,
  type Cause,
  type Effect,
  type LinkedUserSaid,
  type Match,
  matchUser,
  settleRelease,
} from '../provisioning/index.ts';
import { type RefusedRequest, refuse } from '../request-log/index.ts';
import {
  lockUserByUserName,
  type ReadUser,
  readUsersByUserName,
  type StoredUser,
} from './stored-user.ts';
import { keysOf, saidOf, storable, type UserKeys } from './user-keys.ts';
import { buryUserRow, insertUserRow, updateUserRow } from './user-rows.ts';

/** What a request did to a directory user. */
export interface UserChange {
  readonly kind: 'created' | 'revived' | 'changed' | 'unchanged' | 'deleted';
  readonly id: string;
  /** The name to show. */
  readonly label: string;
  /** The documents as they are stored; undefined where there was or is none. */
  readonly before: JsonObject | undefined;
  readonly after: JsonObject | undefined;
  readonly effects: readonly Effect[];
  /** The row, where it is known without reading it again. */
  readonly row?: ReadUser | undefined;
}

/** Tries to insert: between a lost race and the look at its winner, the winner may be deleted. */
const ATTEMPTS = 3;

/**
 * Creates a directory user in one unit with all that follows from it. The unique index decides who comes first; an
 * inactive record of the same userName is revived under its id, where the externalId is equal or missing on one side.
 *
 * @throws RefusedRequest 409 uniqueness that names who has the userName and the way out
 * @throws ProvisioningRefused where the rules of the account say no
 */
export async function createUser(
  tx: Transaction,
  cause: Cause,
  sent: JsonObject,
): Promise<UserChange> {
  const document = storable(sent);
  const keys = keysOf(document);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const created = await insertUser(tx, cause, document);
    if (created !== undefined) return created;
    const holder = await lockUserByUserName(tx, cause.directoryId, keys.userNameFolded);
    if (holder === undefined) continue;
    refuseUnlessRevivable(holder, keys.externalId, cause.provider);
    return revive(tx, cause, holder, document);
  }
  throw refuse('user_name_taken', 409, cause.provider, { scimType: 'uniqueness' });
}

async function insertUser(
  tx: Transaction,
  cause: Cause,
  document: JsonObject,
): Promise<UserChange | undefined> {
  const { directoryId, accountId, at } = cause;
  const id = newId(at);
  const said = saidOf(id, document);
  const match = await matchUser(tx, cause, said);
  const { userId, link } = match;
  const keys = keysOf(document);
  const text = JSON.stringify(document);
  const row = { directoryId, id, accountId, document: text, at, userId, link, keys };
  const ordinal = await insertUserRow(tx, row);
  if (ordinal === undefined) return undefined;
  await countResource(tx, directoryId, 'User', ordinal, 1);
  const effects = await applyUserChange(tx, cause, { after: { ...said, userId, link }, match });
  const change = { id, label: keys.label, before: undefined, after: document };
  await audit(tx, cause, 'directory_user.created', change);
  return { kind: 'created', ...change, effects, row: newRow(id, text, keys, at) };
}

/** What a new user reads as; undefined where its manager has to be looked at. */
function newRow(id: string, document: string, keys: UserKeys, at: number): ReadUser | undefined {
  if (keys.managerId !== null) return undefined;
  return {
    id,
    label: keys.label,
    manager_id: null,
    document,
    version: 1,
    created_at: at,
    last_modified_at: at,
    manager_label: null,
    has_groups: 0,
  };
}

async function revive(
  tx: Transaction,
  cause: Cause,
  holder: StoredUser,
  document: JsonObject,
): Promise<UserChange> {
  const match = await matchUser(tx, cause, saidOf(holder.id, document));
  return { ...(await changeUser(tx, cause, holder, document, match)), kind: 'revived' };
}

function refuseUnlessRevivable(
  holder: StoredUser,
  externalId: string | null,
  provider: ClientProfile,
): void {
  const subject = { id: holder.id, name: holder.label };
  if (holder.active === 1) throw userNameTaken(subject, provider);
  const same = holder.external_id === externalId;
  if (same || holder.external_id === null || externalId === null) return;
  throw refuse('user_name_reserved', 409, provider, {
    why: `${holder.label} is inactive in this directory and has this userName with another externalId. If another person is to have it, an owner opens ${holder.label} under SCIM > People and chooses Release this userName; then send this again.`,
    scimType: 'uniqueness',
    subject,
  });
}

function userNameTaken(
  subject: { id: string; name: string },
  provider: ClientProfile,
): RefusedRequest {
  return refuse('user_name_taken', 409, provider, {
    why: `Another person in this directory already has this userName: ${subject.name}.`,
    scimType: 'uniqueness',
    subject,
  });
}

/** The refusal of a userName that a change wanted and another user has; for after the unit that lost. */
export async function refuseTakenUserName(
  read: Reader,
  directoryId: string,
  document: JsonObject,
  provider: ClientProfile,
): Promise<RefusedRequest> {
  const { userNameFolded } = keysOf(document);
  const [holder] = await readUsersByUserName(read, directoryId, userNameFolded);
  if (holder !== undefined) return userNameTaken({ id: holder.id, name: holder.label }, provider);
  return refuse('user_name_taken', 409, provider, { scimType: 'uniqueness' });
}

/**
 * Writes what a locked directory user is to be, with all that follows from it. An equal document leaves the record as it
 * is; that somebody is active is a wish all the same, and what is missing of it is granted.
 *
 * @throws UniqueViolation where another live user has the userName
 * @throws ProvisioningRefused where the rules of the account say no
 */
export async function changeUser(
  tx: Transaction,
  cause: Cause,
  stored: StoredUser,
  sent: JsonObject,
  match?: Match,
): Promise<UserChange> {
  const before = documentOf(stored);
  const after = storable(sent);
  const keys = keysOf(after);
  const change = { id: stored.id, label: keys.label, before, after };
  if (jsonEqual(before, after)) return repeatUser(tx, cause, stored, change);
  const document = JSON.stringify(after);
  const version = stored.version + 1;
  const at = later(cause.at, stored.last_modified_at);
  const { directoryId } = cause;
  const { id } = stored;
  await updateUserRow(tx, { directoryId, id, document, version, at, before: keysOf(before), keys });
  const effects = await applyUserChange(tx, cause, {
    before: linked(stored, before),
    after: linked(stored, after),
    match,
  });
  await audit(tx, cause, 'directory_user.changed', change);
  const sameManager = keys.managerId === stored.manager_id;
  const row = { ...stored, label: keys.label, document, version, last_modified_at: at };
  return { kind: 'changed', ...change, effects, ...(sameManager ? { row } : {}) };
}

/**
 * The same was said again, as IdPs do after SCIM was off. Version and time stay: the resource is the same. A record that is
 * not active asks for nothing.
 */
async function repeatUser(
  tx: Transaction,
  cause: Cause,
  stored: StoredUser,
  change: Pick<UserChange, 'id' | 'label' | 'after'> & { readonly before: JsonObject },
): Promise<UserChange> {
  const row = stored;
  if (stored.active === 0) return { kind: 'unchanged', ...change, effects: [], row };
  const said = linked(stored, change.before);
  const effects = await applyUserChange(tx, cause, { before: said, after: said });
  if (effects.length === 0) return { kind: 'unchanged', ...change, effects, row };
  await audit(tx, cause, 'directory_user.changed', change);
  return { kind: 'changed', ...change, effects, row };
}

/** Makes a tombstone of a locked directory user, and ends what this directory gave to the person. */
export async function deleteUser(
  tx: Transaction,
  cause: Cause,
  stored: StoredUser,
): Promise<UserChange> {
  const { directoryId, at } = cause;
  const before = documentOf(stored);
  await buryRecord(tx, directoryId, stored, at);
  if (stored.active === 0) {
    await settleRelease(tx, { accountId: cause.accountId, recordId: stored.id, at });
  }
  const effects = await applyUserChange(tx, cause, { before: linked(stored, before) });
  const change = { id: stored.id, label: stored.label, before, after: undefined };
  await audit(tx, cause, 'directory_user.deleted', change);
  return { kind: 'deleted', ...change, effects };
}

/** Makes a tombstone of a locked record: gone for SCIM, out of its groups, and its userName is free. */
export async function buryRecord(
  tx: Transaction,
  directoryId: string,
  { id, ordinal }: StoredUser,
  at: number,
): Promise<void> {
  await leaveAllGroups(tx, directoryId, id, at);
  await buryUserRow(tx, directoryId, id, at);
  await countResource(tx, directoryId, 'User', ordinal, -1);
}

/** The stored document of a user. */
export function documentOf(stored: { readonly document: string }): JsonObject {
  // We wrote it from a JsonObject.
  return JSON.parse(stored.document) as JsonObject;
}

/** What a stored record says, with what ties it to a person. */
export function linked(stored: StoredUser, document: JsonObject): LinkedUserSaid {
  return { ...saidOf(stored.id, document), userId: stored.user_id, link: stored.link };
}

/** A change is later than what it changes, also within a millisecond. */
function later(at: number, before: number): number {
  return Math.max(at, before + 1);
}

function audit(
  tx: Transaction,
  cause: Cause,
  action: AuditAction,
  change: Pick<UserChange, 'id' | 'label' | 'before' | 'after'>,
): Promise<void> {
  return recordAudit(tx, {
    accountId: cause.accountId,
    actor: { kind: 'directory', id: cause.directoryId, name: cause.actorName },
    action,
    subject: { kind: 'directory_user', id: change.id, name: change.label },
    before: change.before,
    after: change.after,
    requestId: cause.requestId,
    at: cause.at,
  });
}
