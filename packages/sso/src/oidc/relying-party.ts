import * as client from 'openid-client';
import { SsoRefusal } from '../refusal.ts';

/** How the issuer is asked: whoever passes it decides where requests may go. */
export type OidcFetch = (
  url: string,
  request: {
    readonly method: string;
    readonly headers: Record<string, string>;
    readonly body: string | undefined;
  },
) => Promise<Response>;

/** One trust between us and an OpenID Connect issuer. */
export interface OidcTrust {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUrl: string;
  /** The discovery document, as it was when the trust was made. */
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly fetch: OidcFetch;
}

/** What a sign-in remembers between leaving and coming back; secret. */
export interface OidcRequest {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

export interface OidcIdentity {
  readonly subject: string;
  readonly attributes: ReadonlyMap<string, readonly string[]>;
}

export interface OidcRelyingParty {
  /** Where to send the browser to sign in. */
  signInUrl(request: OidcRequest): Promise<string>;
  /** Whom the issuer vouches for, from the address at which the browser came back. Throws `SsoRefusal`. */
  readCallback(address: string, request: OidcRequest): Promise<OidcIdentity>;
}

/** A new request, with the given state. */
export function newOidcRequest(state: string): OidcRequest {
  return { state, nonce: client.randomNonce(), codeVerifier: client.randomPKCECodeVerifier() };
}

/** Fetches an issuer's discovery document (OpenID Connect Discovery §4). Throws `discovery_failed` where it is not that issuer's. */
export async function discoverIssuer(
  issuer: string,
  fetch: OidcFetch,
): Promise<Readonly<Record<string, unknown>>> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const answer = await fetch(address, { method: 'GET', headers: {}, body: undefined });
  const metadata: unknown = await answer.json().catch(() => undefined);
  const { issuer: said, authorization_endpoint: authorize } = Object(metadata);
  if (answer.status !== 200 || said !== issuer) {
    throw new SsoRefusal(
      'discovery_failed',
      typeof said === 'string'
        ? `The document at ${address} is of the issuer ${said}. Enter exactly that one, with or without its last slash.`
        : `There is no discovery document at ${address}.`,
    );
  }
  if (!/^https?:$/.test(URL.parse(String(authorize))?.protocol ?? '')) {
    throw new SsoRefusal(
      'discovery_failed',
      'The discovery document names no authorization endpoint.',
    );
  }
  return { ...Object(metadata) };
}

/** Only this: neither `none` nor a symmetric algorithm, whatever the token or the discovery document says. */
const ALGORITHM = 'RS256';

/** Seconds by which the issuer's clock may differ from ours. */
const CLOCK_TOLERANCE = 60;

export function oidcRelyingParty(trust: OidcTrust): OidcRelyingParty {
  const config = configOf(trust);
  return {
    async signInUrl({ state, nonce, codeVerifier }) {
      const url = client.buildAuthorizationUrl(config, {
        redirect_uri: trust.redirectUrl,
        scope: 'openid email profile',
        state,
        nonce,
        code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
      });
      return url.href;
    },
    async readCallback(address, request) {
      try {
        return await exchange(config, address, request);
      } catch (cause) {
        throw refusalOf(cause);
      }
    },
  };
}

function configOf({ metadata, clientId, clientSecret, issuer, fetch }: OidcTrust) {
  const config = new client.Configuration(
    { ...metadata, issuer },
    clientId,
    { id_token_signed_response_alg: ALGORITHM, [client.clockTolerance]: CLOCK_TOLERANCE },
    authenticationOf(metadata)(clientSecret),
  );
  // Where a request may go, by http too, is decided by whoever passes `fetch`.
  client.allowInsecureRequests(config);
  // The signature is checked although the token comes from the issuer itself.
  client.enableNonRepudiationChecks(config);
  config[client.customFetch] = (url, { method, headers, body }) =>
    askIssuer(fetch, url, {
      method,
      headers: { ...headers },
      body: body === undefined || body === null ? undefined : String(body),
    });
  return config;
}

