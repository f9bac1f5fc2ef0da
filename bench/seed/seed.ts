import { migrate, openDatabase } from '../../apps/server/src/database/index.ts';
import { seedAccount } from '../../apps/server/test/support/fixtures.ts';
import { requestBytes, sendAll } from '../load.ts';
import { startServer } from '../server.ts';
import { additionOf, groupDocument, personDocument } from './documents.ts';
import { COPIES, multiply } from './multiply.ts';

/** A directory with its token, and where its people are. */
export interface SeededDirectory {
  /** The path of its connector URL. */
  readonly base: string;
  readonly token: string;
  readonly domain: string;
}

/** What a prepared database holds. */
export interface Seed {
  /** As many people as the size says. A few of them are in two groups, the others in none. */
  readonly people: SeededDirectory & {
    /** Ids in the order of their numbers. */
    readonly ids: readonly string[];
    /** Numbers of those in two groups: from, to before. */
    readonly grouped: readonly [number, number];
  };
  /** Another account with groups of the sizes that member PATCHes are measured at. */
  readonly crowd: SeededDirectory & {
    readonly ids: readonly string[];
    readonly groups: Readonly<Record<string, readonly string[]>>;
    /** People who are in no group, for each connection one. */
    readonly spares: readonly string[];
  };
}

const SEATS = 2_000_000;

/** Members of the groups of the crowd, the largest only beside as many people; and how many groups of each size there are. */
export const groupSizes = [10, 1_000, 10_000, 100_000] as const;
const EVERYWHERE = 10_000;
const GROUPS = 4;
const SPARES = 20;

/** Members that one PATCH adds: IdPs fill large groups in steps, and no request but a PUT of a group may have more than 1 MB. */
const ADDED_AT_ONCE = 10_000;

/** People that are made over SCIM; a million are copies of them. */
const MADE_OVER_SCIM = 100_000;

/** Fills an empty database through the product: accounts by its domain functions, people and groups over SCIM. */
export async function fill(databaseUrl: string, size: number): Promise<Seed> {
  const accounts = await openAccounts(databaseUrl);
  const made = size > MADE_OVER_SCIM ? size / COPIES : size;
  const seed = await fillOverScim(databaseUrl, accounts, made);
  await passOverMails(databaseUrl);
  if (made === size) return seed;
  const ids = multiply(databaseUrl, seed.people.base, made);
  return { ...seed, people: { ...seed.people, ids } };
}

async function fillOverScim(
  databaseUrl: string,
  accounts: Record<'people' | 'crowd', SeededDirectory>,
  size: number,
): Promise<Seed> {
  const server = await startServer({ databaseUrl });
  try {
    return {
      people: await fillPeople(server.port, accounts.people, size),
      crowd: await fillCrowd(server.port, accounts.crowd, size),
    };
  } finally {
    await server.stop();
  }
}

/** Everybody got their first mail long ago: else the job that sends it would be at work in every round. */
async function passOverMails(databaseUrl: string): Promise<void> {
  const database = await openDatabase({ url: databaseUrl });
  try {
    await database.write(async (tx) => {
      await tx.query.deleteFrom('first_passphrase_marks').execute();
      await tx.query
        .insertInto('first_passphrase_marks')
        .columns(['account_id', 'effect_id'])
        .expression((eb) =>
          eb
            .selectFrom('effects')
            .select(({ fn }) => ['account_id', fn.max('id').as('effect_id')])
            .groupBy('account_id'),
        )
        .execute();
    });
  } finally {
    await database.close();
  }
}

async function openAccounts(databaseUrl: string) {
  const database = await openDatabase({ url: databaseUrl });
  try {
    await migrate(database);
    const account = async (domain: string): Promise<SeededDirectory> => {
      const at = Date.now();
      const { directoryId, token } = await seedAccount(database, { domain, seats: SEATS, at });
      return { base: `/scim/${directoryId}/v2`, token, domain };
    };
    return { people: await account('example.com'), crowd: await account('example.org') };
  } finally {
    await database.close();
  }
}

async function fillPeople(port: number, directory: SeededDirectory, size: number) {
  const ids = await postPeople(port, directory, 'person', size);
  // In the middle, so that neither the first nor the deepest page has groups.
  const middle = Math.floor(size / 2);
  const grouped = [middle, middle + Math.min(200, size / 5)] as const;
  const members = ids.slice(...grouped);
  await postGroups(port, directory, [
    { name: 'Aviators', members },
    { name: 'Beekeepers', members },
  ]);
  return { ...directory, ids, grouped };
}

async function fillCrowd(port: number, directory: SeededDirectory, people: number) {
  const sizes = groupSizes.filter((size) => size <= Math.max(EVERYWHERE, people));
  const ids = await postPeople(port, directory, 'crowd', Math.max(...sizes) + SPARES);
  const groups: Record<string, readonly string[]> = {};
  for (const size of sizes) {
    const ofSize = Array.from({ length: GROUPS }, (_, number) => ({
      name: `Crowd of ${size}, number ${number + 1}`,
      members: ids.slice(0, size),
    }));
    groups[size] = await postGroups(port, directory, ofSize);
  }
  return { ...directory, ids, groups, spares: ids.slice(-SPARES) };
}

interface Group {
  readonly name: string;
  readonly members: readonly string[];
}

/** Creates people over SCIM; their ids in the order of their numbers. */
export async function postPeople(
  port: number,
  directory: SeededDirectory,
  label: string,
  count: number,
): Promise<string[]> {
  const requests = Array.from({ length: count }, (_, index) =>
    scimRequest(directory, 'POST', '/Users', personDocument(label, index, directory.domain)),
  );
  return idsOf(await sendAll(port, requests, 201));
}

async function postGroups(
  port: number,
  directory: SeededDirectory,
  groups: readonly Group[],
): Promise<string[]> {
  // An answer with members would be streamed, and nobody needs it.
  const path = '/Groups?excludedAttributes=members';
  const posts = groups.map(({ name }) =>
    scimRequest(directory, 'POST', path, groupDocument(name, [])),
  );
  const ids = idsOf(await sendAll(port, posts, 201));
  const additions = groups.flatMap(({ members }, at) =>
    slicesOf(members).map((slice) =>
      scimRequest(directory, 'PATCH', `/Groups/${ids[at]}`, additionOf(slice)),
    ),
  );
  await sendAll(port, additions, 204);
  return ids;
}

function slicesOf(members: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(members.length / ADDED_AT_ONCE) }, (_, slice) =>
    members.slice(slice * ADDED_AT_ONCE, (slice + 1) * ADDED_AT_ONCE),
  );
}

function idsOf(bodies: readonly string[]): string[] {
  return bodies.map((body) => /"id":"([^"]+)"/.exec(body)?.[1] ?? failed(body));
}

function failed(body: string): never {
  throw new Error(`an answer without id: ${body.slice(0, 300)}`);
}

/** The bytes of a SCIM request with the headers that an IdP sends. */
export function scimRequest(
  { base, token }: SeededDirectory,
  method: string,
  path: string,
  body = '',
): Buffer {
  const headers = {
    accept: 'application/scim+json',
    'user-agent': 'Rollcall bench',
    authorization: `Bearer ${token}`,
    ...(body === '' ? {} : { 'content-type': 'application/scim+json; charset=utf-8' }),
  };
  return requestBytes(method, `${base}${path}`, headers, body);
}
