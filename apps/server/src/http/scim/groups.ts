import {
  applyPatch,
  difference,
  type JsonObject,
  type MemberChange,
  type Projection,
  parsePatch,
  readResource,
  readResourceInSteps,
  splitMemberOperations,
  wants,
} from '@rollcall/scim';
import { type Transaction, UniqueViolation } from '../../database/index.ts';
import {
  changeGroup,
  createGroup,
  deleteGroup,
  type GroupChange,
  groupDocumentOf,
  isOffered,
  lockGroup,
  planReplacement,
  readGroup,
  refuseTakenName,
  renderGroup,
  renderWholeGroup,
  type StoredGroup,
} from '../../domain/directory-groups/index.ts';
import { etagOf, locationOf } from '../../domain/directory-resources/index.ts';
import { type MilestoneKind, refuse } from '../../domain/request-log/index.ts';
import { idOf } from './address.ts';
import { type Answer, found, ignoredDetail } from './answer.ts';
import { groupBodyLimit } from './body.ts';
import type { Exchange } from './exchange.ts';
import { inTurns } from './in-turns.ts';
import { projectionOf, shaped } from './listing.ts';
import { isKnown, requirePreconditions } from './preconditions.ts';

/** From so many members on a replacement is worked out before its unit, in slices that yield. */
const PLANNED_MEMBERS = 1_000;
/** Ids of members that the log lists; more are counted. */
const LOGGED_MEMBERS = 100;

/** GET /Groups/{id}. */
export async function getGroup(exchange: Exchange): Promise<Answer> {
  const { directory } = exchange.requireCaller();
  const row = await readGroup(exchange.context.database.read, directory.id, idOf(exchange.address));
  if (row === undefined) throw unknownGroup(exchange);
  const etag = etagOf(row.version);
  const subject = { id: row.id, name: row.label };
  if (isKnown(exchange.request.headers, etag)) {
    return { status: 304, body: null, outcome: 'unchanged', etag, subject };
  }
  const location = locationOf(exchange.baseUrl, 'Group', row.id);
  const body = await groupBody(exchange, row, projectionOf(exchange));
  return found(body, { etag, subject, headers: { 'content-location': location } });
}

/** A group as text, or in pieces where its members are wanted whole. */
export async function groupBody(
  exchange: Exchange,
  row: StoredGroup,
  projection: Projection | undefined,
): Promise<string | AsyncGenerator<string, void, undefined>> {
  const { context, baseUrl, address } = exchange;
  const { read } = context.database;
  const { directoryId } = address;
  const withMembers = wants(projection, 'members');
  if (projection === undefined) return renderGroup(read, directoryId, baseUrl, row, true);
  const text = await renderWholeGroup(read, directoryId, baseUrl, row, withMembers);
  return shaped(exchange.types.group, text, projection);
}

/** POST /Groups. */
export async function postGroup(exchange: Exchange): Promise<Answer> {
  const { provider: profile } = exchange.requireCaller().directory;
  const body = await exchange.json();
  const sent = readResource(exchange.types.group, body, { mode: 'create', profile });
  const answer = await exchange.write(async (tx) => {
    const change = await createGroup(tx, exchange.cause, sent.document, sent.memberChanges);
    const location = locationOf(exchange.baseUrl, 'Group', change.id);
    return { ...answerOf(exchange, change, sent.ignored), status: 201, location };
  });
  return withBody(exchange, answer);
}

/** PUT /Groups/{id}. */
export async function putGroup(exchange: Exchange): Promise<Answer> {
  const body = await exchange.json(groupBodyLimit);
  const { provider: profile } = exchange.requireCaller().directory;
  const { group } = exchange.types;
  // The membership of a body does not depend on what is stored: it is read and planned before the unit, where others wait.
  const said = await inTurns(readResourceInSteps(group, body, { mode: 'create', profile }));
  const plan = await planOf(exchange, said.memberChanges);
  const memberChanges = said.memberChanges.length > 0 ? said.memberChanges : undefined;
  const answer = await rewrite(exchange, { status: 200, plan }, (stored) => {
    const current = groupDocumentOf(stored);
    const sent = readResource(group, body, { mode: 'replace', profile, current, memberChanges });
    return { ...sent, ignored: [...new Set([...sent.ignored, ...said.ignored])] };
  });
  return withBody(exchange, answer);
}

/** PATCH /Groups/{id}: 204, or 200 where the client asks for attributes (Z-20). */
export async function patchGroup(exchange: Exchange): Promise<Answer> {
  const body = await exchange.json();
  const { provider: profile } = exchange.requireCaller().directory;
  const patch = parsePatch(exchange.types.group, body, { profile, id: idOf(exchange.address) });
  const { memberChanges, rest } = splitMemberOperations(patch.operations);
  const status = projectionOf(exchange) === undefined ? 204 : 200;
  const answer = await rewrite(exchange, { status }, (stored) => {
    const current = groupDocumentOf(stored);
    const result = applyPatch(exchange.types.group, current, rest, profile);
    return {
      document: result.document,
      memberChanges,
      ignored: [...patch.ignored, ...result.ignored],
    };
  });
  return status === 204 ? answer : withBody(exchange, answer);
}

/** DELETE /Groups/{id}. */
export async function deleteGroupRoute(exchange: Exchange): Promise<Answer> {
  return exchange.write(async (tx) => {
    const stored = await lockedGroup(exchange, tx);
    if (isOffered(stored)) throw notAdopted(exchange, stored);
    const change = await deleteGroup(tx, exchange.cause, stored);
    const { etag: _, ...answer } = answerOf(exchange, change, []);
    return { ...answer, status: 204 };
  });
}

