import { one, type Parameters, repeated } from './parameters.ts';
import { clientId, type OidcSettings } from './settings.ts';

/** What a service asked when it sent a browser here to sign in. */
export interface AuthorizeRequest {
  readonly redirectUri: string;
  readonly state: string | undefined;
  readonly nonce: string | undefined;
  readonly scopes: readonly string[];
  readonly codeChallenge: string | undefined;
  /** `none` shows no page, `login` asks anew. */
  readonly prompt: string | undefined;
  /** Seconds that the sign-in may be old. */
  readonly maxAge: number | undefined;
}

/** How an authorization request is answered that cannot be followed. */
export type Objection =
  /** On a page of ours: nobody is sent to an address that is not the app's. */
  | { readonly kind: 'page'; readonly reason: string }
  /** At the service (RFC 6749 §4.1.2.1). */
  | {
      readonly kind: 'redirect';
      readonly redirectUri: string;
      readonly state: string | undefined;
      readonly error: string;
      readonly description: string;
    };

/** Reads an authorization request (OpenID Connect Core §3.1.2.1), which must name the app and one of its redirect URIs. */
export function readAuthorizeRequest(
  parameters: Parameters,
  settings: OidcSettings,
): ({ readonly kind: 'request' } & AuthorizeRequest) | Objection {
  const page = (reason: string) => ({ kind: 'page', reason }) as const;
  const twice = repeated(parameters);
  if (twice !== undefined) return page(`The parameter ${twice} came more than once.`);
  if (one(parameters, 'client_id') !== clientId) {
    return page(
      `The client ID is ${one(parameters, 'client_id') ?? 'missing'}. The app's is ${clientId}.`,
    );
  }
  const redirectUri = one(parameters, 'redirect_uri') ?? '';
  if (!settings.redirectUris.includes(redirectUri)) {
    return page(
      `The 'redirect_uri' parameter must be a Login redirect URI in the client app settings. It is ${redirectUri || 'missing'}; the settings have ${settings.redirectUris.join(', ') || 'none'}.`,
    );
  }
  const request = {
    redirectUri,
    state: one(parameters, 'state'),
    nonce: one(parameters, 'nonce'),
    scopes: (one(parameters, 'scope') ?? '').split(' ').filter(Boolean),
    codeChallenge: one(parameters, 'code_challenge'),
    prompt: one(parameters, 'prompt'),
    maxAge: secondsOf(one(parameters, 'max_age')),
  };
  const objection = objectionTo(parameters, request, settings);
  if (objection === undefined) return { kind: 'request', ...request };
  const [error, description] = objection;
  return { kind: 'redirect', redirectUri, state: request.state, error, description };
}

function secondsOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

function objectionTo(
  parameters: Parameters,
  { scopes, codeChallenge }: AuthorizeRequest,
  { requirePkce }: OidcSettings,
): readonly [error: string, description: string] | undefined {
  if (one(parameters, 'response_type') !== 'code') {
    return ['unsupported_response_type', 'The app has the grant type Authorization Code alone.'];
  }
  if ((one(parameters, 'response_mode') ?? 'query') !== 'query') {
    return ['invalid_request', 'The response mode is query.'];
  }
  if (!scopes.includes('openid')) return ['invalid_scope', 'The scopes must hold openid.'];
  if (codeChallenge === undefined) {
    return requirePkce
      ? ['invalid_request', 'PKCE code challenge is required by the application.']
      : undefined;
  }
  if (one(parameters, 'code_challenge_method') !== 'S256') {
    return ['invalid_request', 'The code challenge method must be S256.'];
  }
  return /^[\w-]{43}$/.test(codeChallenge)
    ? undefined
    : ['invalid_request', 'The code challenge is not a SHA-256 digest in base64url.'];
}
