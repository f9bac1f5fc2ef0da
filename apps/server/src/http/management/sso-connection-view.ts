import type { SsoAttempt, SsoConnection, SsoConnectionDetail, SsoTest } from '@rollcall/api';
import type { Reader } from '../../database/index.ts';
import { countPeople } from '../../domain/domains/index.ts';
import { notFound } from '../../domain/refusal.ts';
import {
  findLastTest,
  listAttempts,
  listBreakGlass,
  listSsoConnections,
  readOidcSettings,
  readSamlSettings,
  type SsoIdentity,
  ssoUrls,
} from '../../domain/sso-connections/index.ts';
import { instantOf } from '../../instant.ts';

type Listed = Awaited<ReturnType<typeof listSsoConnections>>[number];

/** A connection as it stands in the list. */
export function connectionView(connection: Listed): SsoConnection {
  const ends = certificatesOf(connection).map(({ validUntil }) => validUntil);
  return {
    id: connection.id,
    name: connection.name,
    protocol: connection.protocol,
    state: connection.state,
    domains: connection.domains.map(({ name }) => name),
    testedAt: instantOf(connection.tested_at),
    lastSignInAt: instantOf(connection.last_sign_in_at),
    certificateEndsAt: ends.length === 0 ? null : instantOf(Math.max(...ends)),
  };
}

function certificatesOf({ settings }: Listed) {
  return readSamlSettings(settings)?.idp?.certificates ?? [];
}

interface Where {
  readonly accountId: string;
  readonly connectionId: string;
  readonly publicUrl: string;
  readonly at: number;
}

/** All that an owner sees of one connection. Throws `not_found`. */
export async function connectionDetail(
  reader: Reader,
  { accountId, connectionId, publicUrl, at }: Where,
): Promise<SsoConnectionDetail> {
  const connections = await listSsoConnections(reader, accountId);
  const connection = connections.find(({ id }) => id === connectionId);
  if (connection === undefined) throw notFound('SSO connection');
  const attempts = await listAttempts(reader, accountId, connectionId);
  const test = await findLastTest(reader, accountId, connectionId);
  const glass = await listBreakGlass(reader, accountId, at);
  return {
    ...connectionView(connection),
    routedDomains: connection.domains.map(({ id, name, state }) => ({
      id,
      name,
      verified: state === 'verified' || state === 'lapsing',
    })),
    ...settingsView(connection, publicUrl),
    lastTest: test === undefined ? null : testView(test),
    attempts: attempts.map(attemptView),
    people: await peopleOf(reader, accountId, connection),
    breakGlass: glass.map(({ name, until }) => ({ name, until: instantOf(until) })),
  };
}

function settingsView(connection: Listed, publicUrl: string) {
  const urls = ssoUrls(publicUrl, connection.id);
  const saml = readSamlSettings(connection.settings);
  const oidc = readOidcSettings(connection.settings);
  return {
    ours: {
      ssoUrl: urls.acsUrl,
      audience: urls.entityId,
      metadataUrl: urls.entityId,
      logoutUrl: urls.logoutUrl,
      redirectUrl: urls.redirectUrl,
      universalLogoutUrl: urls.revocationUrl,
      certificate: saml?.key.certificate ?? null,
    },
    saml: saml?.idp
      ? {
          entityId: saml.idp.entityId,
          signOnUrl: saml.idp.signOnUrl,
          logoutUrl: saml.idp.logoutUrl,
          metadataUrl: saml.metadataUrl,
          metadataTrouble: saml.trouble
            ? { since: instantOf(saml.trouble.since), reason: saml.trouble.reason }
            : null,
          certificates: saml.idp.certificates.map((one) => ({
            fingerprint: one.fingerprint,
            subject: one.subject,
            validFrom: instantOf(one.validFrom),
            validUntil: instantOf(one.validUntil),
            source: one.source,
          })),
        }
      : null,
    oidc: oidc?.client ? { issuer: oidc.client.issuer, clientId: oidc.client.clientId } : null,
    jit: (saml ?? oidc)?.jit ?? false,
    allowIdpInitiated: saml?.allowIdpInitiated ?? false,
    signRequests: saml?.signRequests ?? false,
  };
}

type AttemptRow = Awaited<ReturnType<typeof listAttempts>>[number];

function attemptView(row: AttemptRow): SsoAttempt {
  const { id, at, purpose, outcome, reason, detail, subject, user_id: userId } = row;
  const person = userId === null ? null : { id: userId, name: row.user_name ?? '' };
  return { id, at: instantOf(at), purpose, outcome, reason, detail, subject, person };
}

function testView(row: AttemptRow): SsoTest {
  // Only the sign-in surface writes it.
  const facts = row.facts === null ? undefined : (JSON.parse(row.facts) as SsoIdentity);
  const attributes = Object.entries(facts?.attributes ?? {});
  return {
    ...attemptView(row),
    attributes: attributes.map(([name, values]) => ({ name, values: [...values] })),
  };
}

async function peopleOf(reader: Reader, accountId: string, { domains }: Listed): Promise<number> {
  const { counts } = await countPeople(reader, accountId);
  return domains.reduce((sum, { name }) => sum + (counts.get(name) ?? 0), 0);
}
