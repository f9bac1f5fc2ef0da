import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../apps/server/src/database/index.ts';
import { describeEachEngine } from '../apps/server/test/support/databases.ts';
import { type Mode, type OktaQa, startOktaQa } from './support/okta-qa.ts';

const active = { state: 'active', seats: 1 };
const gone = { state: 'deactivated', seats: 0 };

describeEachEngine("Okta's test plan, people,", (databases) => {
  let database: Database;
  beforeAll(async () => {
    database = await databases.open();
  });

  describe.each<Mode>(['aiw', 'catalog'])('as an app in %s mode', (mode) => {
    let qa: OktaQa;
    beforeEach(async () => {
      qa = await startOktaQa(database, mode);
    });
    afterEach(() => qa.close());

    it('C9306: the connection is tested and provisioning is on', async () => {
      expect(await qa.control('POST', '/test')).toMatchObject({ ok: true });
    });

    it('C9340, C9341: a wrong token is an error that says what to do; the right one applies at once', async () => {
      const { token } = qa.scim.seeded;
      await qa.control('POST', '/app', { integration: { token: 'rollcall_scim_wrong' } });
      const refused = await qa.control('POST', '/test');
      expect(refused.ok).toBe(false);
      expect(refused.message).toContain('not a token of this directory');
      const ada = await qa.person('ada');
      await qa.assign(ada);
      const { tasks } = await qa.state();
      expect(tasks).toMatchObject([{ error: expect.stringContaining('not a token') }]);
      await qa.control('POST', '/app', { integration: { token } });
      expect(await qa.control('POST', '/test')).toMatchObject({ ok: true });
      await qa.act('/tasks/retry');
      expect(await qa.user('ada')).toMatchObject({ active: true });
    });

    it('C9339: with provisioning off a changed attribute is not sent', async () => {
      const ada = await qa.person('ada');
      await qa.assign(ada);
      await qa.control('POST', '/app', { toApp: { updateUserAttributes: false } });
      await rename(ada, 'ada', { firstName: 'Augusta' });
      expect((await qa.user('ada')).name.givenName).toBe('ada');
    });

    it('C9344, C9290: assigning creates the person with names and address, and gives access', async () => {
      await qa.assign(await qa.person('ada'));
      expect(await qa.user('ada')).toMatchObject({
        userName: qa.login('ada'),
        name: { givenName: 'ada', familyName: 'Example' },
        emails: [{ value: qa.login('ada'), primary: true }],
        active: true,
      });
      expect(await qa.access('ada')).toEqual(active);
    });

    it('C9334: a person with every attribute filled is created without error', async () => {
      const more = {
        secondEmail: 'second@example.net',
        middleName: 'M',
        nickName: 'N',
        title: 'Countess',
        primaryPhone: '+1 555 0100',
        mobilePhone: '+1 555 0101',
        streetAddress: '7 Rue X',
        city: 'Paris',
        state: 'IDF',
        zipCode: '75001',
        countryCode: 'FR',
        locale: 'fr_FR',
        timezone: 'Europe/Paris',
        userType: 'employee',
        employeeNumber: '42',
        costCenter: 'C',
        organization: 'O',
        division: 'D',
        department: 'R&D',
        managerId: '00u0mgr',
        manager: 'J. Lin',
      };
      await qa.assign(await qa.person('ada', more));
      expect((await qa.state()).tasks).toEqual([]);
      expect(await qa.user('ada')).toMatchObject({
        title: 'Countess',
        locale: 'fr_FR',
        addresses: [{ locality: 'Paris' }],
        'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { department: 'R&D' },
      });
    });

    it('C9335: somebody who exists in the app is linked and updated, not doubled', async () => {
      const { body } = await qa.scim.send('POST', '/Users', {
        body: {
          schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
          userName: qa.login('ADA').toUpperCase(),
          title: 'Old',
        },
      });
      await qa.assign(await qa.person('ada', { title: 'New' }));
      const user = await qa.user('ada');
      expect(user).toMatchObject({ id: body.id, title: 'New', name: { givenName: 'ada' } });
      const { body: all } = await qa.scim.send('GET', '/Users');
      expect(all.totalResults).toBe(1);
    });

    it('C9336: a userName that differs from the address is no error', async () => {
      await qa.control('POST', '/app', { userNameFormat: 'login' });
      const email = `byron@${qa.scim.seeded.domain}`;
      const ada = await qa.person('ada', { email });
      await qa.assign(ada);
      expect((await qa.state()).tasks).toEqual([]);
      expect(await qa.user('ada')).toMatchObject({ emails: [{ value: email }] });
      await qa.act(`/people/${ada}/unassign`);
      await qa.assign(ada);
      expect((await qa.scim.send('GET', '/Users')).body.totalResults).toBe(1);
    });

    it('C9291, C9310: an edited assignment and an edited profile update the person', async () => {
      const ada = await qa.person('ada');
      await qa.assign(ada);
      const assigned = { givenName: 'Edited', familyName: 'Example', email: qa.login('ada') };
      const profile = { ...assigned, userName: qa.login('ada') };
      await qa.control('PUT', `/people/${ada}/assignment`, { profile });
      expect((await qa.user('ada')).name.givenName).toBe('Edited');
      await rename(ada, 'ada', { firstName: 'Augusta', title: 'Countess' });
      expect(await qa.user('ada')).toMatchObject({
        name: { givenName: 'Augusta' },
        title: 'Countess',
      });
    });

    it.each(['empty', 'null', 'absent'] as const)(
      'C9337: an emptied value that is pushed as %s clears it without error',
      async (clearedAs) => {
        await qa.control('POST', '/app', { advanced: { clearedAs } });
        const ada = await qa.person('ada', { title: 'Countess', department: 'R&D' });
        await qa.assign(ada);
        await rename(ada, 'ada', {});
        expect((await qa.state()).tasks).toEqual([]);
        const user = await qa.user('ada');
        expect(user).not.toHaveProperty('title');
        expect(JSON.stringify(user)).not.toContain('R&D');
      },
    );

    it('C9292, C9293: deactivating ends access; reactivating gives it back under the same id', async () => {
      const ada = await qa.person('ada', { title: 'Countess' });
      await qa.assign(ada);
      const before = await qa.user('ada');
      await qa.act(`/people/${ada}/deactivate`);
      expect(await qa.user('ada')).toMatchObject({ id: before.id, active: false });
      expect(await qa.access('ada')).toEqual(gone);
      await qa.act(`/people/${ada}/activate`);
      await qa.assign(ada);
      expect(await qa.user('ada')).toMatchObject({
        id: before.id,
        active: true,
        title: 'Countess',
      });
      expect(await qa.access('ada')).toEqual(active);
    });

    it('C9294: removing the assignment ends access', async () => {
      const ada = await qa.person('ada');
      await qa.assign(ada);
      await qa.act(`/people/${ada}/unassign`);
      expect(await qa.access('ada')).toEqual(gone);
    });

    it('C9295, C9300: suspending sends nothing, and unsuspending finds access and groups as before', async () => {
      const ada = await qa.person('ada');
      await qa.assign(ada);
      await qa.act(`/groups/${await qa.group('Field', [ada])}/push`);
      await qa.control('DELETE', '/requests');
      await qa.act(`/people/${ada}/suspend`);
      await qa.act(`/people/${ada}/unsuspend`);
      expect(await qa.control('GET', '/requests')).toEqual([]);
      expect(await qa.access('ada')).toEqual(active);
      expect(await qa.team('Field')).toEqual(['ada']);
    });

    it('C9307, C9309, C9311: an assigned group brings all its people, follows them, and takes them away', async () => {
      const people = [await qa.person('ada'), await qa.person('grace')];
      const sales = await qa.group('Field', people);
      await qa.act(`/groups/${sales}/assignGroup`);
      expect(await qa.access('ada')).toEqual(active);
      expect(await qa.access('grace')).toEqual(active);
      await rename(people[0] ?? '', 'ada', { firstName: 'Augusta' });
      expect((await qa.user('ada')).name.givenName).toBe('Augusta');
      await qa.act(`/groups/${sales}/unassignGroup`);
      expect(await qa.access('ada')).toEqual(gone);
      expect(await qa.access('grace')).toEqual(gone);
    });

    it('C9301, C9302: a password that is synchronized is accepted and kept nowhere', async () => {
      await qa.control('POST', '/app', { toApp: { syncPassword: 'okta' } });
      const ada = await qa.person('ada');
      await qa.control('POST', `/people/${ada}/password`, { password: 'first-secret-1' });
      await qa.assign(ada);
      await qa.control('POST', `/people/${ada}/password`, { password: 'second-secret-2' });
      expect((await qa.state()).tasks).toEqual([]);
      const log = await database.read.query
        .selectFrom('request_log')
        .select(['request_body', 'response_body', 'difference'])
        .where('directory_id', '=', qa.scim.seeded.directoryId)
        .execute();
      expect(log.length).toBeGreaterThan(1);
      expect(JSON.stringify(log)).not.toMatch(/first-secret-1|second-secret-2/);
      const stored = await database.read.query
        .selectFrom('directory_users')
        .select('document')
        .where('directory_id', '=', qa.scim.seeded.directoryId)
        .execute();
      expect(JSON.stringify(stored)).not.toContain('secret');
    });

    it('C9303, C9304: an import lists the active person: 1 scanned, 1 new', async () => {
      await qa.scim.send('POST', '/Users', {
        body: {
          schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
          userName: qa.login('ada'),
          name: { givenName: 'Ada', familyName: 'Byron' },
          emails: [{ value: qa.login('ada'), primary: true }],
        },
      });
      expect(await qa.control('POST', '/import')).toMatchObject({ usersScanned: 1, usersNew: 1 });
      const { imported } = await qa.state();
      expect(imported.users).toMatchObject([{ userName: qa.login('ada') }]);
    });

    it('C9305: a person who was imported and confirmed is updated from the edited assignment', async () => {
      const { body: ada } = await qa.scim.send('POST', '/Users', {
        body: {
          schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
          userName: qa.login('ada'),
          name: { givenName: 'Ada', familyName: 'Byron' },
        },
      });
      await qa.control('POST', '/import');
      await qa.control('POST', '/import/confirm', { scimIds: [ada.id] });
      const { appUsers } = await qa.state();
      const personId = appUsers[0]?.personId ?? '';
      const profile = {
        userName: qa.login('ada'),
        givenName: 'Augusta',
        familyName: 'Byron',
        email: qa.login('ada'),
      };
      await qa.control('PUT', `/people/${personId}/assignment`, { profile });
      expect(await qa.user('ada')).toMatchObject({ id: ada.id, name: { givenName: 'Augusta' } });
    });

    const rename = (id: string, name: string, more: Record<string, string>) =>
      qa.control('PUT', `/people/${id}`, {
        profile: {
          firstName: name,
          lastName: 'Example',
          login: qa.login(name),
          email: qa.login(name),
          ...more,
        },
      });
  });
});
