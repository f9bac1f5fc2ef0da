import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../apps/server/src/database/index.ts';
import { describeEachEngine } from '../apps/server/test/support/databases.ts';
import { type Mode, type OktaQa, startOktaQa } from './support/okta-qa.ts';

describeEachEngine("Okta's test plan, groups,", (databases) => {
  let database: Database;
  beforeAll(async () => {
    database = await databases.open();
  });

  describe.each<Mode>(['aiw', 'catalog'])('as an app in %s mode', (mode) => {
    let qa: OktaQa;
    let ada: string;
    let grace: string;
    beforeEach(async () => {
      qa = await startOktaQa(database, mode);
      ada = await qa.person('ada');
      grace = await qa.person('grace');
      for (const person of [ada, grace]) await qa.assign(person);
    });
    afterEach(() => qa.close());

    /** A group of ada and grace that is pushed. */
    const pushed = async (name: string) => {
      const id = await qa.group(name, [ada, grace]);
      await qa.act(`/groups/${id}/push`);
      return id;
    };
    /** The ids of the service's groups, by name. */
    const listed = async () => {
      const { body } = await qa.scim.send('GET', '/Groups');
      const groups: { id: string; displayName: string; members?: { value: string }[] }[] =
        body.Resources;
      return new Map(groups.map((group) => [group.displayName, group]));
    };
    /** Takes grace's record into a group of the service behind the IdP's back. */
    const addByHand = async (name: string, person: string) => {
      const id = (await listed()).get(name)?.id;
      const { id: value } = await qa.user(person);
      const Operations = [{ op: 'add', path: 'members', value: [{ value }] }];
      await qa.scim.send('PATCH', `/Groups/${id}`, {
        body: { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations },
      });
    };
    const importGroups = async () => {
      await qa.act('/import');
      return (await qa.state()).imported.groups;
    };
    const noTasks = async () => expect((await qa.state()).tasks).toEqual([]);

    it('C9312: pushing a group makes it with its people', async () => {
      await pushed('Field');
      expect(await qa.team('Field')).toEqual(['ada', 'grace']);
      await noTasks();
    });

    it('C9317: pushing an empty group makes it', async () => {
      await qa.act(`/groups/${await qa.group('Nobody')}/push`);
      expect(await qa.team('Nobody')).toEqual([]);
      await noTasks();
    });

    it('C9332, C9333: a member who comes is added, one who leaves is removed', async () => {
      const sales = await qa.group('Field', [ada]);
      await qa.act(`/groups/${sales}/push`);
      await qa.control('PUT', `/groups/${sales}/members/${grace}`);
      expect(await qa.team('Field')).toEqual(['ada', 'grace']);
      await qa.control('DELETE', `/groups/${sales}/members/${ada}`);
      expect(await qa.team('Field')).toEqual(['grace']);
      expect((await qa.access('ada')).state).toBe('active');
    });

    it('C9333: a member who leaves the assigning group too is deactivated', async () => {
      const eve = await qa.person('eve');
      const all = await qa.group('All', [eve]);
      await qa.act(`/groups/${all}/assignGroup`);
      await qa.act(`/groups/${all}/push`);
      expect(await qa.team('All')).toEqual(['eve']);
      await qa.control('DELETE', `/groups/${all}/members/${eve}`);
      expect(await qa.team('All')).toEqual([]);
      expect((await qa.access('eve')).state).toBe('deactivated');
    });

    it.each(['path', 'pathless'] as const)(
      'C9316: Push now (%s) overwrites what was added by hand, for an empty group too',
      async (pushNowShape) => {
        await qa.control('POST', '/app', { advanced: { pushNowShape } });
        const sales = await qa.group('Field', [ada]);
        await qa.act(`/groups/${sales}/push`);
        await addByHand('Field', 'grace');
        expect(await qa.team('Field')).toEqual(['ada', 'grace']);
        await qa.act(`/groups/${sales}/pushNow`);
        expect(await qa.team('Field')).toEqual(['ada']);
        const empty = await qa.group('Empty');
        await qa.act(`/groups/${empty}/push`);
        await addByHand('Empty', 'grace');
        await qa.act(`/groups/${empty}/pushNow`);
        expect(await qa.team('Empty')).toEqual([]);
        await noTasks();
      },
    );

    it('C9318: unlink and delete deletes the group and nobody', async () => {
      const sales = await pushed('Field');
      await qa.act(`/groups/${sales}/unlinkDelete`);
      expect(await qa.team('Field')).toBeUndefined();
      expect((await listed()).size).toBe(0);
      expect((await qa.access('ada')).state).toBe('active');
    });

    it('C9321: unlink and leave keeps the group and its members', async () => {
      const sales = await pushed('Field');
      await qa.act(`/groups/${sales}/unlinkLeave`);
      expect(await qa.team('Field')).toEqual(['ada', 'grace']);
      expect((await listed()).get('Field')?.members).toHaveLength(2);
    });

    it('C9319, C9320: a deactivated push sends no member; activating sends all at once', async () => {
      const sales = await qa.group('Field', [ada]);
      await qa.act(`/groups/${sales}/push`);
      await qa.act(`/groups/${sales}/deactivatePush`);
      await qa.control('PUT', `/groups/${sales}/members/${grace}`);
      expect(await qa.team('Field')).toEqual(['ada']);
      await qa.act(`/groups/${sales}/activatePush`);
      expect(await qa.team('Field')).toEqual(['ada', 'grace']);
    });

    it('C9338: an import lists the groups: 1 scanned, 1 new', async () => {
      await pushed('Field');
      expect(await qa.control('POST', '/import')).toMatchObject({ groupsScanned: 1, groupsNew: 1 });
    });

    it('C9322: a group that was left is linked again, keeps its members and follows from then on', async () => {
      const sales = await qa.group('Field', [ada]);
      await qa.act(`/groups/${sales}/push`);
      await qa.act(`/groups/${sales}/unlinkLeave`);
      const [imported] = await importGroups();
      await qa.control('POST', `/groups/${sales}/link`, { scimId: imported?.scimId ?? '' });
      expect(await qa.team('Field')).toEqual(['ada']);
      await qa.control('PUT', `/groups/${sales}/members/${grace}`);
      expect(await qa.team('Field')).toEqual(['ada', 'grace']);
      expect((await listed()).size).toBe(1);
    });

    it.each([
      ['C9313, C9315: with the rename flag on', true, 'Okta Sales'],
      ['C9314, C9330: with the rename flag off', false, 'App Sales'],
    ] as const)(
      '%s a linked group gets its name and keeps its old members',
      async (_, renameAppGroups, name) => {
        await qa.control('POST', '/app', { renameAppGroups });
        const old = await qa.group('App Sales', [grace]);
        await qa.act(`/groups/${old}/push`);
        await qa.act(`/groups/${old}/unlinkLeave`);
        const [imported] = await importGroups();
        const sales = await qa.group('Okta Sales', [ada]);
        await qa.control('POST', `/groups/${sales}/link`, { scimId: imported?.scimId ?? '' });
        expect([...(await listed()).keys()]).toEqual([name]);
        expect(await qa.team(name)).toEqual(['ada', 'grace']);
        await noTasks();
      },
    );

    it.each([
      ['C9315: with the rename flag on', true, 'Okta Field'],
      ['C9330: with the rename flag off', false, 'App Field'],
    ] as const)(
      '%s a team made by hand is imported and linked, and keeps who is in it',
      async (_, renameAppGroups, name) => {
        await qa.control('POST', '/app', { renameAppGroups });
        const mara = await qa.handmadeTeam('App Field');
        const [imported] = await importGroups();
        expect(imported?.name).toBe('App Field');
        const field = await qa.group('Okta Field', [ada]);
        await qa.control('POST', `/groups/${field}/link`, { scimId: imported?.scimId ?? '' });
        expect([...(await listed()).keys()]).toEqual([name]);
        expect(await qa.team(name)).toEqual(['ada', mara].sort());
        await qa.control('DELETE', `/groups/${field}/members/${ada}`);
        expect(await qa.team(name)).toEqual([mara]);
        await qa.act(`/groups/${field}/unlinkDelete`);
        expect(await qa.team(name)).toEqual([mara]);
        await noTasks();
      },
    );

    it('C9338: an import lists a team made by hand: 1 scanned, 1 new', async () => {
      await qa.handmadeTeam('App Field');
      expect(await qa.control('POST', '/import')).toMatchObject({ groupsScanned: 1, groupsNew: 1 });
    });

    it('C9323, C9324: a rule pushes matching groups, now and later, until it is deactivated', async () => {
      await qa.group('app-one', [ada]);
      await qa.control('POST', '/rules', { name: 'apps', prefix: 'app-' });
      await qa.group('app-two', [grace]);
      await qa.group('other');
      expect([...(await listed()).keys()]).toEqual(['app-one', 'app-two']);
      const [rule] = (await qa.state()).rules;
      await qa.act(`/rules/${rule?.id}/deactivate`);
      await qa.group('app-three');
      expect([...(await listed()).keys()]).toEqual(['app-one', 'app-two']);
      expect(await qa.team('app-one')).toEqual(['ada']);
    });

    it.each([
      ['C9325: deleting a rule with its groups', 'removeDelete', []],
      ['C9326: deleting a rule without its groups', 'removeLeave', ['app-one']],
    ] as const)('%s leaves the right groups', async (_, action, left) => {
      await qa.group('app-one', [ada]);
      await qa.control('POST', '/rules', { name: 'apps', prefix: 'app-' });
      const [rule] = (await qa.state()).rules;
      await qa.act(`/rules/${rule?.id}/${action}`);
      expect([...(await listed()).keys()]).toEqual(left);
    });

    it('C9327, C9328, C9329, C9331: many pushes are paused, resumed, left and deleted together', async () => {
      const groups = [await qa.group('One', [ada]), await qa.group('Two', [ada])];
      const all = async (action: string) => {
        for (const id of groups) await qa.act(`/groups/${id}/${action}`);
      };
      await all('push');
      await all('deactivatePush');
      for (const id of groups) await qa.control('PUT', `/groups/${id}/members/${grace}`);
      expect(await qa.team('One')).toEqual(['ada']);
      await all('activatePush');
      expect(await qa.team('One')).toEqual(['ada', 'grace']);
      expect(await qa.team('Two')).toEqual(['ada', 'grace']);
      const [one, two] = groups;
      await qa.act(`/groups/${one}/unlinkLeave`);
      await qa.act(`/groups/${two}/unlinkDelete`);
      expect([...(await listed()).keys()]).toEqual(['One']);
    });
  });
});
