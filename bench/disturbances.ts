import { measure } from './load.ts';
import { around, getOneByOne } from './scenarios.ts';
import { groupDocument } from './seed/documents.ts';
import { type Seed, scimRequest } from './seed/seed.ts';
import type { BenchServer } from './server.ts';

/** A heavy request, and what it does to everybody else. */
export interface Disturbance {
  readonly id: string;
  readonly title: (seed: Seed) => string;
  readonly expected: readonly number[];
  /** The requests, one after the other. */
  requests(seed: Seed): () => Buffer;
}

/** What one disturbance came to in one round. */
export interface Disturbed {
  readonly title: string;
  /** Milliseconds of one heavy request, at the median. */
  readonly takes: number;
  /** Milliseconds that the event loop stood still at most. */
  readonly longestStall: number;
  /** 99th percentile of others' GETs, in milliseconds, without it and meanwhile. */
  readonly alone: number;
  readonly meanwhile: number;
}

/** Others: few, so that they wait for the disturbance and not for each other. */
const OTHERS = 4;

export const disturbances: readonly Disturbance[] = [
  {
    id: 'put-group',
    title: ({ crowd }) =>
      `PUT of a group of ${largestGroup(crowd).toLocaleString('en-US')} with one change`,
    expected: [200],
    requests: ({ crowd }) => {
      const size = largestGroup(crowd);
      const path = `/Groups/${crowd.groups[size]?.[0]}?excludedAttributes=members`;
      const members = crowd.ids.slice(0, size);
      const others = [...crowd.ids.slice(0, size - 1), ...crowd.spares.slice(-1)];
      const name = `Crowd of ${size}, number 1`;
      return around(
        [others, members].map((ids) => scimRequest(crowd, 'PUT', path, groupDocument(name, ids))),
      );
    },
  },
  {
    id: 'scan',
    title: ({ people }) =>
      `filter without an index over ${people.ids.length.toLocaleString('en-US')} users`,
    // Beyond its budget the product refuses.
    expected: [200, 400],
    requests: ({ people }) => {
      const filter = encodeURIComponent('title co "nobody has this"');
      return around([scimRequest(people, 'GET', `/Users?filter=${filter}`)]);
    },
  },
];

/** Measures others' GETs alone, then beside the disturbance. */
export async function disturb(
  server: BenchServer,
  seed: Seed,
  disturbance: Disturbance,
  milliseconds: number,
): Promise<Disturbed> {
  const others = {
    port: server.port,
    next: getOneByOne(seed),
    expected: 200,
    milliseconds,
    connections: OTHERS,
  };
  const { expected } = disturbance;
  const heavy = { ...others, next: disturbance.requests(seed), expected, connections: 1 };
  await measure({ ...heavy, milliseconds: 1 });
  const alone = await measure(others);
  await server.ask({ stalls: true });
  const [meanwhile, itself] = await Promise.all([measure(others), measure(heavy)]);
  // The preloaded watch answers this.
  const { longestStall } = (await server.ask({ stalls: true })) as { longestStall: number };
  return {
    title: disturbance.title(seed),
    takes: itself.p50,
    longestStall,
    alone: alone.p99,
    meanwhile: meanwhile.p99,
  };
}

function largestGroup({ groups }: Seed['crowd']): number {
  return Math.max(...Object.keys(groups).map(Number));
}
