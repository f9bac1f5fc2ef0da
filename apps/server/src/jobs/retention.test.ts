import { expect, it } from 'vitest';
import { describeEachEngine } from '../../test/support/databases.ts';
import { fixtureTime, seedAccount } from '../../test/support/fixtures.ts';
import { testSettings } from '../../test/support/server.ts';
import { codeRetention } from '../domain/accounts/index.ts';
import { openSession, passphraseAuthentication } from '../domain/sessions/index.ts';
import { retentionJob } from './retention.ts';

describeEachEngine('The retention job', (databases) => {
  it('deletes what is left of sign-ins and codes once nobody can need it, and nothing else', async () => {
    const database = await databases.open();
    const { ownerId } = await seedAccount(database);
    const now = fixtureTime + codeRetention;
    await database.write(async (tx) => {
      const browser = { address: '192.0.2.1', userAgent: 'test' };
      const session = { userId: ownerId, authentication: passphraseAuthentication, ...browser };
      await openSession(tx, { ...session, at: fixtureTime });
      await openSession(tx, { ...session, at: now });
      const throttle = { failures: 3, blocked_until: 0 };
      const link = { created_at: 0, used_at: null };
      const code = { plan: 'enterprise', seats: 1, plan_days: null, created_at: 0 } as const;
      const unused = { ...code, used_at: null, account_id: null, last_four: '' };
      for (const [id, at] of [
        ['old', fixtureTime],
        ['new', now],
      ] as const) {
        await tx.query
          .insertInto('throttles')
          .values({ ...throttle, key: id, updated_at: at })
          .execute();
        await tx.query
          .insertInto('setup_links')
          .values({ ...link, digest: id, expires_at: at })
          .execute();
        await tx.query
          .insertInto('activation_codes')
          .values({ ...unused, digest: id, id, expires_at: at })
          .execute();
      }
    });
    await retentionJob.run({ database, settings: testSettings(), now: () => now });
    const { query } = database.read;
    const sessions = await query.selectFrom('sessions').select('created_at').execute();
    expect(sessions).toEqual([{ created_at: now }]);
    expect(await query.selectFrom('session_authentications').select('at').execute()).toEqual([
      { at: now },
    ]);
    expect(await query.selectFrom('throttles').select('key').execute()).toEqual([{ key: 'new' }]);
    expect(await query.selectFrom('setup_links').select('digest').execute()).toEqual([
      { digest: 'new' },
    ]);
    const codes = query
      .selectFrom('activation_codes')
      .select('digest')
      .where('used_at', 'is', null);
    expect(await codes.execute()).toEqual([{ digest: 'new' }]);
  });
});