/** By the form where the issuer takes it, else by the header, which is what an issuer means that says nothing (Discovery §3). */
function authenticationOf(metadata: OidcTrust['metadata']) {
  const { token_endpoint_auth_methods_supported: methods } = metadata;
  const takesForm = Array.isArray(methods) && methods.includes('client_secret_post');
  return takesForm ? client.ClientSecretPost : client.ClientSecretBasic;
}

/** Asks an issuer. Throws `issuer_unreachable` where it does not answer, or by a failure of its own. */
export async function askIssuer(
  fetch: OidcFetch,
  url: string,
  request: Parameters<OidcFetch>[1],
): Promise<Response> {
  const answer = await fetch(url, request).catch((cause: unknown) => {
    throw unreachable(storyOf(cause).trim(), cause);
  });
  if (answer.status >= 500) throw unreachable(`${url} answered ${answer.status}.`);
  return answer;
}

function unreachable(story: string, cause?: unknown): SsoRefusal {
  const words = `The issuer cannot be asked now: ${story} Try again later.`;
  return new SsoRefusal('issuer_unreachable', words, { cause });
}

async function exchange(
  config: client.Configuration,
  address: string,
  { state, nonce, codeVerifier }: OidcRequest,
): Promise<OidcIdentity> {
  const tokens = await client.authorizationCodeGrant(config, new URL(address), {
    expectedState: state,
    expectedNonce: nonce,
    pkceCodeVerifier: codeVerifier,
    idTokenExpected: true,
  });
  const claims = tokens.claims();
  if (claims === undefined) throw new Error('no ID token');
  const said =
    claims.email === undefined ? await moreOf(config, tokens.access_token, claims.sub) : {};
  return { subject: claims.sub, attributes: attributesOf({ ...said, ...claims }) };
}

/** Some issuers put little into the token and tell the rest when they are asked. */
async function moreOf(config: client.Configuration, accessToken: string, subject: string) {
  if (config.serverMetadata().userinfo_endpoint === undefined) return {};
  return client.fetchUserInfo(config, accessToken, subject);
}

/** An address of which the issuer says that it is not verified is none; some say it by a text. */
function attributesOf(claims: Readonly<Record<string, unknown>>): OidcIdentity['attributes'] {
  const names = ['email', 'name', 'given_name', 'family_name'];
  return new Map(
    names.flatMap((name): [string, string[]][] => {
      const value = claims[name];
      const { email_verified: verified = true } = claims;
      const unverified = name === 'email' && String(verified) !== 'true';
      return typeof value === 'string' && !unverified ? [[name, [value]]] : [];
    }),
  );
}

function refusalOf(cause: unknown): SsoRefusal {
  const refusal = refusalIn(cause);
  if (refusal !== undefined) return refusal;
  const { error, error_description: description } = Object(cause);
  if (cause instanceof client.AuthorizationResponseError) {
    const words = String(description ?? error).slice(0, 200);
    return new SsoRefusal(
      'idp_refused',
      `The issuer refused the sign-in itself (${words}). Often the person is not assigned to the app.`,
      { cause },
    );
  }
  if (cause instanceof client.ResponseBodyError) {
    return new SsoRefusal(
      'code_refused',
      `The issuer did not take our code (${String(error)}). Enter its client ID and client secret anew, and compare the redirect URL.`,
      { cause },
    );
  }
  const text = storyOf(cause);
  if (/"?state"?/.test(text)) {
    return new SsoRefusal(
      'state_mismatch',
      'The answer belongs to another request. Sign in again.',
      { cause },
    );
  }
  if (/nonce/.test(text)) {
    return new SsoRefusal(
      'nonce_mismatch',
      'The ID token belongs to another request. Sign in again.',
      { cause },
    );
  }
  return new SsoRefusal(
    'token_invalid',
    `The ID token is not accepted: it must be signed by RS256 with a key of the issuer, for this issuer and client, and not be over.`,
    { cause },
  );
}

/** A refusal of ours, in whatever it was wrapped on its way. */
function refusalIn(error: unknown): SsoRefusal | undefined {
  if (error instanceof SsoRefusal) return error;
  return error instanceof Error ? refusalIn(error.cause) : undefined;
}

/** What a chain of errors says, and of which claim. */
function storyOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  const { message = '', claim = '', cause } = Object(error);
  return `${message} ${claim} ${storyOf(cause)}`;
}
