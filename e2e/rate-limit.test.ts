import { expect, it } from 'vitest';
import { day } from '../apps/server/src/duration.ts';
import { describeEachEngine } from '../apps/server/test/support/databases.ts';
import { ManualClock } from '../apps/stand-in-idp/test/support/manual-clock.ts';
import { startOktaQa } from './support/okta-qa.ts';

describeEachEngine('An identity provider that imports faster than its rate', (databases) => {
  it('waits as long as it is told and loses nobody (S-07, E-08)', async () => {
    const clock = new ManualClock();
    clock.advance(day);
    const qa = await startOktaQa(await databases.open(), 'aiw', { rate: 1, clock, pace: 1 });
    const names = Array.from({ length: 12 }, (_, at) => `person${at}`);
    for (const name of names) await qa.assign(await qa.person(name));
    const limited = await qa.state();
    expect(limited.appUsers.filter(({ state }) => state === 'PROVISIONED').length).toBeLessThan(12);
    const waits: number[] = [];
    while (clock.next !== undefined) {
      waits.push(clock.next);
      clock.advance(clock.next);
      await qa.act('/settle');
    }
    expect(waits.length).toBeGreaterThan(0);
    const { appUsers, tasks } = await qa.state();
    expect(tasks).toEqual([]);
    expect(appUsers.map(({ state }) => state)).toEqual(names.map(() => 'PROVISIONED'));
    clock.advance(day);
    const { body } = await qa.scim.send('GET', '/Users');
    expect(body.totalResults).toBe(12);
    const sent = JSON.stringify(await qa.control('GET', '/requests?limit=500'));
    expect(sent).toContain('SCIM_RATE_LIMIT');
    expect(sent).not.toContain('Retry-After is not');
    await qa.close();
  });
});
