import type { ConnectorToken, Directory, Role } from '@rollcall/api';
import type { Context } from '../../context.ts';
import type { Reader, Schema } from '../../database/index.ts';
import { readSeats } from '../../domain/accounts/index.ts';
import { countReview } from '../../domain/decisions/index.ts';
import {
  connectorUrl,
  type DirectoryRow,
  healthOf,
  listMilestones,
  listTokens,
  milestonesOf,
  policiesOf,
  readNewestRequest,
  readRequirements,
  readSizes,
  tokenState,
  tokensEndedAt,
} from '../../domain/directories/index.ts';
import { countOutcomes, headlineOf } from '../../domain/request-log/index.ts';
import { day } from '../../duration.ts';
import { instantOf } from '../../instant.ts';

/** One directory as the console shows it. `role` is that of the person who looks. */
export async function directoryView(
  { database, settings, now }: Context,
  directory: DirectoryRow,
  role: Role,
): Promise<Directory> {
  const { read } = database;
  const { id, account_id: accountId, name, provider, state } = directory;
  const at = now();
  const tokens = await listTokens(read, id);
  const requirements = await readRequirements(read, { accountId, role, at });
  const seats = await readSeats(read, accountId);
  const last = await readNewestRequest(read, id);
  const recent = await countOutcomes(read, id, at - day);
  const health = healthOf({
    state,
    requirementsMet: requirements.every((line) => line.met || line.name === 'role'),
    tokens,
    peopleWaiting: seats.waiting,
    recent,
    at,
  });
  return {
    id,
    name,
    provider,
    state,
    health,
    connectorUrl: connectorUrl(settings.publicUrl, id),
    createdAt: instantOf(directory.created_at),
    policies: policiesOf(directory),
    tokens: tokens.map((token) => tokenView(token, at)),
    milestones: milestonesOf(await listMilestones(read, id)),
    ...(await readSizes(read, id)),
    decisions: (await countReview(read, { accountId, directoryId: id })).decision,
    seats,
    requirements,
    lastRequest: last === undefined ? null : requestView(last, name),
    recent,
    refusedSinceExpiry: await countRefused(read, id, tokensEndedAt(tokens, at)),
  };
}

function tokenView(token: Schema['connector_tokens'], at: number): ConnectorToken {
  return {
    id: token.id,
    lastFour: token.last_four,
    access: token.access,
    state: tokenState(token, at),
    createdAt: instantOf(token.created_at),
    expiresAt: instantOf(token.expires_at),
    retiresAt: instantOf(token.retires_at),
    lastUsedAt: instantOf(token.last_used_at),
  };
}

type LastRequest = NonNullable<Awaited<ReturnType<typeof readNewestRequest>>>;

function requestView(request: LastRequest, directoryName: string) {
  const { id, at, outcome } = request;
  return { id, at: instantOf(at), sentence: headlineOf(request, directoryName), outcome };
}

async function countRefused(read: Reader, id: string, endedAt: number | null): Promise<number> {
  if (endedAt === null) return 0;
  const { refused } = await countOutcomes(read, id, endedAt);
  return refused;
}
