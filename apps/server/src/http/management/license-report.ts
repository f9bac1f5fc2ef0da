import { streams } from '@rollcall/api';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import { type AccountPerson, listPeople } from '../../domain/memberships/index.ts';
import { day } from '../../duration.ts';
import { instantOf } from '../../instant.ts';
import { authorize } from './authorize.ts';
import { sendExport } from './export-file.ts';
import { streamPolicies } from './policies.ts';
import { apiPrefix } from './register.ts';

/** People that are read at once. */
const CHUNK = 200;
/** Whoever was last seen longer ago than this is reported as never seen. */
const REPORTED = 100 * day;

const columns = [
  'name',
  'email',
  'role',
  'state',
  'seat',
  'managed',
  'sources',
  'teams',
  'lastActive',
] as const;

/** The people of an account with their last activity as CSV. */
export function registerLicenseReport(app: FastifyInstance, context: Context): void {
  app.get<{ Params: { accountId: string } }>(
    apiPrefix + streams.licenseReport.path,
    async (request, reply) => {
      await authorize(context, request, streamPolicies.licenseReport);
      const chunks = chunksOf(context, request.params.accountId);
      return sendExport(reply, { name: 'licenses', format: 'csv', columns, chunks });
    },
  );
}

async function* chunksOf({ database, now }: Context, accountId: string) {
  const since = now() - REPORTED;
  let cursor: string | undefined;
  do {
    const page = await listPeople(database.read, { accountId, cursor, limit: CHUNK });
    yield page.people.map((person) => recordOf(person, since));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

function recordOf(person: AccountPerson, since: number): Record<(typeof columns)[number], string> {
  const { lastActiveAt: seen } = person;
  return {
    name: person.name,
    email: person.email,
    role: person.role,
    state: person.state,
    seat: person.seat ? 'yes' : 'no',
    managed: person.managed ? 'yes' : 'no',
    sources: person.sources.join(' '),
    teams: person.teams.map(({ name }) => name).join('; '),
    lastActive: seen === null || seen < since ? 'N/A' : instantOf(seen),
  };
}
