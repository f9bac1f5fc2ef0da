import {
  type IssuerKeyring,
  type RevocationSigner,
  type SamlServiceProvider,
  samlServiceProvider,
} from '@rollcall/sso';
import type { SecretBox } from '../../secret-box.ts';
import { Refusal } from '../refusal.ts';
import type { SsoConnectionRow } from './connection.ts';
import { placeOf, readOidcSettings, readSamlSettings } from './settings.ts';
import { ssoUrls } from './urls.ts';

/** What connections need of the service around them. */
export interface SsoService {
  readonly publicUrl: string;
  readonly secrets: SecretBox;
}

/** Our side of a SAML connection. Throws `sso_not_tested` where its IdP is not known yet. */
export function serviceProviderOf(
  { publicUrl, secrets }: SsoService,
  connection: SsoConnectionRow,
): SamlServiceProvider {
  const settings = readSamlSettings(connection.settings);
  if (settings === undefined || settings.idp === null || connection.protocol !== 'saml') {
    throw incomplete();
  }
  const { key, idp, signRequests } = settings;
  return samlServiceProvider({
    sp: {
      ...ssoUrls(publicUrl, connection.id),
      certificate: key.certificate,
      privateKey: secrets.open(key.privateKey, placeOf(connection.id)),
    },
    idp: { ...idp, certificates: idp.certificates.map(({ pem }) => pem) },
    signRequests,
  });
}

/** Who may end the sessions of a connection's people from outside: its own IdP; undefined while that is not known. */
export function revocationSignerOf(
  { settings }: SsoConnectionRow,
  keyring: IssuerKeyring,
): RevocationSigner | undefined {
  const idp = readSamlSettings(settings)?.idp;
  if (idp) return { certificates: idp.certificates.map(({ pem }) => pem) };
  const client = readOidcSettings(settings)?.client;
  const keys = client ? keyring(client.metadata) : undefined;
  return client && keys ? { issuer: client.issuer, keys } : undefined;
}

export function incomplete(): Refusal {
  return new Refusal(
    'sso_not_tested',
    'This connection is not complete: enter what the identity provider gives first.',
  );
}
