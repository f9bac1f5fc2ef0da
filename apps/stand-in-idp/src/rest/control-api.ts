/*
 * The control API: drives the stand-in from tests and from the demo. Only loopback reaches it. Each call that queues
 * provisioning answers after the jobs have ended (or wait for a retry after 429). Bodies are JSON.
 *
 *   GET    /control/state                       people, groups, assignments, pushes, tasks, settings, last results
 *   POST   /control/app                         any part of the settings, for example
 *                                               {"mode": "catalog", "integration": {"baseUrl": "…", "token": "…"}}
 *   POST   /control/app/configure               {"baseUrl", "token"}: the customer's recipe in one call: SCIM on, unique
 *                                               identifier email, Push New Users, Push Profile Updates, Push Groups,
 *                                               HTTP Header, Create Users, Deactivate Users
 *   POST   /control/test                        Test Connector Configuration: {"ok", "message"}
 *   POST   /control/people                      {"profile", "status"?, "password"?}: answers {"id"}
 *   PUT    /control/people/{id}                 {"profile"}: replaces it
 *   POST   /control/people/{id}/{action}        activate, deactivate, suspend, unsuspend, remove, assign, unassign,
 *                                               provision
 *   POST   /control/people/{id}/password        {"password"}: sets it
 *   PUT    /control/people/{id}/assignment      {"profile"}: Edit assignment, in the app's own names
 *   POST   /control/groups                      {"name", "description"?}: answers {"id"}
 *   PUT    /control/groups/{id}                 {"name"}: renames
 *   POST   /control/groups/{id}/{action}        push, pushNow, activatePush, deactivatePush, remove, assignGroup,
 *                                               unassignGroup, unlinkDelete, unlinkLeave
 *   POST   /control/groups/{id}/link            {"scimId"}
 *   PUT    /control/groups/{id}/members/{personId}     DELETE takes out again
 *   POST   /control/rules                       {"name", "prefix"}: Find groups by rule
 *   POST   /control/rules/{id}/{action}         activate, deactivate, removeDelete, removeLeave
 *   POST   /control/import                      Import Now: the counts; POST /control/import/confirm {"scimIds"}
 *   POST   /control/tasks/retry                 {"ids"?}: Retry Selected, all without ids
 *   GET    /control/requests?limit=100          exchanges, newest first; DELETE empties the log
 *   POST   /control/settle                      waits for the jobs under way
 */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { ActionRefused } from '../provisioning/refused.ts';
import type { StandIn } from '../stand-in.ts';
import { missingAttributes, readProfile } from '../store/profile.ts';
import { isRecord } from '../store/settings.ts';

type ById = { Params: { id: string } };

/** Registers `/control`. */
export function registerControlApi(server: FastifyInstance, standIn: StandIn): void {
  void server.register(
    (api, _options, done) => {
      api.setErrorHandler((error, _request, reply) => answerError(error, reply));
      registerApp(api, standIn);
      registerPeople(api, standIn);
      registerGroups(api, standIn);
      registerRules(api, standIn);
      registerResults(api, standIn);
      done();
    },
    { prefix: '/control' },
  );
}

/** The settings that the how-to asks for. */
function recipe(baseUrl: string, token: string) {
  return {
    scimEnabled: true,
    integration: {
      baseUrl,
      token,
      uniqueIdentifier: 'email',
      pushNewUsers: true,
      pushProfileUpdates: true,
      pushGroups: true,
      authenticationMode: 'header',
    },
    toApp: { createUsers: true, deactivateUsers: true },
  };
}

function registerApp(api: FastifyInstance, { store, test }: StandIn): void {
  api.post('/app', async ({ body }) => store.app.change(recordOf(body)));
  api.post('/app/configure', async ({ body }) => {
    const { baseUrl, token } = recordOf(body);
    return store.app.change(recipe(String(baseUrl ?? ''), String(token ?? '')));
  });
  api.post('/test', async () => test(store.app.settings()));
}

function registerPeople(api: FastifyInstance, { people, runner }: StandIn): void {
  api.post('/people', async ({ body }) => {
    const { profile, status, password } = recordOf(body);
    const added = people.add(
      readCompleteProfile(profile),
      status === 'STAGED' ? 'STAGED' : 'ACTIVE',
      typeof password === 'string' ? password : null,
    );
    return { id: added.id };
  });
  api.put<ById>('/people/:id', async ({ params, body }) => {
    people.update(params.id, readCompleteProfile(recordOf(body).profile));
    await runner.settled();
    return {};
  });
  api.post<ById>('/people/:id/password', async ({ params, body }) => {
    people.setPassword(params.id, String(recordOf(body).password ?? ''));
    await runner.settled();
    return {};
  });
  api.put<ById>('/people/:id/assignment', async ({ params, body }) => {
    people.editAssignment(params.id, readAppProfile(recordOf(recordOf(body).profile)));
    await runner.settled();
    return {};
  });
  const actions = [
    'activate',
    'deactivate',
    'suspend',
    'unsuspend',
    'remove',
    'assign',
    'unassign',
    'provision',
  ] as const;
  for (const action of actions) {
    api.post<ById>(`/people/:id/${action}`, async ({ params }) => {
      people[action](params.id);
      await runner.settled();
      return {};
    });
  }
}

