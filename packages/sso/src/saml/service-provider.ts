import { type CacheProvider, type Profile, SAML, type SamlConfig } from '@node-saml/node-saml';
import { SsoRefusal } from '../refusal.ts';
import { readCertificate } from '../x509/certificate.ts';
import { readAssertion, requireIssuer, type SamlIdentity } from './assertion.ts';
import { decryptAssertion } from './decrypt.ts';
import { decodeResponse, readDecrypted, readEnvelope } from './envelope.ts';
import {
  type LogoutForm,
  type LogoutMessage,
  type LogoutTrust,
  readLogout,
  readPostedLogout,
} from './logout.ts';
import { writeSpMetadata } from './metadata.ts';
import { emailNameId, ns } from './names.ts';
import { children, onlyChild, parseXml } from './xml.ts';

/** One trust between us and a SAML IdP. */
export interface SamlTrust {
  readonly sp: {
    readonly entityId: string;
    readonly acsUrl: string;
    readonly logoutUrl: string;
    /** PEM. */
    readonly privateKey: string;
    readonly certificate: string;
  };
  readonly idp: {
    readonly entityId: string;
    readonly signOnUrl: string;
    readonly logoutUrl: string | null;
    /** PEM; a signature by any of them is trusted. */
    readonly certificates: readonly string[];
  };
  /** Whether our requests are signed. */
  readonly signRequests: boolean;
}

/** What of sign-ins has to be remembered, beyond one process. */
export interface SamlMemory {
  /** Whether this request was sent to the IdP and has had no answer yet. */
  isOpen(requestId: string): Promise<boolean>;
  /** Notes that an assertion was used, until then; false where it was noted before. */
  spend(assertionId: string, until: number): Promise<boolean>;
}

/** Whom a response vouches for, and which of the trusted certificates signed it, PEM. */
export interface SamlSignIn extends SamlIdentity {
  readonly signedBy: string;
}

export interface SamlServiceProvider {
  /** Where to send the browser to sign in. `id` must be new, unguessable and an XML name. */
  signInUrl(request: {
    readonly id: string;
    readonly relayState?: string;
    readonly loginHint?: string;
    readonly forceAuthn?: boolean;
  }): Promise<string>;
  /**
   * Whom a posted SAMLResponse vouches for. Every fact comes out of the bytes that a trusted key signed; a response is
   * accepted once. Throws `SsoRefusal`.
   */
  readResponse(samlResponse: string, at: number, memory: SamlMemory): Promise<SamlSignIn>;
  /** Where to send the browser to sign out at the IdP; undefined where it has no address for that. */
  logoutUrl(logout: {
    readonly id: string;
    readonly subject: string;
    readonly nameIdFormat: string;
    readonly sessionIndex: string | null;
  }): Promise<string | undefined>;
  /** What a logout message in a query says. Throws `SsoRefusal`. */
  readLogout(query: string, at: number): LogoutMessage;
  /** The same of a form that was posted. */
  readPostedLogout(form: LogoutForm, at: number): Promise<LogoutMessage>;
  /** Where to send the browser once a logout request was followed. */
  logoutResponseUrl(requestId: string, relayState: string | undefined): Promise<string | undefined>;
  /** Our metadata for the IdP. */
  metadata(): string;
}

export function samlServiceProvider(trust: SamlTrust): SamlServiceProvider {
  const { sp, idp } = trust;
  return {
    async signInUrl({ id, relayState = '', loginHint, forceAuthn = false }) {
      const saml = new SAML({ ...configOf(trust), generateUniqueId: () => id, forceAuthn });
      const additionalParams = loginHint === undefined ? {} : { LoginHint: loginHint };
      return saml.getAuthorizeUrlAsync(relayState, undefined, { additionalParams });
    },
    readResponse: (samlResponse, at, memory) => readResponse(trust, samlResponse, { at, memory }),
    async logoutUrl({ id, subject, nameIdFormat, sessionIndex }) {
      if (idp.logoutUrl === null) return undefined;
      const saml = new SAML({ ...signing(trust), generateUniqueId: () => id });
      const profile: Profile = {
        issuer: idp.entityId,
        nameID: subject,
        nameIDFormat: nameIdFormat,
        ...(sessionIndex !== null && { sessionIndex }),
      };
      return saml.getLogoutUrlAsync(profile, '', {});
    },
    readLogout: (query, now) => readLogout(query, logoutTrustOf(trust, now)),
    readPostedLogout: (form, now) =>
      readPostedLogout(form, logoutTrustOf(trust, now), () => verifyLogout(trust, form)),
    async logoutResponseUrl(requestId, relayState = '') {
      if (idp.logoutUrl === null) return undefined;
      const request: Profile = {
        issuer: idp.entityId,
        nameID: '',
        nameIDFormat: '',
        ID: requestId,
      };
      return new SAML(signing(trust)).getLogoutResponseUrlAsync(request, relayState, {}, true);
    },
    metadata: () => writeSpMetadata(sp),
  };
}

function logoutTrustOf({ sp, idp }: SamlTrust, now: number): LogoutTrust {
  return {
    issuer: idp.entityId,
    destination: sp.logoutUrl,
    certificates: idp.certificates,
    now,
  };
}

async function verifyLogout(
  trust: SamlTrust,
  { SAMLRequest, SAMLResponse = '' }: LogoutForm,
): Promise<void> {
  await verified(trust, (saml) =>
    SAMLRequest === undefined
      ? saml.validatePostResponseAsync({ SAMLResponse })
      : saml.validatePostRequestAsync({ SAMLRequest }),
  );
}

