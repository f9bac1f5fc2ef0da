import { expect, it } from 'vitest';
import { buildStandIn } from '../src/index.ts';
import { atEnd, configure, harnessOf, startHarness } from './support/harness.ts';
import { ManualClock } from './support/manual-clock.ts';

it('people, settings, links and the log are there after a restart; sample people are not added again', async () => {
  const harness = await startHarness();
  const ada = await harness.person('Ada');
  await configure(harness);
  await harness.control('POST', `/people/${ada}/assign`);
  const before = await harness.state();
  await harness.idp.close();
  const again = await buildStandIn({ dataFile: harness.dataFile });
  atEnd(() => again.close());
  const after = harnessOf(again, harness.peer, harness.dataFile);
  expect(await after.state()).toEqual(before);
  expect(await after.control('GET', '/requests')).toHaveLength(2);
  harness.peer.take();
  await after.control('POST', `/people/${ada}/unassign`);
  expect(harness.peer.take()).toEqual(['GET /Users/u1', 'PUT /Users/u1']);
});

it('a job that waits after 429 is taken up after a restart, at its time', async () => {
  const clock = new ManualClock();
  const harness = await startHarness({ clock, pace: 1 });
  const ada = await harness.person('Ada');
  await configure(harness);
  harness.peer.override = () => ({ status: 429, headers: { 'retry-after': '30' } });
  await harness.control('POST', `/people/${ada}/assign`);
  await harness.idp.close();
  harness.peer.override = () => undefined;
  harness.peer.take();
  const again = await buildStandIn({ dataFile: harness.dataFile, clock, pace: 1 });
  atEnd(() => again.close());
  await again.ready();
  const after = harnessOf(again, harness.peer, harness.dataFile);
  expect(clock.next).toBe(30_000);
  expect(harness.peer.take()).toEqual([]);
  clock.advance(30_000);
  await after.control('POST', '/settle');
  expect((await after.state()).appUsers).toMatchObject([{ state: 'PROVISIONED' }]);
});
