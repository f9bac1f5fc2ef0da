import { expect, it } from 'vitest';
import { type OidcFetch, oidcRelyingParty } from '../../src/index.ts';

const issuer = 'https://idp.example.com';
const redirectUrl = 'https://insomnia.example.com/sso/oidc/c1/callback';
const clientSecret = 'a secret: with + signs';

type Asked = Parameters<OidcFetch>[1];

/** What the token endpoint is sent by a client of an issuer that offers these methods. */
async function askedOf(methods: readonly string[] | undefined): Promise<Asked | undefined> {
  const asked: Asked[] = [];
  const party = oidcRelyingParty({
    issuer,
    clientId: 'client1',
    clientSecret,
    redirectUrl,
    metadata: {
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      ...(methods && { token_endpoint_auth_methods_supported: methods }),
    },
    fetch: async (_url, request) => {
      asked.push(request);
      return Response.json({ error: 'invalid_grant' }, { status: 400 });
    },
  });
  const request = { state: 's1', nonce: 'n1', codeVerifier: 'v'.repeat(43) };
  const answer = party.readCallback(`${redirectUrl}?code=c1&state=s1`, request);
  await expect(answer).rejects.toMatchObject({ reason: 'code_refused' });
  return asked[0];
}

it.each([
  [undefined, 'basic'],
  [['client_secret_basic'], 'basic'],
  [['client_secret_basic', 'client_secret_post'], 'post'],
])(
  'where the issuer offers %j, the client authenticates by client_secret_%s (Discovery §3)',
  async (methods, way) => {
    const asked = await askedOf(methods);
    const headers = new Headers(asked?.headers);
    const form = new URLSearchParams(asked?.body);
    const basic = Buffer.from('client1:a+secret%3A+with+%2B+signs').toString('base64');
    expect({ header: headers.get('authorization'), secret: form.get('client_secret') }).toEqual(
      way === 'basic'
        ? { header: `Basic ${basic}`, secret: null }
        : { header: null, secret: clientSecret },
    );
  },
);
