import {
  applyPatch,
  difference,
  type JsonObject,
  jsonEqual,
  type ListQuery,
  parsePatch,
  readResource,
  wants,
} from '@rollcall/scim';
import { after, type Soon, type Transaction, UniqueViolation } from '../../database/index.ts';
import { etagOf, locationOf } from '../../domain/directory-resources/index.ts';
import {
  changeUser,
  createUser,
  deleteUser,
  documentOf,
  lockUser,
  type ReadUser,
  readUser,
  readUserSoon,
  refuseTakenUserName,
  renderUsers,
  type StoredUser,
  type UserChange,
} from '../../domain/directory-users/index.ts';
import { type MilestoneKind, refuse } from '../../domain/request-log/index.ts';
import { idOf } from './address.ts';
import { type Answer, found, ignoredDetail } from './answer.ts';
import type { Exchange } from './exchange.ts';
import { projectionOf, shaped } from './listing.ts';
import { isKnown, requirePreconditions } from './preconditions.ts';

/** GET /Users/{id} (RFC 7644 §3.4.1). */
export function getUser(exchange: Exchange): Soon<Answer> {
  const { directory } = exchange.requireCaller();
  const row = readUserSoon(exchange.context.database.read, directory.id, idOf(exchange.address));
  return after(row, (user) => oneUser(exchange, user));
}

function oneUser(exchange: Exchange, row: ReadUser | undefined): Soon<Answer> {
  if (row === undefined) throw unknownUser(exchange);
  const etag = etagOf(row.version);
  const subject = { id: row.id, name: row.label };
  if (isKnown(exchange.request.headers, etag)) {
    return { status: 304, body: null, outcome: 'unchanged', etag, subject };
  }
  const { baseUrl, context, address } = exchange;
  const projection = projectionOf(exchange);
  const withGroups = wants(projection, 'groups');
  const texts = renderUsers(context.database.read, address.directoryId, baseUrl, [row], withGroups);
  const location = locationOf(baseUrl, 'User', row.id);
  return after(texts, ([text = '']) =>
    found(shaped(exchange.types.user, text, projection), {
      etag,
      subject,
      headers: { 'content-location': location },
    }),
  );
}

/** POST /Users (RFC 7644 §3.3). */
export async function postUser(exchange: Exchange): Promise<Answer> {
  const { provider: profile } = exchange.requireCaller().directory;
  const body = await exchange.json();
  const { document, ignored } = readResource(exchange.types.user, body, {
    mode: 'create',
    profile,
  });
  const projection = projectionOf(exchange);
  return exchange.write(async (tx) => {
    const change = await createUser(tx, exchange.cause, document);
    const answer = await answerOf(exchange, tx, change, ignored, projection);
    const location = locationOf(exchange.baseUrl, 'User', change.id);
    return { ...answer, status: 201, location };
  });
}

/** PUT /Users/{id} (RFC 7644 §3.5.1). */
export async function putUser(exchange: Exchange): Promise<Answer> {
  const body = await exchange.json();
  const { provider: profile } = exchange.requireCaller().directory;
  return rewrite(exchange, (stored) =>
    readResource(exchange.types.user, body, {
      mode: 'replace',
      profile,
      current: documentOf(stored),
    }),
  );
}

/** PATCH /Users/{id} (RFC 7644 §3.5.2). */
export async function patchUser(exchange: Exchange): Promise<Answer> {
  const body = await exchange.json();
  const { provider: profile } = exchange.requireCaller().directory;
  const patch = parsePatch(exchange.types.user, body, { profile, id: idOf(exchange.address) });
  return rewrite(exchange, (stored) => {
    const current = documentOf(stored);
    const result = applyPatch(exchange.types.user, current, patch.operations, profile);
    return { document: result.document, ignored: [...patch.ignored, ...result.ignored] };
  });
}

