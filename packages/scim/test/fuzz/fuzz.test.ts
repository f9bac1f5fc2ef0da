import {
  applyPatch,
  type ClientProfile,
  checkFilter,
  formatFilter,
  groupResourceType,
  type JsonObject,
  matches,
  parseFilter,
  parseJson,
  parsePatch,
  readResource,
  ScimError,
  splitMemberOperations,
  userResourceType,
} from '@rollcall/scim';
import { describe, expect, test } from 'vitest';
import { LookCounter } from './counted.ts';
import { FilterWriter } from './filters.ts';
import { mutated } from './mutate.ts';
import { writtenPatch } from './patches.ts';
import { fuzzCases, fuzzSeed, fuzzTimeout, Random } from './random.ts';
import { holds } from './reference-filter.ts';
import { sampleDocuments, sampleResources, sampleVocabulary } from './samples.ts';

/** Looks at a value that one comparison may cost at most, with what is around it. */
const LOOKS = 64;
/** Comparisons that one PATCH may ask for. */
const COMPARISONS = 20_000;

/** Runs every case of this test; a failure names the case, which `--seed` repeats. */
function everyCase(judge: (random: Random) => void): void {
  for (let at = 0; at < fuzzCases; at += 1) {
    const seed = fuzzSeed + at;
    try {
      judge(new Random(seed));
    } catch (error) {
      throw new Error(`case ${at}: npm run fuzz -- --count 1 --seed ${seed}`, { cause: error });
    }
  }
}

/** What a refusal may be; any other failure fails the case. */
function refusal(run: () => void, allowed: readonly string[]): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof ScimError)) throw error;
    expect(allowed).toContain(error.scimType ?? String(error.status));
    expect(error.detail.isWellFormed()).toBe(true);
    expect(error.detail.length).toBeLessThan(1_000);
  }
}

describe('Filters from a fuzzer', () => {
  test('F-01 F-02 F-04 F-05 F-09 F-12 F-13 F-15 to F-17 F-20 to F-26 F-28 to F-30 F-32 F-33 every right one means what the plain reference says', {
    timeout: fuzzTimeout,
  }, () => {
    everyCase((random) => {
      const { text, means } = new FilterWriter(random, sampleVocabulary).filter();
      const parsed = parseFilter(text);
      const filter = checkFilter(userResourceType, parsed, 'generic');
      const found = sampleResources.filter((one) => matches(filter, one)).map(({ id }) => id);
      const wanted = sampleResources.filter((one) => holds(means, one)).map(({ id }) => id);
      expect(found, text).toEqual(wanted);
      expect(parseFilter(formatFilter(parsed)), text).toEqual(parsed);
    });
  });

  test('F-06 F-38 every damaged one is answered or refused with invalidFilter', {
    timeout: fuzzTimeout,
  }, () => {
    everyCase((random) => {
      const { text } = new FilterWriter(random, sampleVocabulary).filter();
      const damaged = mutated(random, text).toString();
      refusal(() => {
        const filter = checkFilter(userResourceType, parseFilter(damaged), 'okta');
        for (const one of sampleResources) matches(filter, one);
      }, ['invalidFilter']);
    });
  });
});

const profiles: readonly ClientProfile[] = ['okta', 'entra', 'generic'];
const refusals = [
  'invalidSyntax',
  'invalidPath',
  'invalidFilter',
  'invalidValue',
  'mutability',
  'noTarget',
  'tooMany',
  '413',
];

/** Reads and applies a PATCH as the server does, on a document that must stay as it is. */
function patched(text: string, document: JsonObject, profile: ClientProfile): JsonObject {
  const { operations } = parsePatch(userResourceType, parseJson(text), { profile, id: 'u-1' });
  return applyPatch(userResourceType, document, operations, profile).document;
}

describe('PATCHes from a fuzzer', () => {
  test('P-04 each is refused by name or leaves a document that a PUT would give again', {
    timeout: fuzzTimeout,
  }, () => {
    everyCase((random) => {
      const profile = random.pick(profiles);
      const written = writtenPatch(random);
      const text = random.chance(3) ? mutated(random, written).toString() : written;
      refusal(() => {
        const document = patched(text, random.pick(sampleDocuments), profile);
        const options = { mode: 'replace', profile, current: document } as const;
        expect(readResource(userResourceType, document, options).document, text).toEqual(document);
      }, refusals);
      refusal(() => {
        const { operations } = parsePatch(groupResourceType, parseJson(text), { profile });
        splitMemberOperations(operations);
      }, refusals);
      expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    });
  });

  test('P-60 none looks at more than its comparisons allow', { timeout: fuzzTimeout }, () => {
    const emails = Array.from({ length: 1_000 }, (_, at) => ({ value: `${at}@x`, type: 'work' }));
    const wide: JsonObject = { ...sampleDocuments[0], emails };
    const random = new Random(fuzzSeed);
    for (let round = 0; round < 20; round += 1) {
      const operations = Array.from({ length: 2_000 }, () => hungry(random));
      const counter = new LookCounter();
      const text = JSON.stringify({
        schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
        Operations: operations,
      });
      refusal(() => void patched(text, counter.watch(wide), 'entra'), refusals);
      expect(counter.looks).toBeLessThan(COMPARISONS * LOOKS);
    }
  });
});

/** An operation that costs as much as one can. */
function hungry(random: Random): object {
  const terms = Array.from({ length: 1 + random.below(60) }, () => `value ne "${random.below(9)}"`);
  const path = `emails[${terms.join(' and ')}]`;
  return random.chance(2)
    ? { op: 'remove', path: `${path}.display` }
    : { op: 'add', path, value: { display: String(random.below(9)) } };
}