interface Sent {
  readonly document: JsonObject;
  readonly memberChanges: readonly MemberChange[];
  readonly ignored: readonly string[];
}

/** The changes that a replacement of all members comes to, for one version of the group. */
interface Plan {
  readonly changes: readonly MemberChange[];
  readonly version: number;
}

async function rewrite(
  exchange: Exchange,
  { status, plan }: { readonly status: number; readonly plan?: Plan | undefined },
  sentFor: (stored: StoredGroup) => Sent,
): Promise<Answer> {
  let wanted: JsonObject | undefined;
  try {
    return await exchange.write(async (tx) => {
      const stored = await lockedGroup(exchange, tx);
      const sent = sentFor(stored);
      wanted = sent.document;
      // Whoever came in between makes the plan worthless: the unit then works the replacement out itself.
      const changes = plan?.version === stored.version ? plan.changes : sent.memberChanges;
      const change = await changeGroup(tx, exchange.cause, stored, sent.document, changes);
      return { ...answerOf(exchange, change, sent.ignored), status };
    });
  } catch (error) {
    const taken = error instanceof UniqueViolation && error.constraint === 'directory_groups_name';
    if (!taken || wanted === undefined) throw error;
    const { id, provider } = exchange.requireCaller().directory;
    throw await refuseTakenName(exchange.context.database.read, id, wanted, provider);
  }
}

async function planOf(
  exchange: Exchange,
  memberChanges: readonly MemberChange[],
): Promise<Plan | undefined> {
  const [change, ...more] = memberChanges;
  if (change?.kind !== 'replace' || more.length > 0) return undefined;
  if (change.values.length < PLANNED_MEMBERS) return undefined;
  const { read } = exchange.context.database;
  const { id: directoryId } = exchange.requireCaller().directory;
  const group = await readGroup(read, directoryId, idOf(exchange.address));
  if (group === undefined) throw unknownGroup(exchange);
  const changes = await planReplacement(read, directoryId, group.id, change);
  return { changes, version: group.version };
}

async function lockedGroup(exchange: Exchange, tx: Transaction): Promise<StoredGroup> {
  const { directory } = exchange.requireCaller();
  const stored = await lockGroup(tx, directory.id, idOf(exchange.address));
  if (stored === undefined) throw unknownGroup(exchange);
  const { headers } = exchange.request;
  requirePreconditions(headers, etagOf(stored.version), directory.provider);
  return stored;
}

function answerOf(exchange: Exchange, change: GroupChange, ignored: readonly string[]): Answer {
  const { operation, milestones } = wordsOf(change);
  return {
    status: 200,
    body: null,
    etag: etagOf(change.version),
    outcome: change.kind === 'unchanged' ? 'unchanged' : 'changed',
    operation,
    milestones,
    subject: { id: change.id, name: change.label },
    difference: differenceOf(exchange, change),
    rows: 1 + change.members.added.length,
    ...ignoredDetail(ignored),
  };
}

/** Adds the group as it reads after COMMIT. */
async function withBody(exchange: Exchange, answer: Answer): Promise<Answer> {
  if (exchange.isPart) return answer;
  const { read } = exchange.context.database;
  const { directoryId } = exchange.address;
  const row = await readGroup(read, directoryId, answer.subject?.id ?? '');
  // Whoever deleted it since then answers for it; this request was done.
  if (row === undefined) return { ...answer, body: '{}' };
  return { ...answer, body: await groupBody(exchange, row, projectionOf(exchange)) };
}

function wordsOf(change: GroupChange): {
  operation: string;
  milestones: readonly MilestoneKind[];
} {
  const { kind, before, after, members, adopted } = change;
  if (kind === 'created') return { operation: 'Create group', milestones: ['first_group'] };
  if (kind === 'deleted') return { operation: 'Delete group', milestones: [] };
  if (adopted) return { operation: 'Adopt team', milestones: ['first_group'] };
  return { operation: operationOf(before, after, members), milestones: [] };
}

function operationOf(
  before: JsonObject | undefined,
  after: JsonObject | undefined,
  { added, removed }: GroupChange['members'],
): string {
  if (added.length + removed.length === 0) {
    return before?.displayName === after?.displayName ? 'Update group' : 'Rename group';
  }
  if (removed.length === 0) return `Add ${counted(added.length)}`;
  if (added.length === 0) return `Remove ${counted(removed.length)}`;
  return `Add ${counted(added.length)}, remove ${removed.length}`;
}

function counted(members: number): string {
  return members === 1 ? '1 member' : `${members} members`;
}

function differenceOf(
  exchange: Exchange,
  { before, after, members, adopted, label }: GroupChange,
): string | undefined {
  const found: object[] = difference(exchange.types.group, before ?? {}, after ?? {});
  const { added, removed } = members;
  if (adopted) found.push({ path: 'team', after: label });
  if (removed.length > 0) found.push({ path: 'members', before: listed(removed) });
  if (added.length > 0) found.push({ path: 'members', after: listed(added) });
  return found.length === 0 ? undefined : JSON.stringify(found);
}

function listed(ids: readonly string[]): readonly string[] | string {
  return ids.length > LOGGED_MEMBERS ? counted(ids.length) : ids;
}

/** A team made by hand is no group of the IdP's, for it to delete. */
function notAdopted(exchange: Exchange, { id, label }: StoredGroup) {
  return refuse('team_not_adopted', 403, exchange.requireCaller().directory.provider, {
    subject: { id, name: label },
  });
}

/** The refusal of a request to one that the directory does not have. */
export function unknownGroup(exchange: Exchange) {
  return refuse('group_unknown', 404, exchange.requireCaller().directory.provider);
}
