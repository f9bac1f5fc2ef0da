import { expect, it } from 'vitest';
import { describeEachEngine } from '../support/databases.ts';
import { eventLog } from '../support/event-log.ts';
import { group, oktaUser } from './bodies.ts';
import { fill } from './fill.ts';
import { startScim } from './scim-server.ts';

const USERS = 5_000;

describeEachEngine('What a list costs', (databases) => {
  const start = async () => {
    const log = eventLog();
    const scim = await startScim(await databases.open({ observer: log.observer }), { seats: 100 });
    return { log, scim };
  };

  it('reads at most so many rows at once, and lets others have their turn in between (F-38)', async () => {
    const { log, scim } = await start();
    await fill(scim, USERS);
    for (const [query, rowsAtOnce, slices] of [
      ['filter=title%20co%20%22x%22', 128, USERS / 128],
      ['sortBy=title', 128, USERS / 128],
      ['sortBy=active', 2_048, USERS / 2_048],
      ['filter=active%20eq%20true', 2_048, USERS / 2_048],
      ['filter=emails.value%20co%20%22x%22%20or%20active%20eq%20false', 256, USERS / 256],
    ] as const) {
      log.clear();
      const turns = countTurns();
      expect((await scim.send('GET', `/Users?count=5&${query}`)).status).toBe(200);
      expect(turns(), query).toBeGreaterThanOrEqual(Math.floor(slices));
      const compared = log.of('statement').filter(({ name }) => name === 'directory_user.by_ids');
      const unnamed = log.of('statement').filter(({ name }) => name === undefined);
      expect(Math.max(0, ...compared.map(({ rows }) => rows)), query).toBeLessThanOrEqual(128);
      const most = Math.max(rowsAtOnce, 2_048);
      expect(Math.max(0, ...unnamed.map(({ rows }) => rows)), query).toBeLessThanOrEqual(most);
    }
  });

  it('takes an order that an index has from the index: rows of the page alone, first and deepest (O-02)', async () => {
    const { log, scim } = await start();
    const ids = await fill(scim, USERS);
    for (const [startIndex, first] of [
      [1, ids.at(-1)],
      [USERS - 9, ids[9]],
    ] as const) {
      log.clear();
      const { body } = await scim.send(
        'GET',
        `/Users?sortBy=userName&sortOrder=descending&count=10&startIndex=${startIndex}`,
      );
      expect(body.Resources[0].id).toBe(first);
      expect(Math.max(...log.of('statement').map(({ rows }) => rows))).toBeLessThanOrEqual(10);
    }
  });

  it('asks nothing about groups inside groups where a directory has none, and one statement a level where it has (U-19)', async () => {
    const { log, scim } = await start();
    const { body: ada } = await scim.send('POST', '/Users', { body: oktaUser('ada') });
    const make = async (name: string, member: string) =>
      (await scim.send('POST', '/Groups', { body: group(name, [member]) })).body.id;
    const parents = async () => {
      log.clear();
      await scim.send('GET', '/Users');
      return log.of('statement').filter(({ name }) => name === 'directory_group.parents').length;
    };
    const inner = await make('Inner', ada.id);
    expect(await parents()).toBe(1);
    await make('Outer', inner);
    expect(await parents()).toBe(3);
  });
});

/** Counts the turns of the event loop from now on. */
function countTurns(): () => number {
  let turns = 0;
  let next = setImmediate(function turn() {
    turns += 1;
    next = setImmediate(turn);
  });
  return () => {
    clearImmediate(next);
    return turns;
  };
}
