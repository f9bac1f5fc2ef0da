import { expect } from 'vitest';
import type { Database } from '../../apps/server/src/database/index.ts';
import { updateDirectory } from '../../apps/server/src/domain/directories/index.ts';
import { syncTeamOffers } from '../../apps/server/src/domain/directory-groups/index.ts';
import { addMember, createTeam } from '../../apps/server/src/domain/teams/index.ts';
import { type ScimServer, startScim } from '../../apps/server/test/scim/scim-server.ts';
import { fixtureTime, seedMember } from '../../apps/server/test/support/fixtures.ts';
import { buildStandIn, type Clock } from '../../apps/stand-in-idp/src/index.ts';

type Json = Record<string, unknown>;

/** What the stand-in answers of itself, retyped here from its documentation. */
interface IdpState {
  readonly appUsers: readonly { personId: string; state: string; error: string | null }[];
  readonly pushes: readonly { groupId: string; status: string; scimId: string | null }[];
  readonly rules: readonly { id: number }[];
  readonly imported: {
    readonly users: readonly { scimId: string; userName: string }[];
    readonly groups: readonly { scimId: string; name: string }[];
  };
  readonly tasks: readonly { id: number; title: string; error: string }[];
}

/** Which of Okta's two kinds of app the suite drives. */
export type Mode = 'aiw' | 'catalog';

/** Okta's test plan at work: a stand-in that provisions a directory of the service over HTTP. */
export interface OktaQa {
  readonly scim: ScimServer;
  /** Calls the stand-in's control API; refusals fail the test unless `refusable`. */
  control(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: Json): Promise<Json>;
  state(): Promise<IdpState>;
  /** Adds a person to the IdP; the login is `name` at the account's domain. */
  person(name: string, more?: Record<string, string>): Promise<string>;
  /** Adds a group to the IdP with these people. */
  group(name: string, people?: readonly string[]): Promise<string>;
  assign(personId: string): Promise<void>;
  act(path: string): Promise<void>;
  login(name: string): string;
  /** The person as the service shows them over SCIM; undefined where there is none. */
  // biome-ignore lint/suspicious/noExplicitAny: a resource is whatever came over the wire
  user(name: string): Promise<any>;
  /** The state of the person's membership in the account, and the seats that they hold. */
  access(name: string): Promise<{ state: string | undefined; seats: number }>;
  /** The people of a team of the service, by the beginning of their address; undefined where there is no such team. */
  team(name: string): Promise<readonly string[] | undefined>;
  /** Makes a team by hand in the service with somebody who is not in the IdP, and shows such teams to it; the member's name. */
  handmadeTeam(name: string): Promise<string>;
  close(): Promise<void>;
}

/** A rate that the service holds the stand-in to, by a clock that both go by. */
export interface LimitedRate {
  /** Requests a second. */
  readonly rate: number;
  readonly clock: Clock;
  /** Waits of the stand-in are divided by this. */
  readonly pace: number;
}

/** Starts both, set up by the documented recipe. */
export async function startOktaQa(
  database: Database,
  mode: Mode,
  limited?: LimitedRate,
): Promise<OktaQa> {
  const scim = await startScim(
    database,
    { provider: 'okta', seats: 100, scimRateLimit: limited?.rate ?? null },
    limited?.clock.now.bind(limited.clock),
  );
  const idp = await buildStandIn({ dataFile: ':memory:', ...limited });
  await idp.ready();
  const { accountId, domain, directoryId, token } = scim.seeded;

  const control: OktaQa['control'] = async (method, path, body = {}) => {
    const payload = method === 'GET' || method === 'DELETE' ? {} : { payload: body };
    const answer = await idp.inject({ method, url: `/control${path}`, ...payload });
    expect(answer.statusCode, `${method} ${path}: ${answer.body}`).toBe(200);
    return answer.json();
  };
  await control('POST', '/app/configure', { baseUrl: scim.connectorUrl, token });
  await control('POST', '/app', {
    mode,
    toApp: { updateUserAttributes: true },
    integration: { importUsers: true, importGroups: true },
  });

  const login = (name: string) => `${name}@${domain}`;
  const act = async (path: string) => void (await control('POST', path));
  const user: OktaQa['user'] = async (name) => {
    const filter = encodeURIComponent(`userName eq "${login(name)}"`);
    const { body } = await scim.send('GET', `/Users?filter=${filter}`);
    expect(body.totalResults).toBeLessThan(2);
    return body.Resources[0];
  };
  return {
    scim,
    control,
    login,
    act,
    user,
    // The stand-in's documented answer.
    state: async () => (await control('GET', '/state')) as unknown as IdpState,
    async person(name, more = {}) {
      const names = { firstName: name, lastName: 'Example' };
      const profile = { ...names, login: login(name), email: login(name), ...more };
      return String((await control('POST', '/people', { profile })).id);
    },
    async group(name, people = []) {
      const id = String((await control('POST', '/groups', { name })).id);
      for (const person of people) await control('PUT', `/groups/${id}/members/${person}`);
      return id;
    },
    assign: (personId) => act(`/people/${personId}/assign`),
    async access(name) {
      const id = (await user(name))?.id ?? '';
      const { query } = database.read;
      const record = await query
        .selectFrom('directory_users')
        .select('user_id')
        .where('directory_id', '=', directoryId)
        .where('id', '=', id)
        .executeTakeFirst();
      const userId = record?.user_id ?? '';
      const membership = await query
        .selectFrom('memberships')
        .select('state')
        .where('account_id', '=', accountId)
        .where('user_id', '=', userId)
        .executeTakeFirst();
      const seats = await query
        .selectFrom('seats')
        .select('number')
        .where('account_id', '=', accountId)
        .where('holder_id', '=', userId)
        .execute();
      return { state: membership?.state, seats: seats.length };
    },
    async team(name) {
      const { query } = database.read;
      const team = await query
        .selectFrom('teams')
        .select('id')
        .where('account_id', '=', accountId)
        .where('name', '=', name)
        .executeTakeFirst();
      if (team === undefined) return undefined;
      const members = await query
        .selectFrom('team_members as m')
        .innerJoin('user_emails as e', 'e.user_id', 'm.user_id')
        .select('e.address')
        .where('m.account_id', '=', accountId)
        .where('m.team_id', '=', team.id)
        .execute();
      return members.map(({ address }) => address.split('@')[0] ?? '').sort();
    },
    async handmadeTeam(name) {
      const actor = { kind: 'operator' } as const;
      const at = fixtureTime;
      const { userId, email } = await seedMember(database, accountId);
      const policies = { handmadeTeams: 'offered' } as const;
      await database.write(async (tx) => {
        const teamId = await createTeam(tx, { accountId, name, description: '', actor, at });
        await addMember(tx, { accountId, teamId, userId, actor, at });
        await updateDirectory(tx, { accountId, directoryId, actor, at }, { policies });
        await syncTeamOffers(tx, accountId, at);
      });
      return email.split('@')[0] ?? '';
    },
    close: () => idp.close(),
  };
}
