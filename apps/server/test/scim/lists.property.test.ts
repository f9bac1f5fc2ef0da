import { type JsonObject, searchRequestSchema } from '@rollcall/scim';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import {
  holds,
  type ReferenceFilter,
} from '../../../../packages/scim/test/fuzz/reference-filter.ts';
import { describeEachEngine } from '../support/databases.ts';
import { elementsOf, listedTypes, type Nameable, nameables, seedCorpus } from './corpus.ts';
import { type ScimServer, startScim } from './scim-server.ts';

/** A filter as text, and what it means. */
interface Written {
  readonly text: string;
  readonly means: ReferenceFilter;
}

/** What one list asks, beside its paging. */
interface Question {
  readonly filter: Written | undefined;
  readonly sortBy: Nameable | undefined;
  readonly sortOrder: 'ascending' | 'descending';
  readonly count: number;
}

describeEachEngine('Lists of a corpus', (databases) => {
  let scim: ScimServer;
  let corpus: Awaited<ReturnType<typeof seedCorpus>>;
  beforeAll(async () => {
    // The server of a test ends with it, so that each test starts one over the same database.
    const first = await startScim(await databases.open(), { seats: 100 });
    corpus = await seedCorpus(first);
    scim = first;
  });

  it('answer every filter and order as a plain reference does, in pages by index and by cursor, on users, on groups and on both (F-04, F-05, F-12, F-14 to F-17, F-21 to F-25, F-28 to F-30, F-32, F-33, F-42, O-02, O-04 to O-06, O-08 to O-10, L-11, L-15, L-16, N-02, N-19, Q-03, Q-06, Z-28 to Z-31)', async () => {
    for (const [path, types, numRuns] of [
      ['/Users', ['users'], 120],
      ['/Groups', ['groups'], 60],
      ['/', ['users', 'groups'], 40],
    ] as const) {
      const resources = types.flatMap((type) => corpus[type]);
      const questions = anyQuestion(types, resources);
      await fc.assert(
        fc.asyncProperty(questions, fc.constantFrom(byIndex, byCursor), async (question, walk) => {
          const expected = expectedIds(resources, question);
          expect(await walk(scim, path, question, expected.length)).toEqual(expected);
        }),
        { numRuns },
      );
    }
  });
});

/** All ids, page after page, and each page again as a search. */
async function byIndex(scim: ScimServer, path: string, question: Question, total: number) {
  const ids: unknown[] = [];
  for (let startIndex = 1; startIndex <= total + 1; startIndex += question.count) {
    const parameters = { ...parametersOf(question), startIndex };
    const { body } = await scim.send('GET', `${path}?${encoded(parameters)}`);
    expect(body, question.filter?.text).toMatchObject({ totalResults: total, startIndex });
    ids.push(...idsOf(body));
    if (startIndex > 1) continue;
    const searched = await scim.send('POST', `${path === '/' ? '' : path}/.search`, {
      body: { schemas: [searchRequestSchema], ...parameters },
    });
    expect(searched.body).toEqual(body);
  }
  return ids;
}

/** All ids by cursor, after the way back has shown the same pages. */
async function byCursor(scim: ScimServer, path: string, question: Question, total: number) {
  const read = async (cursor: string) => {
    const { body } = await scim.send(
      'GET',
      `${path}?${encoded({ ...parametersOf(question), cursor })}`,
    );
    expect(body.totalResults, question.filter?.text).toBe(total);
    return body;
  };
  const pages = [await read('')];
  expect(pages[0]).not.toHaveProperty('previousCursor');
  while (pages.at(-1).nextCursor !== undefined) pages.push(await read(pages.at(-1).nextCursor));
  expect(pages).toHaveLength(Math.max(1, Math.ceil(total / question.count)));
  for (let at = pages.length - 1; at > 0; at -= 1) {
    const back = await read(pages[at].previousCursor);
    expect(idsOf(back)).toEqual(idsOf(pages[at - 1]));
  }
  return pages.flatMap(idsOf);
}

function idsOf(body: { readonly Resources: readonly JsonObject[] }): unknown[] {
  return body.Resources.map(({ id }) => id);
}

function parametersOf({ filter, sortBy, sortOrder, count }: Question) {
  return {
    count,
    ...(filter === undefined ? {} : { filter: filter.text }),
    ...(sortBy === undefined ? {} : { sortBy: sortBy.written, sortOrder }),
  };
}

