import { routes, type SearchResult } from '@rollcall/api';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import type { Reader } from '../../database/index.ts';
import { listDirectories } from '../../domain/directories/index.ts';
import { listPeople } from '../../domain/memberships/index.ts';
import { headlineOf, readRequest } from '../../domain/request-log/index.ts';
import { listTeams } from '../../domain/teams/index.ts';
import { policies } from './policies.ts';
import { registerRoute } from './register.ts';

/** Results of each kind: a palette is not a list. */
const MOST = 5;

/** The palette: people and teams by a part of their name, a request by its id. */
export function registerSearch(app: FastifyInstance, context: Context): void {
  const { read } = context.database;
  registerRoute(app, context, routes.search, policies.search, async ({ params, query }) => {
    const { accountId } = params;
    const found = await Promise.all([
      findPeople(read, accountId, query.q),
      findTeams(read, accountId, query.q),
      findRequest(read, accountId, query.q),
    ]);
    return { items: found.flat() };
  });
}

async function findPeople(read: Reader, accountId: string, search: string) {
  const { people } = await listPeople(read, { accountId, search, limit: MOST });
  return people.map(
    ({ userId, name, email }): SearchResult => ({
      kind: 'person',
      name,
      detail: email,
      href: `/app/enterprise/licenses/${userId}`,
    }),
  );
}

async function findTeams(read: Reader, accountId: string, search: string) {
  const { teams } = await listTeams(read, { accountId, search, limit: MOST });
  return teams.map(
    ({ id, name, members }): SearchResult => ({
      kind: 'team',
      name,
      detail: members === 1 ? '1 member' : `${members} members`,
      href: `/app/enterprise/team/${id}`,
    }),
  );
}

async function findRequest(read: Reader, accountId: string, id: string): Promise<SearchResult[]> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return [];
  const results: SearchResult[] = [];
  for (const directory of await listDirectories(read, accountId)) {
    const request = await readRequest(read, directory.id, id);
    if (request === undefined) continue;
    results.push({
      kind: 'request',
      name: headlineOf(request, directory.name),
      detail: directory.name,
      href: `/app/enterprise/scim/${directory.id}/requests?request=${id}`,
    });
  }
  return results;
}
