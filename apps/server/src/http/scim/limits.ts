import type { ClientProfile } from '@rollcall/scim';
import type { DirectoryCaller } from '../../domain/directories/index.ts';
import { numberInWords } from '../../domain/number-in-words.ts';
import { RefusedRequest, refuse } from '../../domain/request-log/index.ts';
import { addressThrottle } from '../../domain/sessions/index.ts';
import { second } from '../../duration.ts';
import { RateLimiter } from './rate-limiter.ts';

/** Seconds of its rate that a client may send at once: an import that begins is no flood. */
const BURST = 10;
/** Tokens of one directory: that of its IdP, and one that relieves it or reads beside it. */
const TOKENS = 2;
/** Requests a second that an address may send without a valid token. */
const UNPROVEN = 10;
/** Directories, tokens and addresses that are remembered. */
const KEYS = 10_000;

/** The refusal of a request that came too soon. */
export class TooManyRequests extends RefusedRequest {
  /** Whole seconds to wait. */
  readonly retryAfter: number;

  constructor(who: string, rate: number, wait: number, provider: ClientProfile) {
    const retryAfter = Math.ceil(wait / second);
    const seconds = retryAfter === 1 ? '1 second' : `${numberInWords(retryAfter)} seconds`;
    const why = `${who} more than ${numberInWords(rate)} requests a second. Come again in ${seconds}.`;
    const { explanation, status, detail } = refuse('rate_limited', 429, provider, { why });
    super(explanation, status, detail);
    this.retryAfter = retryAfter;
  }
}

/** Holds tokens, directories and addresses to their rates (S-07), each process by itself. */
export class RequestLimits {
  readonly #rate: number;
  readonly #tokens: RateLimiter;
  readonly #directories: RateLimiter;
  readonly #addresses: RateLimiter;

  /** @param rate requests a second that one token may send; null for no limit at all, which addresses have none of either */
  constructor(rate: number | null) {
    this.#rate = rate ?? 0;
    const limiter = (limit: number) =>
      new RateLimiter({ rate: limit, burst: limit * BURST, keys: KEYS });
    this.#tokens = limiter(this.#rate);
    this.#directories = limiter(this.#rate * TOKENS);
    this.#addresses = limiter(UNPROVEN);
  }

  /**
   * Counts a request of a directory's client, for its token and for its directory.
   *
   * @param at UTC milliseconds
   * @throws TooManyRequests where it came too soon; then neither is charged
   */
  admit(caller: DirectoryCaller, at: number): void {
    if (this.#rate === 0) return;
    const { directory, tokenId } = caller;
    const { id, provider } = directory;
    const wait = this.#tokens.wait(tokenId, at);
    if (wait > 0) throw new TooManyRequests('This token has sent', this.#rate, wait, provider);
    const all = this.#directories.wait(id, at);
    if (all > 0) {
      const who = 'The tokens of this directory together have sent';
      throw new TooManyRequests(who, this.#rate * TOKENS, all, provider);
    }
    this.charge(caller, at, 1);
  }

  /** Counts what a request that was admitted stands for. */
  charge({ directory, tokenId }: DirectoryCaller, at: number, requests: number): void {
    if (this.#rate === 0) return;
    this.#tokens.count(tokenId, at, requests);
    this.#directories.count(directory.id, at, requests);
  }

  /**
   * Counts a request that shows no valid token. Only such requests wait for each other: whoever shows a valid one is never held
   * up by what others send from its address.
   *
   * @throws TooManyRequests where its address sent too many
   */
  admitUnproven(address: string, at: number, provider: ClientProfile = 'generic'): void {
    if (this.#rate === 0) return;
    const wait = this.#addresses.take(addressThrottle(address).key, at);
    if (wait === 0) return;
    throw new TooManyRequests(
      'Without a valid token this address has sent',
      UNPROVEN,
      wait,
      provider,
    );
  }
}
