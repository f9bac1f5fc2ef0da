import { streams } from '@rollcall/api';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import { type AccountPerson, listPeople } from '../../domain/memberships/index.ts';
import { day } from '../../duration.ts';
import { instantOf } from '../../instant.ts';
import { authorize } from './authorize.ts';
import { csvLine, sendCsv } from './csv.ts';
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
];

/** The people of an account with their last activity as CSV, read in finished statements while the client takes it. */
export function registerLicenseReport(app: FastifyInstance, context: Context): void {
  app.get<{ Params: { accountId: string } }>(
    apiPrefix + streams.licenseReport.path,
    async (request, reply) => {
      await authorize(context, request, streamPolicies.licenseReport);
      return sendCsv(reply, 'licenses.csv', linesOf(context, request.params.accountId));
    },
  );
}

async function* linesOf({ database, now }: Context, accountId: string): AsyncGenerator<string> {
  yield csvLine(columns);
  const since = now() - REPORTED;
  let cursor: string | undefined;
  do {
    const page = await listPeople(database.read, { accountId, cursor, limit: CHUNK });
    yield page.people.map((person) => personLine(person, since)).join('');
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

function personLine(person: AccountPerson, since: number): string {
  const { lastActiveAt: seen } = person;
  return csvLine([
    person.name,
    person.email,
    person.role,
    person.state,
    person.seat ? 'yes' : 'no',
    person.managed ? 'yes' : 'no',
    person.sources.join(' '),
    person.teams.map(({ name }) => name).join('; '),
    seen === null || seen < since ? 'N/A' : instantOf(seen),
  ]);
}
