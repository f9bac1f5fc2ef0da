import { describe, expect, it } from 'vitest';
import { serveWaiting } from '../../src/domain/licenses/index.ts';
import { describeEachEngine } from '../support/databases.ts';
import { fixtureTime } from '../support/fixtures.ts';
import { seatsOf } from './grants.ts';
import { leavers } from './leavers.ts';

describeEachEngine('people who leave and come back', (databases) => {
  const scene = leavers(databases);

  describe('while something that SCIM needs has lapsed', () => {
    const lapses = {
      plan_lapsed: (accountId: string) =>
        scene.database.write((tx) =>
          tx.query
            .updateTable('accounts')
            .set({ plan_until: fixtureTime })
            .where('id', '=', accountId)
            .execute(),
        ),
      domain_lapsed: (accountId: string) =>
        scene.database.write((tx) =>
          tx.query
            .updateTable('domains')
            .set({ state: 'lapsed' })
            .where('account_id', '=', accountId)
            .execute(),
        ),
      sso_lapsed: (accountId: string) =>
        scene.database.write((tx) =>
          tx.query
            .updateTable('sso_connections')
            .set({ state: 'draft' })
            .where('account_id', '=', accountId)
            .execute(),
        ),
    } as const;

    it.each(['plan_lapsed', 'domain_lapsed', 'sso_lapsed'] as const)(
      'are let go but not added: %s',
      async (code) => {
        await scene.fresh();
        const ada = await scene.okta.create({ userName: `ada@${scene.account.domain}` });
        const bob = await scene.okta.create({ userName: `bob@${scene.account.domain}` });
        const sales = await scene.okta.createGroup('Sales', [ada.id]);
        await scene.okta.deactivate(bob.id);
        await lapses[code](scene.account.accountId);
        const growth = [
          scene.okta.create({ userName: `cyn@${scene.account.domain}` }),
          scene.okta.activate(bob.id),
          scene.okta.addMembers(sales.id, [bob.id]),
          scene.okta.createGroup('Support'),
        ];
        for (const refused of await Promise.allSettled(growth)) {
          expect(refused).toMatchObject({ status: 'rejected', reason: { code } });
        }
        await scene.okta.removeMembers(sales.id, [ada.id]);
        await scene.okta.deactivate(ada.id);
        await scene.okta.delete(bob.id);
        await scene.okta.deleteGroup(sales.id);
        expect(await seatsOf(scene.database.read, scene.account.accountId)).toBe(1);
      },
    );

    const renew = (accountId: string) =>
      scene.database.write(async ({ query }) => {
        const plan = query.updateTable('accounts').set({ plan_until: null });
        await plan.where('id', '=', accountId).execute();
        const domains = query.updateTable('domains').set({ state: 'verified' });
        await domains.where('account_id', '=', accountId).execute();
        const connections = query.updateTable('sso_connections').set({ state: 'tested' });
        await connections.where('account_id', '=', accountId).execute();
      });

    it.each(['plan_lapsed', 'domain_lapsed', 'sso_lapsed'] as const)(
      'wait on for their seat: %s',
      async (code) => {
        await scene.fresh({ seats: 2 });
        const ada = await scene.okta.create({ userName: `ada@${scene.account.domain}` });
        const bob = await scene.okta.create({ userName: `bob@${scene.account.domain}` });
        const bobId = await scene.linked(bob.id);
        await lapses[code](scene.account.accountId);
        await scene.okta.deactivate(ada.id);
        expect(await scene.grants(bobId)).toMatchObject({ state: 'waiting', seats: 0 });
        await renew(scene.account.accountId);
        const { at } = scene.okta.cause();
        await scene.database.write((tx) => serveWaiting(tx, scene.account.accountId, at));
        expect(await scene.grants(bobId)).toMatchObject({ state: 'active', seats: 1 });
      },
    );
  });
});