/** DELETE /Users/{id} (RFC 7644 §3.6). */
export async function deleteUserRoute(exchange: Exchange): Promise<Answer> {
  return exchange.write(async (tx) => {
    const stored = await lockedUser(exchange, tx);
    const change = await deleteUser(tx, exchange.cause, stored);
    const { operation, milestones } = wordsOf(change);
    const subject = { id: change.id, name: change.label };
    const changed = differenceOf(exchange, change);
    return {
      status: 204,
      body: null,
      outcome: 'changed',
      operation,
      milestones,
      subject,
      difference: changed,
    };
  });
}

interface Rewritten {
  readonly document: JsonObject;
  readonly ignored: readonly string[];
}

/** Locks the user, works out what it is to be, and writes it. */
async function rewrite(
  exchange: Exchange,
  rewritten: (stored: StoredUser) => Rewritten,
): Promise<Answer> {
  const projection = projectionOf(exchange);
  let wanted: JsonObject | undefined;
  try {
    return await exchange.write(async (tx) => {
      const stored = await lockedUser(exchange, tx);
      const { document, ignored } = rewritten(stored);
      wanted = document;
      const change = await changeUser(tx, exchange.cause, stored, document);
      return answerOf(exchange, tx, change, ignored, projection);
    });
  } catch (error) {
    const taken =
      error instanceof UniqueViolation && error.constraint === 'directory_users_user_name';
    if (!taken || wanted === undefined) throw error;
    const { id, provider } = exchange.requireCaller().directory;
    throw await refuseTakenUserName(exchange.context.database.read, id, wanted, provider);
  }
}

async function lockedUser(exchange: Exchange, tx: Transaction): Promise<StoredUser> {
  const { directory } = exchange.requireCaller();
  const stored = await lockUser(tx, directory.id, idOf(exchange.address));
  if (stored === undefined) throw unknownUser(exchange);
  const { headers } = exchange.request;
  requirePreconditions(headers, etagOf(stored.version), directory.provider);
  return stored;
}

async function answerOf(
  exchange: Exchange,
  tx: Transaction,
  change: UserChange,
  ignored: readonly string[],
  projection: ListQuery['projection'],
): Promise<Answer> {
  const { directory } = exchange.requireCaller();
  const row: ReadUser | undefined = change.row ?? (await readUser(tx, directory.id, change.id));
  if (row === undefined) throw new TypeError('a user that was written is not there');
  const withGroups = wants(projection, 'groups');
  const texts = await renderUsers(tx, directory.id, exchange.baseUrl, [row], withGroups);
  const { operation, milestones } = wordsOf(change);
  return {
    status: 200,
    body: shaped(exchange.types.user, texts[0] ?? '', projection),
    etag: etagOf(row.version),
    outcome: change.kind === 'unchanged' ? 'unchanged' : 'changed',
    operation,
    milestones,
    subject: { id: change.id, name: change.label },
    difference: differenceOf(exchange, change),
    ...ignoredDetail(ignored),
  };
}

/** What a change is called, and which milestones it may be. */
function wordsOf(change: UserChange): { operation: string; milestones: readonly MilestoneKind[] } {
  const { kind, before, after } = change;
  if (kind === 'created') return { operation: 'Create user', milestones: ['first_user'] };
  if (kind === 'deleted') return { operation: 'Delete user', milestones: ['first_deactivation'] };
  if (kind === 'unchanged') return { operation: 'Update user', milestones: [] };
  const wasActive = before?.active !== false;
  const isActive = after?.active !== false;
  if (wasActive && !isActive) {
    return { operation: 'Deactivate user', milestones: ['first_deactivation'] };
  }
  if (!wasActive && isActive) return { operation: 'Reactivate user', milestones: [] };
  // Saying the same again may grant anew; it updates no profile.
  const same = jsonEqual(before ?? {}, after ?? {});
  return { operation: 'Update user', milestones: same ? [] : ['first_profile_update'] };
}

function differenceOf(exchange: Exchange, { before, after }: UserChange): string | undefined {
  const found = difference(exchange.types.user, before ?? {}, after ?? {});
  return found.length === 0 ? undefined : JSON.stringify(found);
}

/** The refusal of a request to one that the directory does not have. */
export function unknownUser(exchange: Exchange) {
  return refuse('user_unknown', 404, exchange.requireCaller().directory.provider);
}
