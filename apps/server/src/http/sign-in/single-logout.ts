import type { Context } from '../../context.ts';
import { listSubjects } from '../../domain/sessions/index.ts';
import {
  findSsoConnection,
  newRequestId,
  readSamlSettings,
  serviceProviderOf,
} from '../../domain/sso-connections/index.ts';

/** Where the browser ends its session at the IdP that opened this one; null where that has no address for it. */
export async function singleLogoutUrl(context: Context, sessionId: string): Promise<string | null> {
  const { database, settings, secrets } = context;
  for (const known of await listSubjects(database.read, sessionId)) {
    const connection = await findSsoConnection(database.read, known.connection_id);
    if (connection === undefined || connection.protocol !== 'saml') continue;
    if (!readSamlSettings(connection.settings)?.idp?.logoutUrl) continue;
    const provider = serviceProviderOf({ publicUrl: settings.publicUrl, secrets }, connection);
    const url = await provider.logoutUrl({
      id: newRequestId(),
      subject: known.subject,
      nameIdFormat: known.name_id_format,
      sessionIndex: known.session_index,
    });
    if (url !== undefined) return url;
  }
  return null;
}
