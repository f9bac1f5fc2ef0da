import { getServers } from 'node:dns';
import { Resolver } from 'node:dns/promises';
import { second } from '../../duration.ts';

/** How one resolver answered the question for the TXT records of a host. */
export interface TxtAnswer {
  /** Address of the resolver, with its port where that is not 53. */
  readonly resolver: string;
  readonly outcome: 'answered' | 'no_name' | 'no_data' | 'refused' | 'timeout' | 'failed';
  /** The values, each joined from its chunks (RFC 7208 §3.3); empty unless `answered`. */
  readonly values: readonly string[];
  /** Milliseconds. */
  readonly took: number;
}

/** No resolver is waited for any longer. */
export const lookUpTimeout = 3 * second;

/** So many of the system's resolvers are asked; more would only say the same. */
const MOST_RESOLVERS = 3;

/** A host can have many TXT records, and each 64 KB: what is kept of them. */
const MOST_VALUES = 20;
const LONGEST_VALUE = 300;

/**
 * Asks every resolver for the TXT records of `host`, side by side. Never rejects.
 *
 * @param servers addresses with or without a port; those of the system where it is empty
 */
export function lookUpTxt(servers: readonly string[], host: string): Promise<TxtAnswer[]> {
  const resolvers = servers.length > 0 ? servers : getServers().slice(0, MOST_RESOLVERS);
  return Promise.all(resolvers.map((resolver) => ask(resolver, host)));
}

async function ask(server: string, host: string): Promise<TxtAnswer> {
  const began = performance.now();
  const answer = (outcome: TxtAnswer['outcome'], values: readonly string[] = []): TxtAnswer => ({
    resolver: server,
    outcome,
    values,
    took: Math.round(performance.now() - began),
  });
  const resolver = new Resolver({ timeout: lookUpTimeout, tries: 1 });
  // c-ares goes on to another address, or over TCP, with a timeout of its own each.
  const limit = setTimeout(() => resolver.cancel(), lookUpTimeout);
  try {
    resolver.setServers([server]);
    const records = await resolver.resolveTxt(host);
    const values = records.map((chunks) => chunks.join('').slice(0, LONGEST_VALUE));
    return answer('answered', values.slice(0, MOST_VALUES));
  } catch (error) {
    return answer(outcomes[Object(error).code] ?? 'failed');
  } finally {
    clearTimeout(limit);
  }
}

const outcomes: Readonly<Record<string, TxtAnswer['outcome']>> = {
  ENOTFOUND: 'no_name',
  ENODATA: 'no_data',
  EREFUSED: 'refused',
  ECONNREFUSED: 'refused',
  ETIMEOUT: 'timeout',
  ECANCELLED: 'timeout',
};