function registerGroups(api: FastifyInstance, { groups, people, runner }: StandIn): void {
  api.post('/groups', async ({ body }) => {
    const { name, description } = recordOf(body);
    const added = groups.add(String(name ?? ''), String(description ?? ''));
    await runner.settled();
    return { id: added.id };
  });
  const act = (method: 'POST' | 'PUT' | 'DELETE', url: string, run: GroupAction) =>
    api.route<{ Params: { id: string; personId: string } }>({
      method,
      url: `/groups/:id${url}`,
      handler: async ({ params, body }) => {
        run(params.id, recordOf(body), params.personId);
        await runner.settled();
        return {};
      },
    });
  act('PUT', '', (id, { name, description }) =>
    groups.rename(id, String(name ?? ''), String(description ?? '')),
  );
  for (const action of ['push', 'pushNow', 'activatePush', 'deactivatePush', 'remove'] as const) {
    act('POST', `/${action}`, (id) => groups[action](id));
  }
  act('POST', '/assignGroup', (id) => people.assignGroup(id));
  act('POST', '/unassignGroup', (id) => people.unassignGroup(id));
  act('POST', '/unlinkDelete', (id) => groups.unlink(id, 'delete'));
  act('POST', '/unlinkLeave', (id) => groups.unlink(id, 'leave'));
  act('POST', '/link', (id, { scimId }) => groups.link(id, String(scimId ?? '')));
  act('PUT', '/members/:personId', (id, _, personId) => groups.addMember(id, personId));
  act('DELETE', '/members/:personId', (id, _, personId) => groups.removeMember(id, personId));
}

function registerRules(api: FastifyInstance, { groups, runner }: StandIn): void {
  api.post('/rules', async ({ body }) => {
    const { name, prefix } = recordOf(body);
    groups.addRule(String(name ?? ''), String(prefix ?? ''));
    await runner.settled();
    return {};
  });
  const act = (action: string, run: (ruleId: number) => void) =>
    api.post<ById>(`/rules/:id/${action}`, async ({ params }) => {
      run(Number(params.id));
      await runner.settled();
      return {};
    });
  act('activate', (ruleId) => groups.setRuleActive(ruleId, true));
  act('deactivate', (ruleId) => groups.setRuleActive(ruleId, false));
  act('removeDelete', (ruleId) => groups.removeRule(ruleId, 'delete'));
  act('removeLeave', (ruleId) => groups.removeRule(ruleId, 'leave'));
}

type GroupAction = (id: string, body: Record<string, unknown>, personId: string) => void;

function registerResults(api: FastifyInstance, standIn: StandIn): void {
  const { store, runner } = standIn;
  api.get('/state', async () => state(standIn));
  api.post('/import', async () => {
    standIn.importNow();
    await runner.settled();
    return store.facts.get('lastImport') ?? {};
  });
  api.post('/import/confirm', async ({ body }) => {
    const { scimIds } = recordOf(body);
    standIn.confirmImported(Array.isArray(scimIds) ? scimIds.map(String) : []);
    await runner.settled();
    return {};
  });
  api.post('/tasks/retry', async ({ body }) => {
    const { ids } = recordOf(body);
    const all = store.tasks.list().map(({ id }) => id);
    standIn.retryTasks(Array.isArray(ids) ? ids.map(Number) : all);
    await runner.settled();
    return {};
  });
  api.get<{ Querystring: { limit?: string } }>('/requests', async ({ query }) =>
    store.exchanges.list(Number(query.limit ?? 100)),
  );
  api.delete('/requests', async () => {
    store.exchanges.clear();
    return {};
  });
  api.post('/settle', async () => {
    await runner.settled();
    return runner.load();
  });
}

function state({ store, runner }: StandIn) {
  const { id, label, settings } = store.app.get();
  return {
    app: { id, label, settings },
    people: store.people.list().map(({ password: _, ...person }) => person),
    groups: store.groups.list().map((group) => ({
      ...group,
      memberIds: store.groups.memberIds(group.id),
    })),
    appUsers: store.appUsers.list(),
    appGroupIds: store.appUsers.groupIds(),
    pushes: store.pushes.list(),
    rules: store.pushes.rules.list(),
    imported: { users: store.imports.list(), groups: store.imports.groups() },
    tasks: store.tasks.list(),
    lastTest: store.facts.get('lastTest') ?? null,
    lastImport: store.facts.get('lastImport') ?? null,
    load: runner.load(),
  };
}

function readCompleteProfile(value: unknown) {
  const profile = readProfile(recordOf(value));
  const missing = missingAttributes(profile);
  if (missing.length > 0) throw new ActionRefused(`Required: ${missing.join(', ')}.`);
  return profile;
}

function readAppProfile(given: Record<string, unknown>): Record<string, string> {
  const texts = Object.entries(given).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return Object.fromEntries(texts);
}

function answerError(error: unknown, reply: FastifyReply) {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof ActionRefused) return reply.code(error.statusCode).send({ error: message });
  if (error instanceof Error && ('code' in error || error instanceof TypeError)) {
    return reply.code(400).send({ error: message });
  }
  reply.log.error(error);
  return reply.code(500).send({ error: message });
}

const recordOf = (value: unknown): Record<string, unknown> => (isRecord(value) ? value : {});
