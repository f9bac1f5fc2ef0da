import { CONNECTIONS } from './load.ts';
import { externalIdOf, personDocument, userNameOf } from './seed/documents.ts';
import { groupSizes, type Seed, scimRequest } from './seed/seed.ts';

/** What a figure stands beside: a bare route with the answer of a user or of a page, or its own statements replayed. */
type Limit = 'bare_user' | 'bare_page' | 'replay';

/** One kind of request that is measured. */
export interface Scenario {
  readonly id: string;
  readonly title: string;
  readonly expected: number;
  readonly limit: Limit | undefined;
  /** The share of its limit that it must reach on SQLite. */
  readonly target?: number;
  /** Resources of one answer, where that counts. */
  readonly resources?: number;
  /** Whether the seed holds what it needs. */
  readonly isThere?: (seed: Seed) => boolean;
  /** The requests of a round, a connection's one after the other; the database is that of `seed`. */
  requests(seed: Seed): (connection: number) => Buffer;
}

/** Users that a round of reads goes around, at most; more would only cost the load generator memory. */
const READ_USERS = 10_000;
/** Users that a round of PATCHes goes around, at most. */
const PATCHED_USERS = 1_000;
const PAGE = 100;

const get: Scenario = {
  id: 'get',
  title: 'GET user, in no group',
  expected: 200,
  limit: 'bare_user',
  target: 0.6,
  requests: getOneByOne,
};

const getInGroups: Scenario = {
  id: 'get-groups',
  title: 'GET user, in two groups',
  expected: 200,
  limit: 'bare_user',
  target: 0.35,
  requests: ({ people }) =>
    around(people.ids.slice(...people.grouped).map((id) => getById(people, id))),
};

const filters: readonly Scenario[] = [
  filterBy('filter', 'userName', (n, domain) => userNameOf('person', n, domain)),
  filterBy('filter-external-id', 'externalId', (n) => externalIdOf('person', n)),
  filterBy('filter-emails', 'emails.value', (n, domain) => userNameOf('person', n, domain)),
];

function filterBy(
  id: string,
  attribute: string,
  wantedOf: (number: number, domain: string) => string,
): Scenario {
  return {
    id,
    title: `filter by ${attribute}`,
    expected: 200,
    limit: 'bare_user',
    target: 0.35,
    requests: ({ people }) =>
      around(
        scattered(ungrouped(people)).map((n) => {
          const expression = `${attribute} eq "${wantedOf(n, people.domain)}"`;
          return scimRequest(people, 'GET', `/Users?filter=${encodeURIComponent(expression)}`);
        }),
      ),
  };
}

const listFirst: Scenario = {
  id: 'list-first',
  title: 'list of 100, first page',
  expected: 200,
  limit: 'bare_page',
  target: 0.3,
  resources: PAGE,
  requests: ({ people }) => around([page(people, 1)]),
};

const listDeep: Scenario = {
  id: 'list-deep',
  title: 'list of 100, deepest page',
  expected: 200,
  limit: 'bare_page',
  target: 0.3,
  resources: PAGE,
  requests: ({ people }) => around([page(people, people.ids.length - PAGE + 1)]),
};

const listGrouped: Scenario = {
  id: 'list-groups',
  title: 'list of 100, all in two groups',
  expected: 200,
  limit: 'bare_page',
  resources: PAGE,
  requests: ({ people }) => around([page(people, people.grouped[0] + 1)]),
};

const patchActive: Scenario = {
  id: 'patch-active',
  title: 'PATCH active, alternating',
  expected: 200,
  limit: 'replay',
  target: 0.6,
  requests: ({ people }) => {
    const ids = people.ids.slice(0, Math.min(PATCHED_USERS, people.grouped[0]));
    // Each connection has users of its own and sends all of them the one value, then the other.
    const turns = [false, true].map((active) =>
      ids.map((id) => scimRequest(people, 'PATCH', `/Users/${id}`, activeOperation(active))),
    );
    const requests = Array.from({ length: CONNECTIONS }, (_, connection) =>
      turns.flatMap((turn) => turn.filter((_, index) => index % CONNECTIONS === connection)),
    );
    return eachAround(requests);
  },
};

