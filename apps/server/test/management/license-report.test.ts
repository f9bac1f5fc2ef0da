import { expect, it } from 'vitest';
import { hour } from '../../src/duration.ts';
import { TestBrowser } from '../support/browser.ts';
import { describeEachEngine } from '../support/databases.ts';
import { fixtureTime, seedAccount, seedMember } from '../support/fixtures.ts';
import { TestClock, testApp } from '../support/server.ts';

describeEachEngine('The license report', (databases) => {
  it('has one line a person, with when each was last active', async () => {
    const database = await databases.open();
    const clock = new TestClock();
    const browser = new TestBrowser(testApp(database, { now: clock.now }));
    const { accountId, ownerEmail } = await seedAccount(database);
    const name = '=cmd()';
    const member = await seedMember(database, accountId, { name });
    await browser.signIn(ownerEmail);
    await browser.get(`/accounts/${accountId}/home`);
    clock.advance(hour);
    const { headers, text } = await browser.get(`/accounts/${accountId}/licenses/report`);
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(text.split('\r\n')).toEqual([
      'name,email,role,state,seat,managed,sources,teams,lastActive',
      `Olivia Owner,${ownerEmail},owner,active,yes,no,manual,,${new Date(fixtureTime + hour).toISOString()}`,
      `'${name},${member.email},member,active,yes,no,manual,,N/A`,
      '',
    ]);
  });
});
