import type { ConnectorToken, TokenOverlap } from '@rollcall/api';
import type { Reader, Schema, Transaction } from '../../database/index.ts';
import { day, hour } from '../../duration.ts';
import { digestOf, newSecret } from '../../secret.ts';
import { newId } from '../../uuid-v7.ts';

/** Says what it is to whoever finds it, people and secret scanners alike. */
const PREFIX = 'rollcall_scim_';

export interface NewConnectorToken {
  readonly directoryId: string;
  readonly access?: 'read_write' | 'read_only';
  /** UTC milliseconds; null works without an end. */
  readonly expiresAt: number | null;
  /** Id of the user who made it; null for the operator. */
  readonly createdBy: string | null;
  readonly at: number;
}

/** A token, here and never again: only its digest and its last four characters are stored. */
export interface MintedToken {
  readonly id: string;
  readonly token: string;
  readonly expiresAt: number | null;
}

/** Mints a connector token of 256 random bits. */
export async function mintToken(tx: Transaction, mint: NewConnectorToken): Promise<MintedToken> {
  const { directoryId, access = 'read_write', expiresAt, createdBy, at } = mint;
  const token = newSecret(PREFIX);
  const id = newId(at);
  await tx.query
    .insertInto('connector_tokens')
    .values({
      digest: digestOf(token),
      directory_id: directoryId,
      id,
      access,
      last_four: token.slice(-4),
      created_at: at,
      created_by: createdBy,
      expires_at: expiresAt,
      retires_at: null,
      revoked_at: null,
      last_used_at: null,
    })
    .execute();
  return { id, token, expiresAt };
}

const overlaps: Record<TokenOverlap, number> = {
  none: 0,
  '1_hour': hour,
  '24_hours': day,
  '7_days': 7 * day,
};

/** Lets the directory's working tokens end after `overlap`; none ends later than it would have. */
export async function retireTokens(
  tx: Transaction,
  directoryId: string,
  overlap: TokenOverlap,
  at: number,
): Promise<void> {
  if (overlap === 'none') return revokeTokens(tx, directoryId, at);
  const retiresAt = at + overlaps[overlap];
  await tx.query
    .updateTable('connector_tokens')
    .set({ retires_at: retiresAt })
    .where('directory_id', '=', directoryId)
    .where('revoked_at', 'is', null)
    .where((eb) => eb.or([eb('retires_at', 'is', null), eb('retires_at', '>', retiresAt)]))
    .execute();
}

/** Ends all of the directory's tokens now. */
export async function revokeTokens(
  tx: Transaction,
  directoryId: string,
  at: number,
): Promise<void> {
  await tx.query
    .updateTable('connector_tokens')
    .set({ revoked_at: at })
    .where('directory_id', '=', directoryId)
    .where('revoked_at', 'is', null)
    .execute();
}

type TokenRow = Schema['connector_tokens'];

/** What a token is at a moment. */
export function tokenState(
  token: Pick<TokenRow, 'revoked_at' | 'retires_at' | 'expires_at'>,
  at: number,
): ConnectorToken['state'] {
  if (token.revoked_at !== null && token.revoked_at <= at) return 'revoked';
  if (token.expires_at !== null && token.expires_at <= at) return 'expired';
  if (token.retires_at === null) return 'valid';
  return token.retires_at <= at ? 'revoked' : 'retiring';
}

/** The directory's tokens, newest first. */
export function listTokens(reader: Reader, directoryId: string): Promise<TokenRow[]> {
  return reader.query
    .selectFrom('connector_tokens')
    .selectAll()
    .where('directory_id', '=', directoryId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
}
