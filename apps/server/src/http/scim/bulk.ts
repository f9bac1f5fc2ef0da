import {
  type BulkOperation,
  type BulkRequest,
  bulkIdIn,
  bulkOrder,
  bulkResponseSchema,
  type JsonObject,
  type Ordered,
  parseBulkRequest,
  withBulkIds,
} from '@rollcall/scim';
import type { Answer } from './answer.ts';
import { maxBulkOperations } from './bulk-limits.ts';
import { type AnswerPart, type BulkResult, BulkRun, refusal, typeAt } from './bulk-run.ts';
import type { Exchange } from './exchange.ts';

type Sent = BulkRequest['operations'][number];

/**
 * POST /Bulk (RFC 7644 §3.7). Each operation is done as the same request alone would be: in a unit of its own, by its own rules,
 * with its own line in the log.
 */
export async function postBulk(exchange: Exchange, answerPart: AnswerPart): Promise<Answer> {
  const body = await exchange.json();
  const request = parseBulkRequest(body, {
    maxOperations: maxBulkOperations,
    endpoints: [exchange.types.user.endpoint, exchange.types.group.endpoint],
  });
  // Each operation counts as the request that it stands for; this one is counted.
  exchange.countRequests(Math.max(0, request.operations.length - 1));
  const results = await processed(exchange, request, answerPart);
  const Operations = request.operations.flatMap((operation, at) => {
    const result = results.get(at);
    return result === undefined ? [] : [reported(operation, result)];
  });
  return {
    status: 200,
    body: JSON.stringify({ schemas: [bulkResponseSchema], Operations }),
    ...wordsOf([...results.values()], request.operations.length),
  };
}

async function processed(
  exchange: Exchange,
  { operations, failOnErrors = Number.POSITIVE_INFINITY }: BulkRequest,
  answerPart: AnswerPart,
): Promise<ReadonlyMap<number, BulkResult>> {
  const makers = makersOf(operations);
  const run = new BulkRun(exchange, makers.keys(), answerPart);
  const results = new Map<number, BulkResult>();
  const unfinished = new Map<number, BulkOperation>();
  let failures = 0;
  for (const at of bulkOrder(operations.map((operation) => orderOf(exchange, operation, makers)))) {
    const operation = operations[at];
    if (operation === undefined) continue;
    if (operation.kind === 'refused') results.set(at, refusal(operation.error));
    else {
      const { awaits, ...result } = await run.try(operation);
      results.set(at, result);
      if (awaits && result.status < 400) unfinished.set(at, operation);
    }
    if (isFailure(results.get(at))) failures += 1;
    if (failures >= failOnErrors) break;
  }
  for (const [at, operation] of unfinished) {
    const first = results.get(at);
    if (first !== undefined) results.set(at, await run.complete(operation, first));
  }
  return results;
}

/** Where in the request each bulkId of a POST is. */
function makersOf(operations: readonly Sent[]): ReadonlyMap<string, number> {
  const makers = new Map<string, number>();
  for (const [at, operation] of operations.entries()) {
    const isMaker = operation.kind === 'operation' && operation.method === 'POST';
    if (isMaker && operation.bulkId !== undefined) makers.set(operation.bulkId, at);
  }
  return makers;
}

function orderOf(
  exchange: Exchange,
  operation: Sent,
  makers: ReadonlyMap<string, number>,
): Ordered {
  const needs = new Set<number>();
  if (operation.kind === 'refused') return { target: undefined, needs, canWait: false };
  const note = (bulkId: string | undefined) => {
    const maker = bulkId === undefined ? undefined : makers.get(bulkId);
    if (maker !== undefined) needs.add(maker);
    return undefined;
  };
  const { method, endpoint, id, data } = operation;
  if (id !== undefined) note(bulkIdIn(id));
  const resourceType = typeAt(exchange, endpoint);
  if (data !== undefined && resourceType !== undefined) {
    withBulkIds(resourceType, method, data, note);
  }
  const target = id === undefined ? undefined : `${endpoint}/${id}`;
  return { target, needs, canWait: method === 'POST' };
}

/** B-05 to B-08. */
function reported(operation: Sent, { status, location, version, error }: BulkResult): JsonObject {
  const failed = status >= 400;
  const isMade = operation.method !== 'POST' || !failed;
  return {
    method: operation.method,
    ...(operation.bulkId === undefined ? {} : { bulkId: operation.bulkId }),
    ...(version === undefined ? {} : { version }),
    ...(location === undefined || !isMade ? {} : { location }),
    status: String(status),
    ...(failed && error !== undefined ? { response: error } : {}),
  };
}

function isFailure(result: BulkResult | undefined): boolean {
  return result !== undefined && result.status >= 400;
}

/** What the log says of the whole; each operation has a line of its own beside it. */
function wordsOf(
  results: readonly BulkResult[],
  operations: number,
): Pick<Answer, 'outcome' | 'detail'> {
  const counts = new Map<Answer['outcome'], number>();
  for (const { outcome } of results) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  const parts = [...counts].map(([outcome, count]) => `${count} ${outcome}`);
  const skipped = operations - results.length;
  if (skipped > 0) parts.push(`${skipped} not processed`);
  const worst = (['failed', 'refused', 'changed'] as const).find((one) => counts.has(one));
  return { outcome: worst ?? 'unchanged', detail: `${operations} operations: ${parts.join(', ')}` };
}