function encoded(parameters: Readonly<Record<string, unknown>>): string {
  return new URLSearchParams(
    Object.entries(parameters).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
}

function expectedIds(resources: readonly JsonObject[], question: Question): unknown[] {
  const { filter, sortBy, sortOrder } = question;
  const found = resources.filter(
    (resource) => filter === undefined || holds(filter.means, resource),
  );
  if (sortBy === undefined) return found.map(({ id }) => id);
  const keyed = found.map((resource) => ({
    id: String(resource.id),
    key: sortKeyOf(resource, sortBy),
  }));
  keyed.sort((one, other) => compareKeys(one.key, other.key) || (one.id < other.id ? -1 : 1));
  return (sortOrder === 'ascending' ? keyed : keyed.toReversed()).map(({ id }) => id);
}

/** The plain reading of RFC 7644 §3.4.2.3: bytes in the order of the type; of several elements the primary one or the first. */
function sortKeyOf(resource: unknown, { path, kind }: Nameable): Buffer | undefined {
  let value = resource;
  for (const name of path) {
    const list = [Object(value)[name]].flat();
    value = list.find((element) => Object(element).primary === true) ?? list[0];
  }
  if (value === undefined || value === null) return undefined;
  if (kind === 'exact' || kind === 'boolean') return Buffer.from(String(value));
  if (kind === 'time') return Buffer.from(new Date(String(value)).toISOString());
  return Buffer.from(String(value).normalize('NFC').toLowerCase().normalize('NFC'));
}

function compareKeys(one: Buffer | undefined, other: Buffer | undefined): number {
  if (one === undefined || other === undefined) {
    return Number(one === undefined) - Number(other === undefined);
  }
  return Buffer.compare(one, other);
}

/** What the databases decide themselves, which is to be asked for as often as all the rest. */
const indexedNames =
  /^(id|userName|externalId|displayName|active|emails.value|groups.value|members.value|meta.(created|lastModified|resourceType)|.*manager.value)$/;

function anyQuestion(
  types: readonly (keyof typeof listedTypes)[],
  resources: readonly JsonObject[],
): fc.Arbitrary<Question> {
  const names = types.flatMap((type) => nameables(listedTypes[type]));
  const elements = types.flatMap((type) => elementsOf(listedTypes[type]));
  const indexed = names.filter(({ written }) => indexedNames.test(written));
  const name = fc.oneof(fc.constantFrom(...names), fc.constantFrom(...indexed));
  const term = name.chain((each) => comparison(each, resources, []));
  const bracketed = fc
    .constantFrom(...elements)
    .chain(({ name, parts }) =>
      fc
        .tuple(inner(name, parts, resources), fc.option(inner(name, parts, resources)))
        .map(([first, second]) => elementFilter(name, first, second)),
    );
  const { filter } = fc.letrec<{ filter: Written }>((tie) => ({
    filter: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      term,
      bracketed,
      joined(tie('filter')),
      tie('filter').map(negated),
    ),
  }));
  return fc.record({
    filter: fc.option(filter, { nil: undefined }),
    sortBy: fc.option(name, { nil: undefined }),
    sortOrder: fc.constantFrom('ascending', 'descending'),
    count: fc.constantFrom(3, 5, 40),
  });
}

function inner(
  attribute: string,
  parts: readonly Nameable[],
  resources: readonly JsonObject[],
): fc.Arbitrary<Written> {
  const part = fc.constantFrom(...parts).chain((name) => comparison(name, resources, [attribute]));
  return fc.oneof({ weight: 3, arbitrary: part }, joined(part), part.map(negated));
}

/** `emails[…]`, or `emails[…].value eq …` where a plain comparison follows (Z-30). */
function elementFilter(name: string, first: Written, second: Written | null): Written {
  const isPlain = second?.means.is === 'compare' || second?.means.is === 'present';
  if (second === null || !isPlain) {
    return {
      text: `${name}[${first.text}]`,
      means: { is: 'element', path: [name], part: first.means },
    };
  }
  const part: ReferenceFilter = { is: 'and', parts: [first.means, second.means] };
  return {
    text: `${name}[${first.text}].${second.text}`,
    means: { is: 'element', path: [name], part },
  };
}

function joined(part: fc.Arbitrary<Written>): fc.Arbitrary<Written> {
  return fc.tuple(part, fc.constantFrom('and', 'or'), part).map(([one, is, other]) => ({
    text: `(${one.text}) ${is} (${other.text})`,
    means: { is, parts: [one.means, other.means] },
  }));
}

function negated({ text, means }: Written): Written {
  return { text: `not (${text})`, means: { is: 'not', part: means } };
}

/** Asks for what resources hold, whole or in part, so that many comparisons hit. */
function comparison(
  { written, path, kind, operators }: Nameable,
  resources: readonly JsonObject[],
  under: readonly string[],
): fc.Arbitrary<Written> {
  const held = heldAt(resources, [...under, ...path]);
  const present: Written = { text: `${written} pr`, means: { is: 'present', path } };
  const value =
    kind === 'boolean'
      ? fc.boolean()
      : fc.constantFrom(...held, ...(kind === 'time' ? ['2020-01-01T00:00:00Z'] : ['nobody']));
  const operator = fc.oneof(fc.constantFrom(...operators), fc.constantFrom('eq', 'ne'));
  const compared = fc
    .tuple(operator, value, fc.nat({ max: 3 }))
    .map(([operator, whole, cut]): Written => {
      const isPart = ['co', 'sw', 'ew'].includes(operator) && typeof whole === 'string';
      const asked = isPart ? partOf(whole, operator, cut) : whole;
      return {
        text: `${written} ${operator} ${JSON.stringify(asked)}`,
        means: { is: 'compare', path, kind, operator, value: asked },
      };
    });
  return fc.oneof(
    { weight: 8, arbitrary: compared },
    fc.constant(present),
    fc.constant(negated({ ...present, text: `${written} pr` })),
    fc.constant<Written>({
      text: `${written} eq null`,
      means: { is: 'not', part: present.means },
    }),
  );
}

function partOf(whole: string, operator: string, cut: number): string {
  const letters = [...whole];
  return (operator === 'sw' ? letters.slice(0, letters.length - cut) : letters.slice(cut)).join('');
}

function heldAt(resources: readonly JsonObject[], path: readonly string[]): string[] {
  let values: unknown[] = [...resources];
  for (const name of path) {
    values = values.flatMap((value) => [Object(value)[name]].flat()).filter((one) => one != null);
  }
  return [...new Set(values.map(String))].slice(0, 12);
}
