import { streams } from '@rollcall/api';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Context } from '../../context.ts';
import {
  type DomainRow,
  isVerified,
  listUnclaimed,
  readDomain,
} from '../../domain/domains/index.ts';
import { instantOf } from '../../instant.ts';
import { authorize } from './authorize.ts';
import { csvLine, sendCsv } from './csv.ts';
import { streamPolicies } from './policies.ts';
import { apiPrefix } from './register.ts';

/** People that are read at once. */
const CHUNK = 200;

const params = z.object({ accountId: z.string(), domainId: z.string() });

/** People with an address in a domain and a sign-in of their own, as CSV. */
export function registerUnclaimedReport(app: FastifyInstance, context: Context): void {
  app.get(apiPrefix + streams.unclaimedReport.path, async (request, reply) => {
    await authorize(context, request, streamPolicies.unclaimedReport);
    const { accountId, domainId } = params.parse(request.params);
    const domain = await readDomain(context.database.read, accountId, domainId);
    return sendCsv(reply, 'unclaimed-accounts.csv', linesOf(context, domain));
  });
}

async function* linesOf({ database }: Context, domain: DomainRow): AsyncGenerator<string> {
  yield csvLine(['email', 'since', 'inAnotherAccount']);
  if (!isVerified(domain)) return;
  const { account_id: accountId, name } = domain;
  let cursor: string | undefined;
  do {
    const page = await listUnclaimed(database.read, { accountId, name, cursor, limit: CHUNK });
    yield page.people
      .map(({ address, since, elsewhere }) =>
        csvLine([address, instantOf(since), elsewhere ? 'yes' : 'no']),
      )
      .join('');
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}
