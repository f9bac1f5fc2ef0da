import type { ScimError } from '@rollcall/scim';
import { readGroup } from '../../domain/directory-groups/index.ts';
import { readUser } from '../../domain/directory-users/index.ts';
import { explanationOf, type RefusedRequest, refuse } from '../../domain/request-log/index.ts';
import type { Exchange } from './exchange.ts';

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
  const { directoryId, endpoint } = exchange.address;
  const { read } = exchange.context.database;
  const provider = exchange.directory?.provider ?? 'generic';
  if (!isToldLate(exchange, error)) return undefined;
  if (endpoint.kind === 'user') {
    const user = await readUser(read, directoryId, withoutNull(endpoint.id));
    return user === undefined ? refuse('user_unknown', 404, provider) : undefined;
  }
  if (endpoint.kind !== 'group') return undefined;
  const group = await readGroup(read, directoryId, withoutNull(endpoint.id));
  return group === undefined ? refuse('group_unknown', 404, provider) : undefined;
}

/** Who may not ask is told nothing of what is there. */
function isToldLate({ caller }: Exchange, error: ScimError): boolean {
  return (
    caller !== undefined &&
    faultsOfRequests.has(error.status) &&
    explanationOf(error) !== 'two_tokens'
  );
}

/** Nothing that is stored holds U+0000, which PostgreSQL refuses. */
function withoutNull(id: string): string {
  return id.includes('\0') ? '' : id;
}
