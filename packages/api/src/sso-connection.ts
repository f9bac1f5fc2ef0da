import { z } from 'zod';
import { id, instant, reference } from './common.ts';
import { route } from './route.ts';

export const ssoProtocol = z.enum(['saml', 'oidc']);
export type SsoProtocol = z.infer<typeof ssoProtocol>;

/** `draft`: has yet to pass a test. `enforced`: the only way in for the people of its domains. */
export const ssoState = z.enum(['draft', 'tested', 'enforced']);

export const ssoConnection = z.object({
  id,
  name: z.string(),
  protocol: ssoProtocol,
  state: ssoState,
  domains: z.array(z.string()),
  testedAt: instant.nullable(),
  lastSignInAt: instant.nullable(),
  /** When the last of the certificates ends; null where there is none. */
  certificateEndsAt: instant.nullable(),
});
export type SsoConnection = z.infer<typeof ssoConnection>;

export const ssoCertificate = z.object({
  /** SHA-256, upper-case hex with colons. */
  fingerprint: z.string(),
  subject: z.string(),
  validFrom: instant,
  validUntil: instant,
  source: z.enum(['owner', 'metadata']),
});
export type SsoCertificate = z.infer<typeof ssoCertificate>;

/** One sign-in through a connection. `id` is what a person who was refused is shown. */
export const ssoAttempt = z.object({
  id,
  at: instant,
  purpose: z.enum(['sign_in', 'test']),
  outcome: z.enum(['accepted', 'refused']),
  reason: z.string().nullable(),
  /** What was wrong, and what to change. */
  detail: z.string().nullable(),
  subject: z.string().nullable(),
  person: reference.nullable(),
});
export type SsoAttempt = z.infer<typeof ssoAttempt>;

export const ssoTest = ssoAttempt.extend({
  /** What the IdP said of the person, by name. */
  attributes: z.array(z.object({ name: z.string(), values: z.array(z.string()) })),
});
export type SsoTest = z.infer<typeof ssoTest>;

export const ssoConnectionDetail = ssoConnection.extend({
  routedDomains: z.array(reference.extend({ verified: z.boolean() })),
  /** What the IdP is to be given. */
  ours: z.object({
    ssoUrl: z.string(),
    audience: z.string(),
    metadataUrl: z.string(),
    logoutUrl: z.string(),
    redirectUrl: z.string(),
    universalLogoutUrl: z.string(),
    /** For signatures of ours and for encryption to us; null with OIDC. */
    certificate: z.string().nullable(),
  }),
  /** What a SAML IdP gave; null while it has not. */
  saml: z
    .object({
      entityId: z.string(),
      signOnUrl: z.string(),
      logoutUrl: z.string().nullable(),
      metadataUrl: z.string().nullable(),
      /** Since when the metadata at its address cannot be taken over, and why; null while it can. */
      metadataTrouble: z.object({ since: instant, reason: z.string() }).nullable(),
      certificates: z.array(ssoCertificate),
    })
    .nullable(),
  /** What an OIDC issuer gave; null while it has not. The client secret is never answered. */
  oidc: z.object({ issuer: z.string(), clientId: z.string() }).nullable(),
  jit: z.boolean(),
  allowIdpInitiated: z.boolean(),
  signRequests: z.boolean(),
  lastTest: ssoTest.nullable(),
  /** Newest first. */
  attempts: z.array(ssoAttempt),
  /** Members with an address in its domains, who could not use a passphrase any more. */
  people: z.number().int(),
  /** Owners whom the operator lets in without SSO. */
  breakGlass: z.array(z.object({ name: z.string(), until: instant })),
});
export type SsoConnectionDetail = z.infer<typeof ssoConnectionDetail>;

const connectionName = z.string().trim().min(1, 'Enter a name.').max(120);
const webAddress = z.string().trim().max(2_000);
const domainIds = z.array(id).min(1, 'Choose a domain.').max(100);