async function readResponse(
  trust: SamlTrust,
  samlResponse: string,
  { at, memory }: { at: number; memory: SamlMemory },
): Promise<SamlSignIn> {
  const xml = decodeResponse(samlResponse);
  const { response, assertion, encrypted } = readEnvelope(xml);
  if (children(response, ns.assertion, 'Issuer').length > 0)
    requireIssuer(response, trust.idp.entityId);
  const clear = encrypted
    ? readDecrypted(await decryptAssertion(assertion, trust.sp.privateKey))
    : assertion;
  if (![response, clear].some((one) => onlyChild(one, ns.signature, 'Signature'))) {
    throw new SsoRefusal(
      'signature_missing',
      'Neither the response nor the assertion is signed. In the IdP turn on signing of the assertion.',
    );
  }
  const identity = readAssertion(await verify(trust, samlResponse), {
    issuer: trust.idp.entityId,
    audience: trust.sp.entityId,
    recipient: trust.sp.acsUrl,
    now: at,
  });
  requireDestination(response.getAttribute('Destination'), trust.sp.acsUrl);
  const said = response.getAttribute('InResponseTo');
  await requireRequest(identity, said, memory);
  if (!(await memory.spend(identity.assertionId, identity.usableUntil))) {
    throw new SsoRefusal('replayed', 'This response was used before. Sign in again.');
  }
  return { ...identity, signedBy: await signerOf(trust, samlResponse) };
}

/** Which certificate a response that was verified by one of them is verified by alone. */
async function signerOf(trust: SamlTrust, samlResponse: string): Promise<string> {
  const [only = '', ...others] = trust.idp.certificates;
  if (others.length === 0) return only;
  for (const pem of trust.idp.certificates) {
    const alone = { ...trust, idp: { ...trust.idp, certificates: [pem] } };
    const signed = await verify(alone, samlResponse).then(
      () => true,
      () => false,
    );
    if (signed) return pem;
  }
  throw new Error('no certificate signed what was verified');
}

/** The text of the assertion that a trusted key signed. */
function verify(trust: SamlTrust, samlResponse: string): Promise<string> {
  return verified(trust, async (saml) => {
    const { profile } = await saml.validatePostResponseAsync({ SAMLResponse: samlResponse });
    const assertion = profile?.getAssertionXml?.();
    if (assertion === undefined) throw new Error('no assertion');
    return parseXml(assertion).toString();
  });
}

/** What node-saml makes of a message, where it believes its signature. */
async function verified<Result>(
  trust: SamlTrust,
  validate: (saml: SAML) => Promise<Result>,
): Promise<Result> {
  // A weak key is refused when it is entered; one that came in otherwise is not trusted either.
  for (const pem of trust.idp.certificates) readCertificate(pem);
  try {
    return await validate(new SAML(configOf(trust)));
  } catch (cause) {
    if (cause instanceof SsoRefusal) throw cause;
    if (/not a valid date/.test(String(cause))) {
      throw new SsoRefusal('expired', 'The assertion has a time that cannot be read.', { cause });
    }
    throw new SsoRefusal(
      'signature_invalid',
      "The signature is not right for any certificate of this connection. If the IdP has a new certificate, add it to the connection's certificates.",
      { cause },
    );
  }
}

function requireDestination(said: string | null, acsUrl: string): void {
  if (said === null || said === acsUrl) return;
  throw new SsoRefusal(
    'destination_mismatch',
    `The response is for ${said}. In the IdP set the Single sign-on URL to ${acsUrl}, for Recipient and Destination too.`,
  );
}

async function requireRequest(
  { inResponseTo }: SamlIdentity,
  said: string | null,
  memory: SamlMemory,
): Promise<void> {
  if (inResponseTo === null && said === null) return;
  const same = said === null || inResponseTo === null || said === inResponseTo;
  if (same && inResponseTo !== null && (await memory.isOpen(inResponseTo))) return;
  throw new SsoRefusal(
    'request_unknown',
    'The response answers a request that was not sent from here, was answered already, or is too old. Start again at the sign-in page.',
  );
}

/** node-saml's own memory is one process's: what it would remember is remembered by {@link SamlMemory}. */
const noCache: CacheProvider = {
  saveAsync: async () => null,
  getAsync: async () => null,
  removeAsync: async () => null,
};

function configOf(trust: SamlTrust): SamlConfig {
  const { sp, idp } = trust;
  return {
    callbackUrl: sp.acsUrl,
    issuer: sp.entityId,
    // Audience and times are checked over the verified assertion, by the clock that is passed.
    audience: false,
    idpIssuer: idp.entityId,
    entryPoint: idp.signOnUrl,
    logoutUrl: idp.logoutUrl ?? idp.signOnUrl,
    idpCert: [...idp.certificates],
    decryptionPvk: sp.privateKey,
    identifierFormat: emailNameId,
    disableRequestedAuthnContext: true,
    // One of both must be signed, whichever; the assertion is read out of what is.
    wantAuthnResponseSigned: false,
    wantAssertionsSigned: false,
    acceptedClockSkewMs: -1,
    cacheProvider: noCache,
    ...(trust.signRequests ? signatureOf(trust) : {}),
  };
}

function signing(trust: SamlTrust): SamlConfig {
  return { ...configOf(trust), ...signatureOf(trust) };
}

function signatureOf({ sp }: SamlTrust) {
  return {
    privateKey: sp.privateKey,
    publicCert: sp.certificate,
    signatureAlgorithm: 'sha256',
    digestAlgorithm: 'sha256',
  } as const;
}
