import { beforeAll, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import { startScim } from '../scim/scim-server.ts';
import { describeEachEngine } from '../support/databases.ts';
import type { Journey } from './journey.ts';
import { replay } from './replay.ts';
import { groupRows } from './rows/group-rows.ts';
import { oktaRows } from './rows/okta-rows.ts';
import { patchRows } from './rows/patch-rows.ts';
import { resourceRows } from './rows/resource-rows.ts';

const rows = [...resourceRows, ...patchRows, ...groupRows, ...oktaRows];

const rowOf = ({ title }: Journey) => title.replace(/ \(\w+\)$/, '');

function isFirstOfRow(journey: Journey): boolean {
  return rows.find((one) => rowOf(one) === rowOf(journey)) === journey;
}

describeEachEngine('Each habit of clients', (databases) => {
  let database: Database;
  beforeAll(async () => {
    database = await databases.open();
  });

  // What differs by provider is decided before a database is asked.
  const replayed = databases.engine === 'sqlite' ? rows : rows.filter(isFirstOfRow);
  it.each(replayed)('$title', async (journey) => {
    await replay(await startScim(database, { provider: journey.provider }), journey);
  });

  it('discovery documents hold no null and no empty list of attributes', async () => {
    const scim = await startScim(database);
    for (const path of ['/ServiceProviderConfig', '/ResourceTypes', '/Schemas']) {
      const { text } = await scim.send('GET', path);
      expect(text, path).not.toContain('null');
      expect(text, path).not.toContain('"attributes":[]');
    }
  });

  it('a hundred requests at once are not too many for one directory', async () => {
    const scim = await startScim(database);
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, at) => scim.send('GET', `/Users?filter=userName eq "${at}"`)),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  });
});
