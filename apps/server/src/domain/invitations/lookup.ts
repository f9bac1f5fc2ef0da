import type { Reader } from '../../database/index.ts';
import { digestOf } from '../../secret.ts';
import { Refusal } from '../refusal.ts';
import { foldAddress } from '../users/index.ts';

/** An invitation that can be accepted, and whether its address already belongs to somebody here. */
export interface OpenInvitation {
  readonly accountId: string;
  readonly accountName: string;
  readonly address: string;
  readonly expiresAt: number;
  /** The person who proved the address; null for somebody new. */
  readonly user: { readonly id: string; readonly passphraseHash: string | null } | null;
}

/** Looks an invitation up by the code of its link. Throws `invitation_invalid` unless it can be accepted now. */
export async function readInvitation(
  reader: Reader,
  code: string,
  at: number,
): Promise<OpenInvitation> {
  const row = await reader.query
    .selectFrom('invitations as i')
    .innerJoin('accounts as a', 'a.id', 'i.account_id')
    .select(['a.id', 'a.name', 'i.address', 'i.expires_at'])
    .where('i.digest', '=', digestOf(code))
    .where('i.state', '=', 'pending')
    .where('i.expires_at', '>', at)
    .executeTakeFirst();
  if (row === undefined) throw invitationInvalid();
  const user = await reader.query
    .selectFrom('user_emails as e')
    .innerJoin('users as u', 'u.id', 'e.user_id')
    .select(['u.id', 'u.passphrase_hash'])
    .where('e.address_folded', '=', foldAddress(row.address))
    .where('e.proved_at', 'is not', null)
    .where('e.ended_at', 'is', null)
    .executeTakeFirst();
  return {
    accountId: row.id,
    accountName: row.name,
    address: row.address,
    expiresAt: row.expires_at,
    user: user === undefined ? null : { id: user.id, passphraseHash: user.passphrase_hash },
  };
}

/** The refusal of a code that opens nothing: unknown, used, ended and withdrawn read the same. */
export function invitationInvalid(): Refusal {
  return new Refusal(
    'invitation_invalid',
    'This invitation does not work any more. Ask whoever invited you for a new one.',
  );
}
