import { type LicensePerson, type LicenseUser, routes } from '@rollcall/api';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import type { Reader } from '../../database/index.ts';
import { readSeatWeeks } from '../../domain/accounts/index.ts';
import {
  type AccountPerson,
  listPeople,
  readIdentity,
  readPerson,
  removeMember,
  setRole,
} from '../../domain/memberships/index.ts';
import { accessSentence, readAccess } from '../../domain/organizations/index.ts';
import { readTimeline } from '../../domain/provisioning/index.ts';
import { notFound } from '../../domain/refusal.ts';
import { countSessionsFor, endSessionsFor } from '../../domain/sessions/index.ts';
import { instantOf } from '../../instant.ts';
import { policies } from './policies.ts';
import { registerRoute } from './register.ts';

/** People of an account: seats, roles, and why each may do what. */
export function registerLicenses(app: FastifyInstance, context: Context): void {
  const { database } = context;
  const { read } = database;

  registerRoute(app, context, routes.getSeatHistory, policies.getSeatHistory, async (call) => ({
    weeks: await readSeatWeeks(read, call.params.accountId, call.at),
  }));

  registerRoute(app, context, routes.listLicenseUsers, policies.listLicenseUsers, async (call) => {
    const { people, nextCursor } = await listPeople(read, { ...call.params, ...call.query });
    return { items: people.map(userView), nextCursor };
  });

  registerRoute(app, context, routes.getLicensePerson, policies.getLicensePerson, (call) =>
    personView(read, call.params, call.at),
  );

  registerRoute(app, context, routes.removeUser, policies.removeUser, async (call) => {
    const { params, account, actor, requestId, at } = call;
    const change = { ...params, actor, actorRole: account.role, requestId, at };
    await database.write((tx) => removeMember(tx, change));
    return {};
  });

  registerRoute(app, context, routes.setRole, policies.setRole, async (call) => {
    const { params, body, account, actor, requestId, at } = call;
    const change = { ...params, ...body, actor, actorRole: account.role, requestId, at };
    await database.write((tx) => setRole(tx, change));
    return userView(await requirePerson(read, params));
  });

  registerRoute(app, context, routes.endUserSessions, policies.endUserSessions, async (call) => {
    const { params, actor, requestId, at } = call;
    const { accountId, userId: id } = params;
    const { name } = await requirePerson(read, params);
    const ending = { accountId, person: { id, name }, actor, requestId, at };
    return { ended: await database.write((tx) => endSessionsFor(tx, ending)) };
  });
}

interface Whom {
  readonly accountId: string;
  readonly userId: string;
}

async function requirePerson(read: Reader, { accountId, userId }: Whom): Promise<AccountPerson> {
  const person = await readPerson(read, accountId, userId);
  if (person === undefined) throw notFound('person');
  return person;
}

function userView(person: AccountPerson): LicenseUser {
  const { sources, teams, lastActiveAt, ...rest } = person;
  return {
    ...rest,
    sources: [...sources],
    teams: [...teams],
    lastActiveAt: instantOf(lastActiveAt),
  };
}

async function personView(read: Reader, whom: Whom, at: number): Promise<LicensePerson> {
  const { accountId, userId } = whom;
  const person = await requirePerson(read, whom);
  const access = await readAccess(read, accountId, userId);
  return {
    ...userView(person),
    ...(await readIdentity(read, accountId, userId)),
    access: access.map((way) => ({
      sentence: accessSentence(way),
      organization: way.organization,
      team: way.team,
      role: way.role,
    })),
    sessions: await countSessionsFor(read, whom, at),
    timeline: await readTimeline(read, whom),
  };
}
