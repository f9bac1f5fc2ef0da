import type { ScimError } from '@rollcall/scim';
import { readGroup } from '../../domain/directory-groups/index.ts';
import { readUser } from '../../domain/directory-users/index.ts';
import { explanationOf, type RefusedRequest } from '../../domain/request-log/index.ts';
import { idOf } from './address.ts';
import type { Exchange } from './exchange.ts';
import { unknownGroup } from './groups.ts';
import { unknownUser } from './users.ts';

/** What is said of a request itself: of its parameters, of the types that it takes, of its body. */
const faultsOfRequests: ReadonlySet<number> = new Set([400, 406, 413, 415]);

/**
 * E-10: that a user or a group is not there is told before what is wrong with the request that was sent to it. Undefined where
 * the error stays as it is.
 */
export async function refusalOfTarget(
  exchange: Exchange,
  error: ScimError,
): Promise<RefusedRequest | undefined> {
  if (!isToldLate(exchange, error)) return undefined;
  const { address, context } = exchange;
  const { read } = context.database;
  const id = idOf(address);
  if (address.endpoint.kind === 'user') {
    const user = await readUser(read, address.directoryId, id);
    return user === undefined ? unknownUser(exchange) : undefined;
  }
  if (address.endpoint.kind !== 'group') return undefined;
  const group = await readGroup(read, address.directoryId, id);
  return group === undefined ? unknownGroup(exchange) : undefined;
}

/** Who may not ask is told nothing of what is there. */
function isToldLate({ caller }: Exchange, error: ScimError): boolean {
  return (
    caller !== undefined &&
    faultsOfRequests.has(error.status) &&
    explanationOf(error) !== 'two_tokens'
  );
}
