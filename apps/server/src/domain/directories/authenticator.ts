import { after, type ReadSide, type Soon } from '../../database/index.ts';
import { type Authentication, authenticateDirectory } from './authenticate.ts';

/** Callers that are remembered. */
const REMEMBERED = 1_000;

type Accepted = Extract<Authentication, { kind: 'accepted' }>;

/**
 * Tells whose requests are. It remembers whom it accepted for as long as the version of the database proves that nothing was
 * written since: a token that is revoked, by whatever process, is refused at the next request. Where a database has no version,
 * and for whoever is refused, each request is looked up.
 */
export class Authenticator {
  readonly #read: ReadSide;
  /** By the header as it came, which spares its digest. */
  readonly #accepted = new Map<string, Accepted>();
  #version: number | undefined;

  constructor(read: ReadSide) {
    this.#read = read;
  }

  /**
   * @param authorization the header as it came
   * @param now UTC milliseconds
   */
  authenticate(
    directoryId: string,
    authorization: string | undefined,
    now: number,
  ): Soon<Authentication> {
    const version = this.#read.version();
    if (version === undefined || authorization === undefined) {
      return authenticateDirectory(this.#read, directoryId, authorization, now);
    }
    if (version !== this.#version) this.#accepted.clear();
    this.#version = version;
    const known = this.#accepted.get(authorization);
    if (known !== undefined && known.caller.directory.id === directoryId && now < known.until) {
      return known;
    }
    const found = authenticateDirectory(this.#read, directoryId, authorization, now);
    return after(found, (authentication) => this.#remember(version, authorization, authentication));
  }

  #remember(
    version: number,
    authorization: string,
    authentication: Authentication,
  ): Authentication {
    const isCurrent = version === this.#version && this.#accepted.size < REMEMBERED;
    if (authentication.kind === 'accepted' && isCurrent) {
      this.#accepted.set(authorization, authentication);
    }
    return authentication;
  }
}
