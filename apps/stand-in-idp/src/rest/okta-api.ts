/*
 * The part of Okta's management API that Okta's CRUD suite for SCIM drives (section 5.2). Requests carry
 * `Authorization: SSWS <token>`. Where Okta answers before provisioning is done, this answers after it, so that a suite
 * without pauses passes.
 *
 *   GET    /api/v1/apps/{appId}
 *   GET    /api/v1/users/{userId}
 *   POST   /api/v1/users?activate=true
 *   PUT    /api/v1/users/{userId}                        replaces the profile
 *   POST   /api/v1/users/{userId}                        changes the given attributes
 *   POST   /api/v1/users/{userId}/lifecycle/{activate|deactivate|suspend|unsuspend}
 *   DELETE /api/v1/users/{userId}                        deactivates, the second time deletes
 *   POST   /api/v1/apps/{appId}/users                    assigns
 *   GET    /api/v1/apps/{appId}/users/{userId}
 *   DELETE /api/v1/apps/{appId}/users/{userId}           unassigns
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ActionRefused } from '../provisioning/refused.ts';
import type { StandIn } from '../stand-in.ts';
import type { AppUser } from '../store/app-users.ts';
import { LoginTaken, type Person } from '../store/people.ts';
import {
  missingAttributes,
  type Profile,
  profileAttributes,
  readProfile,
} from '../store/profile.ts';
import { isRecord } from '../store/settings.ts';

/** The token that the stand-in accepts in `Authorization: SSWS …`. It guards nothing but sample data. */
export const developmentApiToken = 'stand-in-development-token';

type ById = { Params: { userId: string } };

/** Registers `/api/v1`. */
export function registerOktaApi(server: FastifyInstance, standIn: StandIn): void {
  void server.register(
    (api, _options, done) => {
      api.addHook('onRequest', async (request, reply) => {
        if (request.headers.authorization === `SSWS ${developmentApiToken}`) return;
        return sendError(reply, 401, 'E0000011', 'Invalid token provided');
      });
      api.setErrorHandler((error, _request, reply) => answerError(error, reply));
      registerUsers(api, standIn);
      registerAppUsers(api, standIn);
      done();
    },
    { prefix: '/api/v1' },
  );
}

function registerUsers(api: FastifyInstance, standIn: StandIn): void {
  const { people, runner, store } = standIn;
  api.post<{ Querystring: { activate?: string } }>('/users', async (request) => {
    const body = recordOf(request.body);
    const profile = readProfile(recordOf(body.profile));
    refuseIncomplete(profile);
    const status = request.query.activate === 'false' ? 'STAGED' : 'ACTIVE';
    const { id } = people.add(profile, status, readPassword(body));
    await runner.settled();
    return personJson(standIn, id);
  });
  api.get<ById>('/users/:userId', async ({ params }) => personJson(standIn, params.userId));
  const change = (userId: string, profile: Profile) => {
    refuseIncomplete(profile);
    people.update(userId, profile);
  };
  api.put<ById>('/users/:userId', async (request) => {
    const { userId } = request.params;
    change(userId, readProfile(recordOf(recordOf(request.body).profile)));
    await runner.settled();
    return personJson(standIn, userId);
  });
  api.post<ById>('/users/:userId', async (request) => {
    const { userId } = request.params;
    const current = store.people.get(userId)?.profile;
    change(userId, readProfile({ ...current, ...recordOf(recordOf(request.body).profile) }));
    await runner.settled();
    return personJson(standIn, userId);
  });
  for (const action of ['activate', 'deactivate', 'suspend', 'unsuspend'] as const) {
    api.post<ById>(`/users/:userId/lifecycle/${action}`, async ({ params }) => {
      people[action](params.userId);
      await runner.settled();
      return {};
    });
  }
  api.delete<ById>('/users/:userId', async ({ params }, reply) => {
    const isGone = store.people.get(params.userId)?.status === 'DEPROVISIONED';
    people[isGone ? 'remove' : 'deactivate'](params.userId);
    await runner.settled();
    return reply.code(204).send();
  });
}

