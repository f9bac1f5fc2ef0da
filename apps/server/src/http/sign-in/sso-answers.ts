import type { RefusedReason } from '@rollcall/api';
import { SsoRefusal } from '@rollcall/sso';
import type { Context } from '../../context.ts';
import {
  recordAttempt,
  type SsoAttempt,
  type SsoConnectionRow,
  type SsoIdentity,
  storeSsoResult,
  useSsoRequest,
} from '../../domain/sso-connections/index.ts';

/** Where a sign-in through a connection begins. */
export function ssoStart(connectionId: string): string {
  return `/sso/start/${connectionId}`;
}

/** The page that tells a person why they were not let in; `attempt` is the id by which the owner finds the details. */
export function refusedPage(reason: RefusedReason, attempt?: string): string {
  const query = new URLSearchParams({ reason, ...(attempt !== undefined && { attempt }) });
  return `/sign-in/refused?${query}`;
}

/**
 * Writes a refusal of what an IdP sent into the connection's log; answers the page for the person, who learns only that it
 * was not accepted. Throws what is no refusal.
 */
export async function noteRefusal(
  { database, now }: Context,
  error: unknown,
  attempt: Pick<SsoAttempt, 'connection' | 'purpose' | 'startedBy'>,
): Promise<string> {
  if (!(error instanceof SsoRefusal)) throw error;
  const { reason, message: detail } = error;
  const id = await database.write((tx) =>
    recordAttempt(tx, { ...attempt, outcome: 'refused', reason, detail, at: now() }),
  );
  if (attempt.purpose === 'test') return testPage(attempt.connection.id);
  return refusedPage('not_accepted', id);
}

/** The connection's page, with what its test gave. */
export function testPage(connectionId: string): string {
  return `/app/enterprise/sso/${connectionId}?test=done`;
}

/** Keeps what an IdP said for the browser that asked; answers where that browser fetches it. */
export async function keepAnswer(
  { database, now }: Context,
  connection: SsoConnectionRow,
  { requestId, identity }: { requestId: string; identity: SsoIdentity },
): Promise<string> {
  const at = now();
  const code = await database.write(async (tx) => {
    const first = await useSsoRequest(tx, requestId, at);
    return first ? storeSsoResult(tx, requestId, identity, at) : undefined;
  });
  if (code === undefined) {
    throw new SsoRefusal('request_unknown', 'This request was answered already. Sign in again.');
  }
  return `/sso/finish/${connection.id}?code=${code}`;
}