export const newSsoConnectionBody = z.object({
  name: connectionName,
  protocol: ssoProtocol,
  domainIds,
});

/** Metadata as text or by its address, or the values by hand. */
export const samlIdpBody = z.union([
  z.object({ metadata: z.string().min(1).max(900_000) }),
  z.object({ metadataUrl: webAddress.min(1, 'Enter the address of the metadata.') }),
  z.object({
    entityId: z.string().trim().min(1, "Enter the IdP's issuer.").max(1_024),
    signOnUrl: webAddress.min(1, 'Enter the Sign on URL.'),
    logoutUrl: webAddress.nullable().default(null),
    certificate: z.string().trim().min(1, 'Paste the signing certificate.').max(20_000),
  }),
]);

export const oidcClientBody = z.object({
  issuer: webAddress.min(1, 'Enter the issuer.'),
  clientId: z.string().trim().min(1, 'Enter the client ID.').max(1_024),
  /** Left out where it stays. */
  clientSecret: z.string().trim().min(1).max(1_024).optional(),
});

export const ssoConnectionBody = z.object({
  name: connectionName.optional(),
  domainIds: domainIds.optional(),
  jit: z.boolean().optional(),
  allowIdpInitiated: z.boolean().optional(),
  signRequests: z.boolean().optional(),
  saml: samlIdpBody.optional(),
  oidc: oidcClientBody.optional(),
});

const inAccount = z.object({ accountId: id });
const inConnection = z.object({ accountId: id, connectionId: id });
const connectionsPath = '/accounts/:accountId/sso-connections';
const connectionPath = `${connectionsPath}/:connectionId`;

/** SSO connections of an account. */
export const ssoConnectionRoutes = {
  listSsoConnections: route({
    method: 'GET',
    path: connectionsPath,
    summary: 'SSO connections and their state',
    params: inAccount,
    response: z.object({ items: z.array(ssoConnection) }),
  }),
  createSsoConnection: route({
    method: 'POST',
    path: connectionsPath,
    summary: 'Begin a connection: its addresses for the IdP are known from now on',
    status: 201,
    params: inAccount,
    body: newSsoConnectionBody,
    response: ssoConnectionDetail,
  }),
  getSsoConnection: route({
    method: 'GET',
    path: connectionPath,
    summary: 'One connection: addresses, IdP, certificates, sign-ins',
    params: inConnection,
    response: ssoConnectionDetail,
  }),
  updateSsoConnection: route({
    method: 'PATCH',
    path: connectionPath,
    summary: 'Change a connection; needs a fresh local factor',
    params: inConnection,
    body: ssoConnectionBody,
    response: ssoConnectionDetail,
  }),
  addSsoCertificate: route({
    method: 'POST',
    path: `${connectionPath}/certificates`,
    summary: 'Trust a further certificate of the IdP; needs a fresh local factor',
    status: 201,
    params: inConnection,
    body: z.object({ certificate: z.string().trim().min(1, 'Paste the certificate.').max(20_000) }),
    response: ssoConnectionDetail,
  }),
  removeSsoCertificate: route({
    method: 'DELETE',
    path: `${connectionPath}/certificates/:fingerprint`,
    summary: 'Trust a certificate no longer; needs a fresh local factor',
    params: inConnection.extend({ fingerprint: z.string().max(100) }),
    response: ssoConnectionDetail,
  }),
  enforceSsoConnection: route({
    method: 'PUT',
    path: `${connectionPath}/enforcement`,
    summary:
      'Make it the only way in for the people of its domains, or not; whoever is one of them must have come through it; needs a fresh local factor',
    params: inConnection,
    body: z.object({ enforced: z.boolean() }),
    response: ssoConnectionDetail,
  }),
  deleteSsoConnection: route({
    method: 'DELETE',
    path: connectionPath,
    summary: 'Remove a connection that is not enforced; needs a fresh local factor',
    status: 204,
    params: inConnection,
  }),
} as const;
