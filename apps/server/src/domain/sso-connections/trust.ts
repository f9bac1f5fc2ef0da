import { type SamlServiceProvider, samlServiceProvider } from '@rollcall/sso';
import type { SecretBox } from '../../secret-box.ts';
import { Refusal } from '../refusal.ts';
import type { SsoConnectionRow } from './connection.ts';
import { placeOf, readSamlSettings } from './settings.ts';
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

export function incomplete(): Refusal {
  return new Refusal(
    'sso_not_tested',
    'This connection is not complete: enter what the identity provider gives first.',
  );
}
