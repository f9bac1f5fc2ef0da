import { type Home, type Role, routes, type Seats } from '@rollcall/api';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import type { Reader } from '../../database/index.ts';
import { may, planState, readAccountOverview, readSeats } from '../../domain/accounts/index.ts';
import { countReview } from '../../domain/decisions/index.ts';
import {
  type DirectoryRow,
  healthOf,
  lastTokenEnd,
  listDirectories,
  listTokens,
  readRequirements,
} from '../../domain/directories/index.ts';
import { notFound } from '../../domain/refusal.ts';
import { countOutcomes, readRequestDays } from '../../domain/request-log/index.ts';
import { listSsoConnections, readSamlSettings } from '../../domain/sso-connections/index.ts';
import { day } from '../../duration.ts';
import { attentionOf, type DirectoryFacts, type FailingConnection } from './attention.ts';
import { policies } from './policies.ts';
import { registerRoute } from './register.ts';

/** What needs attention, and where the account stands. */
export function registerHome(app: FastifyInstance, context: Context): void {
  registerRoute(app, context, routes.getHome, policies.getHome, ({ params, account, at }) =>
    homeView(context, params.accountId, account.role, at),
  );
}

async function homeView(
  { database }: Context,
  accountId: string,
  role: Role,
  at: number,
): Promise<Home> {
  const { read } = database;
  const seats = await readSeats(read, accountId);
  const requirements = await readRequirements(read, { accountId, role, at });
  const [directory] = await listDirectories(read, accountId);
  const state = directory?.state ?? 'off';
  if (!may(role, 'manage_scim')) {
    const scim = { state, directoryId: null };
    return { attention: [], seats, requirements, scim, requests: [] };
  }
  const account = await readAccountOverview(read, accountId);
  if (account === undefined) throw notFound('account');
  const met = requirements.every((line) => line.met || line.name === 'role');
  const facts =
    directory && (await directoryFacts(read, directory, { met, seats, at, ...account }));
  return {
    attention: attentionOf({
      plan: planState(account, at),
      seats,
      coOwners: account.owners - 1,
      directory: facts,
      failingMetadata: await readFailing(read, accountId),
      at,
    }),
    seats,
    requirements,
    scim: { state, directoryId: directory?.id ?? null },
    requests: directory === undefined ? [] : await readRequestDays(read, directory.id, at),
  };
}

async function readFailing(read: Reader, accountId: string): Promise<FailingConnection[]> {
  const connections = await listSsoConnections(read, accountId);
  return connections.flatMap(({ id, name, settings }) => {
    const trouble = readSamlSettings(settings)?.trouble;
    return trouble?.told ? [{ id, name, since: trouble.since }] : [];
  });
}

interface Around {
  readonly met: boolean;
  readonly seats: Seats;
  readonly at: number;
}

async function directoryFacts(
  read: Reader,
  { id, account_id: accountId, state }: DirectoryRow,
  { met, seats, at }: Around,
): Promise<DirectoryFacts> {
  const tokens = await listTokens(read, id);
  const recent = await countOutcomes(read, id, at - day);
  const health = healthOf({
    state,
    requirementsMet: met,
    tokens,
    peopleWaiting: seats.waiting,
    recent,
    at,
  });
  const { decision: conflicts } = await countReview(read, { accountId, directoryId: id });
  return { id, health, tokenEndsAt: lastTokenEnd(tokens), recent, conflicts };
}
