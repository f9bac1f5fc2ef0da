import { randomBytes } from 'node:crypto';

/** What a person who signed in granted the service. */
export interface Grant {
  readonly personId: string;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly nonce: string | undefined;
  /** S256, where the service sent one. */
  readonly codeChallenge: string | undefined;
  /** When the person signed in, in milliseconds since the epoch. */
  readonly authTime: number;
}

const codeLife = 60_000;

/** How long an access token and an ID token hold, in milliseconds. */
export const tokenLife = 3_600_000;

interface Issued {
  readonly grant: Grant;
  readonly until: number;
}

/** The codes and access tokens that are out, in memory: they end with the process. */
export class Grants {
  readonly #codes = new Map<string, Issued>();
  /** Spent codes with the token that each brought. */
  readonly #spent = new Map<string, string>();
  readonly #tokens = new Map<string, Issued>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** A code for one minute and one use. */
  issueCode(grant: Grant): string {
    const code = randomBytes(32).toString('base64url');
    this.#forgetOld();
    this.#codes.set(code, { grant, until: this.#now() + codeLife });
    return code;
  }

  /** Spends a code; a second try takes back the token that the first one brought (RFC 6749 §4.1.2). */
  spend(code: string): Grant | undefined {
    const issued = this.#codes.get(code);
    this.#codes.delete(code);
    this.#tokens.delete(this.#spent.get(code) ?? '');
    return this.#valid(issued);
  }

  /** The access token for a code that was spent. */
  issueToken(code: string, grant: Grant): string {
    const token = randomBytes(32).toString('base64url');
    this.#tokens.set(token, { grant, until: this.#now() + tokenLife });
    this.#spent.set(code, token);
    return token;
  }

  findByToken(token: string): Grant | undefined {
    return this.#valid(this.#tokens.get(token));
  }

  #valid(issued: Issued | undefined): Grant | undefined {
    return issued !== undefined && issued.until > this.#now() ? issued.grant : undefined;
  }

  #forgetOld(): void {
    for (const [code, issued] of this.#codes) if (!this.#valid(issued)) this.#codes.delete(code);
    for (const [token, issued] of this.#tokens)
      if (!this.#valid(issued)) this.#tokens.delete(token);
    for (const [code, token] of this.#spent) if (!this.#tokens.has(token)) this.#spent.delete(code);
  }
}