const create: Scenario = {
  id: 'post',
  title: 'POST user',
  expected: 201,
  limit: 'replay',
  target: 0.6,
  requests: ({ people }) => {
    let index = people.ids.length;
    return () => {
      index += 1;
      return scimRequest(people, 'POST', '/Users', personDocument('person', index, people.domain));
    };
  },
};

/** In the order in which they are measured; what makes the database grow comes last. */
export const scenarios: readonly Scenario[] = [
  get,
  getInGroups,
  ...filters,
  listFirst,
  listDeep,
  listGrouped,
  ...groupSizes.map(memberPatch),
  patchActive,
  create,
];

/** What is measured beside peers. */
export const comparable = [
  'get',
  'filter',
  'list-first',
  'list-groups',
  'members-10',
  'patch-active',
  'post',
];

/** Each connection has a person of its own, adds it and takes it out again. */
function memberPatch(size: number): Scenario {
  return {
    id: `members-${size}`,
    title: `PATCH members, group of ${size.toLocaleString('en-US')}`,
    expected: 204,
    limit: undefined,
    isThere: ({ crowd }) => size in crowd.groups,
    requests: ({ crowd }) => {
      const groups = crowd.groups[size] ?? [];
      const requests = crowd.spares.map((spare, connection) => {
        const path = `/Groups/${groups[connection % groups.length]}`;
        return [addition(spare), removal(spare)].map((body) =>
          scimRequest(crowd, 'PATCH', path, body),
        );
      });
      return eachAround(requests);
    },
  };
}

/** Reads of people in no group, one after the other. */
export function getOneByOne({ people }: Seed): () => Buffer {
  return around(scattered(ungrouped(people)).map((n) => getById(people, people.ids[n] ?? '')));
}

function getById(directory: Seed['people'], id: string): Buffer {
  return scimRequest(directory, 'GET', `/Users/${id}`);
}

function page(directory: Seed['people'], startIndex: number): Buffer {
  return scimRequest(directory, 'GET', `/Users?startIndex=${startIndex}&count=${PAGE}`);
}

/** Numbers of the people who are in no group. */
function ungrouped({ ids, grouped: [from, before] }: Seed['people']): number[] {
  return [...ids.keys()].filter((number) => number < from || number >= before);
}

/** As many of these as are read, in an order that jumps over the whole of them; the same in every run. */
function scattered(numbers: readonly number[]): number[] {
  // A stride without a common factor visits each once.
  const stride = 7_919;
  return Array.from(
    { length: Math.min(READ_USERS, numbers.length) },
    (_, index) => numbers[(index * stride) % numbers.length] ?? 0,
  );
}

/** All connections go around one list together. */
export function around(requests: readonly Buffer[]): () => Buffer {
  let index = 0;
  return () => {
    const request = requests[index % requests.length];
    index += 1;
    return request ?? nothing();
  };
}

/** Each connection goes around a list of its own. */
function eachAround(requests: readonly (readonly Buffer[])[]): (connection: number) => Buffer {
  const next = requests.map(around);
  return (connection) => next[connection]?.() ?? nothing();
}

function nothing(): never {
  throw new Error('a scenario without requests');
}

function activeOperation(active: boolean): string {
  return patchOf({ op: 'replace', value: { active } });
}

function addition(member: string): string {
  return patchOf({ op: 'add', path: 'members', value: [{ value: member }] });
}

function removal(member: string): string {
  return patchOf({ op: 'remove', path: `members[value eq "${member}"]` });
}

function patchOf(operation: object): string {
  const schemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp'];
  return JSON.stringify({ schemas, Operations: [operation] });
}
