import type { JsonObject } from '@rollcall/scim';
import { expect, it } from 'vitest';
import { describeEachEngine } from '../support/databases.ts';
import { idsOf, people, refusal } from './people.ts';
import { startScim } from './scim-server.ts';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

describeEachEngine('Sorting', (databases) => {
  it('orders by any attribute, in both directions, what has no value last and first; ties go by id (O-01, O-02, O-03, O-04, O-05, O-06, O-07, O-08, O-09)', async () => {
    const scim = await startScim(await databases.open(), { seats: 100 });
    await people(scim, 4, (at) => ({
      title: ['b', 'A', null, 'c'][at],
      externalId: ['b', 'A', null, 'B'][at],
      name: { familyName: ['Éa', 'z', 'Ab', 'aa'][at] },
      [enterprise]: { department: ['2', null, '10', '1'][at] },
      emails: [
        { value: `z${at}@example.com`, type: 'work' },
        { value: `${3 - at}@example.com`, type: 'home', primary: at !== 1 },
      ],
    }));
    const sorted = async (query: string) => {
      const { body } = await scim.send('GET', `/Users?${query}`);
      return body.Resources.map(({ userName }: JsonObject) => Number(String(userName).slice(1, 3)));
    };
    for (const [requirement, sortBy, expected] of [
      ['O-02 userName', 'userName', [0, 1, 2, 3]],
      ['O-04 without case, O-05 nothing comes last', 'title', [1, 0, 3, 2]],
      ['O-04 with case', 'externalId', [1, 3, 0, 2]],
      ['O-04 by code point, O-07 a part', 'name.familyName', [3, 2, 1, 0]],
      ['O-06 the primary element, else the first', 'emails', [3, 2, 0, 1]],
      ['O-08 an extension', `${enterprise}:department`, [3, 2, 0, 1]],
      ['O-04 times', 'meta.created', [0, 1, 2, 3]],
      ['O-04 times by index', 'meta.lastModified', [0, 1, 2, 3]],
    ] as const) {
      expect(await sorted(`sortBy=${sortBy}`), requirement).toEqual(expected);
      const down = `sortBy=${sortBy}&sortOrder=Descending`;
      expect(await sorted(down), `${requirement}, O-03 descending`).toEqual(expected.toReversed());
    }
    expect(await sorted('sortOrder=descending')).toEqual([0, 1, 2, 3]);
    for (const [query, scimType] of [
      ['sortBy=userName&sortOrder=up', 'invalidValue'],
      ['sortBy=name', 'invalidPath'],
      ['sortBy=bogus', 'invalidPath'],
    ]) {
      expect(refusal(await scim.send('GET', `/Users?${query}`))).toEqual([400, scimType]);
    }
    const ties = await scim.send('GET', '/Users?sortBy=locale&count=1&startIndex=2');
    const all = await scim.send('GET', '/Users?sortBy=locale');
    expect(idsOf(all.body)).toEqual(idsOf(all.body).toSorted());
    expect(idsOf(ties.body)).toEqual([idsOf(all.body)[1]]);
  });
});
