import {
  type BulkOperation,
  type BulkRequest,
  bulkIdIn,
  bulkResponseSchema,
  bulkSteps,
  type JsonObject,
  type Ordered,
  parseBulkRequest,
  withBulkIds,
} from '@rollcall/scim';
import type { Answer } from './answer.ts';
import { maxBulkOperations } from './bulk-limits.ts';
import { type BulkResult, BulkRun, type Parts, refusal, typeAt } from './bulk-run.ts';
import type { Exchange } from './exchange.ts';

type Sent = BulkRequest['operations'][number];

/**
 * POST /Bulk (RFC 7644 §3.7). Each operation is done as the same request alone would be: in a unit of its own, by its own rules,
 * with its own line in the log. Those that refer to each other in a circle share a unit: nobody sees one without its references.
 */
export async function postBulk(exchange: Exchange, parts: Parts): Promise<Answer> {
  const body = await exchange.json();
  const request = parseBulkRequest(body, {
    maxOperations: maxBulkOperations,
    endpoints: [exchange.types.user.endpoint, exchange.types.group.endpoint],
  });
  // Each operation counts as the request that it stands for; this one is counted.
  exchange.countMore(Math.max(0, request.operations.length - 1));
  const results = await processed(exchange, request, parts);
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
  parts: Parts,
): Promise<ReadonlyMap<number, BulkResult>> {
  const makers = makersOf(operations);
  const run = new BulkRun(exchange, makers.keys(), parts);
  const results = new Map<number, BulkResult>();
  const ordered = operations.map((operation) => orderOf(exchange, operation, makers));
  let failures = 0;
  for (const step of bulkSteps(ordered)) {
    for (const [at, result] of await processedStep(run, step, ordered, operations)) {
      results.set(at, result);
      if (isFailure(result)) failures += 1;
    }
    if (failures >= failOnErrors) break;
  }
  return results;
}

/** One operation, or those of a circle. */
async function processedStep(
  run: BulkRun,
  step: readonly number[],
  ordered: readonly Ordered[],
  operations: readonly Sent[],
): Promise<ReadonlyMap<number, BulkResult>> {
  const results = new Map<number, BulkResult>();
  const circle = new Map<number, BulkOperation>();
  for (const at of step) {
    const operation = operations[at];
    if (operation === undefined) continue;
    const isInCircle = step.some((other) => ordered[other]?.needs.has(at));
    if (operation.kind === 'refused') results.set(at, refusal(operation.error));
    else if (isInCircle) circle.set(at, operation);
    else results.set(at, await run.try(operation));
  }
  return circle.size === 0 ? results : run.close(circle);
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
  if (operation.kind === 'refused') return { target: undefined, needs };
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
  return { target, needs };
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

function isFailure({ status }: BulkResult): boolean {
  return status >= 400;
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
