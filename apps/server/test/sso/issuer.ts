import { createHash, createPrivateKey, createPublicKey } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, SignJWT } from 'jose';
import type { KeyPair } from '../../../../packages/sso/src/index.ts';
import { idpKeys } from '../../../../packages/sso/test/saml/idp.ts';

/** What the next ID token is made of, where it is to differ. */
export interface TokenChange {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly key?: KeyPair;
  readonly alg?: 'RS256' | 'HS256' | 'none';
}

/** A real OpenID Connect issuer on loopback, of which a test says whom it vouches for. */
export class TestIssuer {
  readonly #server: Server;
  readonly #codes = new Map<string, { nonce: string; challenge: string }>();
  url = '';
  clientSecret = 'a client secret of the tests';
  change: TokenChange = {};
  claims: Record<string, unknown> = {};
  /** How the token endpoint fails, if it does. */
  failing: 'unavailable' | 'drops' | undefined;
  /** Addresses that were asked. */
  readonly asked: string[] = [];

  constructor() {
    this.#server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', async () => {
        this.asked.push(request.url ?? '');
        if (request.url === '/token' && this.failing === 'drops') {
          response.destroy();
          return;
        }
        const [status, answer] = await this.#answer(request.url ?? '', new URLSearchParams(body));
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(JSON.stringify(answer));
      });
    });
  }

  async start(): Promise<this> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    // A TCP server's address is an AddressInfo.
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return this;
  }

  stop(): void {
    this.#server.close();
  }

  /** Signs the person in whom the authorization request came from; answers where the browser is sent back to. */
  authorize(address: string, extra: Readonly<Record<string, string>> = {}): string {
    const { searchParams } = new URL(address);
    const code = `code${this.#codes.size}`;
    this.#codes.set(code, {
      nonce: searchParams.get('nonce') ?? '',
      challenge: searchParams.get('code_challenge') ?? '',
    });
    const back = new URL(searchParams.get('redirect_uri') ?? '');
    back.search = new URLSearchParams({
      code,
      state: searchParams.get('state') ?? '',
      ...extra,
    }).toString();
    return back.href;
  }

  async #answer(path: string, form: URLSearchParams): Promise<[number, object]> {
    if (path === '/.well-known/openid-configuration') return [200, this.#metadata()];
    if (path === '/keys') {
      const jwk = await exportJWK(createPublicKey(idpKeys.certificate));
      return [200, { keys: [{ ...jwk, kid: 'k1', use: 'sig', alg: 'RS256' }] }];
    }
    if (path !== '/token') return [404, {}];
    return this.failing === 'unavailable' ? [503, {}] : this.#token(form);
  }

  #metadata() {
    const { url } = this;
    return {
      issuer: url,
      authorization_endpoint: `${url}/authorize`,
      token_endpoint: `${url}/token`,
      jwks_uri: `${url}/keys`,
      token_endpoint_auth_methods_supported: ['client_secret_post'],
      id_token_signing_alg_values_supported: ['RS256', 'HS256', 'none'],
    };
  }

  async #token(form: URLSearchParams): Promise<[number, object]> {
    const known = this.#codes.get(form.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const right = form.get('client_secret') === this.clientSecret && challenge === known?.challenge;
    if (!right) return [400, { error: 'invalid_grant' }];
    const id_token = await this.#idToken(known.nonce);
    return [200, { access_token: 'access', token_type: 'Bearer', id_token }];
  }

  async #idToken(nonce: string): Promise<string> {
    const { alg = 'RS256', key = idpKeys, claims = {} } = this.change;
    const payload = { iss: this.url, aud: 'client1', nonce, ...this.claims, ...claims };
    const now = Math.floor(Date.now() / 1000);
    if (alg === 'none') {
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
      return `${part({ alg })}.${part({ iat: now, exp: now + 300, ...payload })}.`;
    }
    const token = new SignJWT({ iat: now, exp: now + 300, ...payload }).setProtectedHeader({
      alg,
      kid: 'k1',
    });
    // Algorithm confusion: the public key, which everybody has, as a symmetric one.
    return token.sign(
      alg === 'HS256' ? Buffer.from(this.clientSecret) : createPrivateKey(key.privateKey),
    );
  }
}
