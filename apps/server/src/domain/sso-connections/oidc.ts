import {
  discoverIssuer,
  type IssuerKeyring,
  issuerKeyring,
  type OidcFetch,
  type OidcRelyingParty,
  oidcRelyingParty,
  SsoRefusal,
} from '@rollcall/sso';
import type { SecretBox } from '../../secret-box.ts';
import { type PrivateHosts, requireUrl, sendOutgoing } from '../outgoing/index.ts';
import { Refusal } from '../refusal.ts';
import type { SsoConnectionRow } from './connection.ts';
import { type OidcClient, placeOf, readOidcSettings } from './settings.ts';
import { incomplete, type SsoService } from './trust.ts';
import { ssoUrls } from './urls.ts';

/** Our side of an OIDC connection. Throws `sso_not_tested` where its issuer is not known yet. */
export function relyingPartyOf(
  { publicUrl, secrets, privateHosts }: SsoService & { readonly privateHosts: PrivateHosts },
  connection: SsoConnectionRow,
): OidcRelyingParty {
  const client = readOidcSettings(connection.settings)?.client ?? null;
  if (client === null || connection.protocol !== 'oidc') throw incomplete();
  return oidcRelyingParty({
    ...client,
    clientSecret: secrets.open(client.clientSecret, placeOf(connection.id)),
    redirectUrl: ssoUrls(publicUrl, connection.id).redirectUrl,
    fetch: guardedFetch(privateHosts),
  });
}

/** The keys of the issuers of connections; one for as long as the service runs. */
export function openKeyring(privateHosts: PrivateHosts): IssuerKeyring {
  return issuerKeyring(guardedFetch(privateHosts));
}

interface GivenClient {
  readonly issuer: string;
  readonly clientId: string;
  /** Undefined where it stays. */
  readonly clientSecret?: string | undefined;
}

/**
 * What an owner gave of an issuer, with its discovery document pinned. Asks the issuer: never inside a write unit. Throws
 * `outgoing_refused` and `sso_metadata_invalid`.
 */
export async function prepareClient(
  connection: SsoConnectionRow,
  given: GivenClient,
  { secrets, privateHosts }: { secrets: SecretBox; privateHosts: PrivateHosts },
): Promise<OidcClient> {
  const known = readOidcSettings(connection.settings)?.client ?? null;
  const { issuer, clientId, clientSecret } = given;
  const place = placeOf(connection.id);
  // A secret that stays must not go to an issuer that somebody else runs.
  const kept =
    known?.issuer === issuer && known.clientId === clientId ? known.clientSecret : undefined;
  const stays =
    clientSecret === undefined ||
    (kept !== undefined && secrets.open(kept, place) === clientSecret);
  const sealed = stays ? kept : secrets.seal(clientSecret, place);
  if (sealed === undefined) {
    const fields = [{ path: ['oidc', 'clientSecret'], message: 'Enter the client secret.' }];
    throw new Refusal('invalid_request', 'A new client needs its secret.', { fields });
  }
  requireUrl(issuer, privateHosts);
  try {
    const metadata = await discoverIssuer(issuer, guardedFetch(privateHosts));
    return { issuer, clientId, clientSecret: sealed, metadata };
  } catch (error) {
    if (!(error instanceof SsoRefusal)) throw error;
    const fields = [{ path: ['oidc', 'issuer'], message: error.message }];
    throw new Refusal('sso_metadata_invalid', error.message, { fields });
  }
}

/** Every address in a discovery document is the issuer's to write, so each is guarded. */
function guardedFetch(privateHosts: PrivateHosts): OidcFetch {
  return async (url, { method, headers, body }) => {
    const request = { method, headers, ...(body !== undefined && { body }) };
    const answer = await sendOutgoing(url, privateHosts, request);
    const type = answer.headers['content-type'] ?? '';
    return new Response(answer.text, { status: answer.status, headers: { 'content-type': type } });
  };
}
