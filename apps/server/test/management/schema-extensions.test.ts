import { expect, it } from 'vitest';
import { TestBrowser } from '../support/browser.ts';
import { describeEachEngine } from '../support/databases.ts';
import { seedAccount } from '../support/fixtures.ts';
import { TestClock, testApp } from '../support/server.ts';

const extension = {
  urn: 'urn:example:hr:2.0:User',
  resourceType: 'User',
  name: 'HR',
  attributes: [{ name: 'badge', type: 'string' }],
};

describeEachEngine('Custom attributes', (databases) => {
  it('are defined by the owner, version by version, audited, and nobody else’s', async () => {
    const database = await databases.open();
    const clock = new TestClock();
    const app = testApp(database, { now: clock.now });
    const ours = await seedAccount(database, { at: clock.time });
    const theirs = await seedAccount(database, { at: clock.time });
    const owner = new TestBrowser(app);
    await owner.signIn(ours.ownerEmail);
    const path = `/accounts/${ours.accountId}/directories/${ours.directoryId}/schema-extensions`;
    expect((await owner.get(path)).body).toEqual({ version: 0, extensions: [] });
    const put = (version: number, extensions: readonly object[]) =>
      owner.send('PUT', path, { version, extensions });
    const saved = await put(0, [extension]);
    expect([saved.status, saved.body.version]).toEqual([200, 1]);
    expect(saved.body.extensions).toMatchObject([extension]);
    expect((await owner.get(path)).body).toEqual(saved.body);
    const stale = await put(0, []);
    expect([stale.status, stale.body.code]).toEqual([409, 'conflict']);
    const wrong = await put(1, [{ ...extension, urn: 'urn:ietf:params:scim:schemas:x' }]);
    expect([wrong.status, wrong.body.code]).toEqual([400, 'invalid_request']);
    const foreign = `/accounts/${ours.accountId}/directories/${theirs.directoryId}/schema-extensions`;
    expect((await owner.get(foreign)).status).toBe(404);
    expect((await owner.send('PUT', foreign, { version: 0, extensions: [] })).status).toBe(404);
    const events = await database.read.query
      .selectFrom('audit_events')
      .select(['action', 'subject_id'])
      .where('account_id', '=', ours.accountId)
      .where('action', '=', 'directory.attributes_changed')
      .execute();
    expect(events).toEqual([
      { action: 'directory.attributes_changed', subject_id: ours.directoryId },
    ]);
  });
});