function registerAppUsers(api: FastifyInstance, standIn: StandIn): void {
  const { people, runner, store } = standIn;
  api.addHook('preHandler', async (request: FastifyRequest<{ Params: { appId?: string } }>) => {
    const { appId } = request.params;
    if (appId !== undefined && appId !== store.app.get().id) {
      throw new ActionRefused(`Not found: Resource not found: ${appId} (AppInstance)`, 404);
    }
  });
  api.get('/apps/:appId', async () => {
    const { id, label, settings } = store.app.get();
    const features = settings.scimEnabled ? ['PUSH_NEW_USERS', 'PUSH_USER_DEACTIVATION'] : [];
    return { id, name: 'insomnia', label, status: 'ACTIVE', signOnMode: 'SAML_2_0', features };
  });
  api.post('/apps/:appId/users', async (request) => {
    const body = recordOf(request.body);
    const userId = String(body.id ?? '');
    people.assign(userId, readAppProfile(body));
    await runner.settled();
    return appUserJson(store.appUsers.get(userId));
  });
  api.get<ById>('/apps/:appId/users/:userId', async ({ params }) =>
    appUserJson(store.appUsers.get(params.userId)),
  );
  api.delete<ById>('/apps/:appId/users/:userId', async ({ params }, reply) => {
    appUserJson(store.appUsers.get(params.userId));
    people.unassign(params.userId);
    await runner.settled();
    return reply.code(204).send();
  });
}

function readAppProfile(body: Record<string, unknown>): Record<string, string> {
  const given = recordOf(body.profile);
  const profile: Record<string, string> = {};
  for (const { name, appName = name } of profileAttributes) {
    const value = given[appName];
    if (typeof value === 'string' && value !== '') profile[appName] = value;
  }
  const { userName } = recordOf(body.credentials);
  if (typeof userName === 'string' && userName !== '') profile.userName = userName;
  return profile;
}

function readPassword(body: Record<string, unknown>): string | null {
  const { value } = recordOf(recordOf(body.credentials).password);
  return typeof value === 'string' ? value : null;
}

function refuseIncomplete(profile: Profile): void {
  const missing = missingAttributes(profile);
  if (missing.length > 0) throw new ActionRefused(`Api validation failed: ${missing.join(', ')}`);
}

function personJson({ store }: StandIn, userId: string) {
  const person: Person | undefined = store.people.get(userId);
  if (person === undefined) {
    throw new ActionRefused(`Not found: Resource not found: ${userId} (User)`, 404);
  }
  const { id, status, profile, createdAt } = person;
  return { id, status, created: new Date(createdAt).toISOString(), profile };
}

function appUserJson(user: AppUser | undefined) {
  if (user === undefined || !(user.assigned || user.direct)) {
    throw new ActionRefused('Not found: Resource not found (AppUser)', 404);
  }
  return {
    id: user.personId,
    externalId: user.scimId,
    scope: user.direct ? 'USER' : 'GROUP',
    status: user.state,
    syncState: user.error === null ? 'SYNCHRONIZED' : 'ERROR',
    credentials: { userName: user.profile.userName },
    profile: user.profile,
  };
}

function answerError(error: unknown, reply: FastifyReply) {
  if (error instanceof LoginTaken) return sendError(reply, 400, 'E0000001', error.message);
  if (error instanceof ActionRefused) {
    const code = error.statusCode === 404 ? 'E0000007' : 'E0000001';
    return sendError(reply, error.statusCode, code, error.message);
  }
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  const summary = error instanceof Error && status < 500 ? error.message : 'Internal Server Error';
  if (status >= 500) reply.log.error(error);
  return sendError(reply, status, status < 500 ? 'E0000003' : 'E0000009', summary);
}

function sendError(reply: FastifyReply, status: number, errorCode: string, errorSummary: string) {
  return reply
    .code(status)
    .send({ errorCode, errorSummary, errorLink: errorCode, errorCauses: [] });
}

const recordOf = (value: unknown): Record<string, unknown> => (isRecord(value) ? value : {});
