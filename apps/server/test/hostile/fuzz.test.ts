import { groupResourceType, type JsonObject, userResourceType } from '@rollcall/scim';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { FilterWriter, type Vocabulary } from '../../../../packages/scim/test/fuzz/filters.ts';
import { mutated } from '../../../../packages/scim/test/fuzz/mutate.ts';
import { writtenPatch } from '../../../../packages/scim/test/fuzz/patches.ts';
import {
  fuzzCases,
  fuzzSeed,
  fuzzTimeout,
  Random,
} from '../../../../packages/scim/test/fuzz/random.ts';
import { holds } from '../../../../packages/scim/test/fuzz/reference-filter.ts';
import { sampleDocuments, sampleVocabulary } from '../../../../packages/scim/test/fuzz/samples.ts';
import type { Database } from '../../src/database/index.ts';
import { type ScimAnswer, type ScimServer, startScim } from '../scim/scim-server.ts';
import { describeEachEngine } from '../support/databases.ts';
import { expectedPatch, membersOf, type Resource, storedPart } from './expected-patch.ts';

/** A request costs some forty times what a case in memory does. */
const requests = Math.ceil(fuzzCases / 40);

/** What only the other directory has. */
const secret = 'theirs-alone';

const named = (displayName: string, members: readonly string[]) => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
  displayName,
  members: members.map((value) => ({ value })),
});

describeEachEngine('A fuzzer over HTTP', (databases) => {
  let database: Database;
  let mine: ScimServer;
  let theirs: ScimServer;
  let people: Resource[];
  let red: Resource;
  let untouched: string;

  beforeAll(async () => {
    database = await databases.open();
  });

  beforeEach(async () => {
    mine = await startScim(database, { provider: 'generic' });
    theirs = await startScim(database);
    people = [];
    for (const body of sampleDocuments) {
      people.push((await mine.send('POST', '/Users', { body })).body);
      const title = `${secret} ${body.userName}`;
      await theirs.send('POST', '/Users', { body: { ...body, title } });
    }
    const [one, two] = people.map(({ id }) => id);
    red = (await mine.send('POST', '/Groups', { body: named('Red', [`${one}`, `${two}`]) })).body;
    untouched = (await theirs.send('GET', '/Users')).text;
  });

  /** Sends every case of a test; a failure names the case, which `--seed` repeats. */
  async function everyRequest(judge: (random: Random) => Promise<ScimAnswer>): Promise<void> {
    for (let at = 0; at < requests; at += 1) {
      const seed = fuzzSeed + at;
      try {
        const { status, text } = await judge(new Random(seed));
        expect(status).toBeLessThan(500);
        expect(text).not.toContain(secret);
      } catch (error) {
        throw new Error(`request ${at}: npm run fuzz -- --count 40 --seed ${seed}`, {
          cause: error,
        });
      }
    }
    expect((await theirs.send('GET', '/Users')).text).toBe(untouched);
  }

  const find = (filter: Buffer) => mine.send('GET', `/Users?filter=${percentEncoded(filter)}`);

  it('F-01 F-02 F-04 F-05 F-09 F-10 F-12 F-13 F-15 to F-17 F-20 to F-26 F-28 to F-30 F-32 F-33 F-42 T-02 finds whom the plain reference finds', {
    timeout: fuzzTimeout,
  }, async () => {
    const listed: readonly JsonObject[] = (await mine.send('GET', '/Users')).body.Resources;
    const vocabulary = vocabularyOf(listed, red.id);
    await everyRequest(async (random) => {
      const { text, means } = new FilterWriter(random, vocabulary).filter();
      const answer = await find(Buffer.from(text));
      const wanted = listed.filter((one) => holds(means, one)).map(({ id }) => id);
      const found = answer.body.Resources?.map(({ id }: Resource) => id);
      expect({ text, found, answer: answer.status }).toEqual({ text, found: wanted, answer: 200 });
      expect(answer.body.totalResults, text).toBe(wanted.length);
      return answer;
    });
  });

  it('F-06 F-39 answers or refuses a damaged filter', { timeout: fuzzTimeout }, async () => {
    await everyRequest(async (random) => {
      const { text } = new FilterWriter(random, sampleVocabulary).filter();
      const answer = await find(mutated(random, text));
      if (answer.status !== 200) {
        expect([answer.status, answer.body.scimType]).toEqual([400, 'invalidFilter']);
      }
      return answer;
    });
  });

  it('P-04 P-05 makes of a PATCH what the plain reference makes of it', {
    timeout: fuzzTimeout,
  }, async () => {
    const known = new Set(people.map(({ id }) => id));
    const [target] = people;
    if (target === undefined) throw new Error('nobody was created');
    await everyRequest(async (random) => {
      const isGroup = random.chance(2);
      const path = isGroup ? `/Groups/${red.id}` : `/Users/${target.id}`;
      const resourceType = isGroup ? groupResourceType : userResourceType;
      const written = writtenPatch(random, [...known]);
      const body = random.chance(3) ? mutated(random, written) : Buffer.from(written);
      const before: Resource = (await mine.send('GET', path)).body;
      const patching = { resourceType, profile: 'generic', known } as const;
      const expected = expectedPatch(patching, body, before);
      const answer = await mine.send('PATCH', path, { body });
      const after: Resource = (await mine.send('GET', path)).body;
      if ('status' in expected) {
        const got = { status: answer.status, scimType: answer.body?.scimType };
        expect({ written, ...got }).toEqual({ written, ...expected });
        expect(after, written).toEqual(before);
        return answer;
      }
      expect({ written, ...storedPart(after) }).toEqual({ written, ...expected.document });
      const members = membersOf(after).map(({ value }) => value);
      expect(members.sort(), written).toEqual(expected.members);
      return answer;
    });
  });
});

/** What a filter may ask for: what is stored, and some of what is not. */
function vocabularyOf(listed: readonly JsonObject[], groupId: string): Vocabulary {
  const ids = listed.slice(0, 2).map(({ id }) => String(id));
  const times = listed.slice(0, 2).map(({ meta }) => String(Object(meta).created));
  return {
    texts: [...sampleVocabulary.texts, ...ids, groupId],
    times: [...sampleVocabulary.times, ...times],
  };
}

function percentEncoded(bytes: Buffer): string {
  return [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
}
