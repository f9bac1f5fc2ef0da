import type { Role } from '@rollcall/api';
import type { Actor } from '../../domain/audit/index.ts';

/** Who asks for what in a directory, as the rules of decisions need it. */
export function actOf(call: {
  readonly params: { readonly accountId: string; readonly directoryId: string };
  readonly actor: Actor;
  readonly account: { readonly role: Role };
  readonly requestId: string;
  readonly at: number;
}) {
  const { params, actor, account, requestId, at } = call;
  const { accountId, directoryId } = params;
  return { accountId, directoryId, actor, actorRole: account.role, requestId, at };
}
