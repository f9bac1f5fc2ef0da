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
import { sendExport } from './export-file.ts';
import { streamPolicies } from './policies.ts';
import { apiPrefix } from './register.ts';

/** People that are read at once. */
const CHUNK = 200;

const columns = ['email', 'since', 'inAnotherAccount'] as const;

const params = z.object({ accountId: z.string(), domainId: z.string() });

/** People with an address in a domain and a sign-in of their own, as CSV. */
export function registerUnclaimedReport(app: FastifyInstance, context: Context): void {
  app.get(apiPrefix + streams.unclaimedReport.path, async (request, reply) => {
    await authorize(context, request, streamPolicies.unclaimedReport);
    const { accountId, domainId } = params.parse(request.params);
    const domain = await readDomain(context.database.read, accountId, domainId);
    const chunks = chunksOf(context, domain);
    return sendExport(reply, { name: 'unclaimed-accounts', format: 'csv', columns, chunks });
  });
}

async function* chunksOf({ database }: Context, domain: DomainRow) {
  if (!isVerified(domain)) return;
  const { account_id: accountId, name } = domain;
  let cursor: string | undefined;
  do {
    const page = await listUnclaimed(database.read, { accountId, name, cursor, limit: CHUNK });
    yield page.people.map(({ address, since, elsewhere }) => ({
      email: address,
      since: instantOf(since),
      inAnotherAccount: elsewhere ? 'yes' : 'no',
    }));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}
