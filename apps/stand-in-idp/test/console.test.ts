import { describe, expect, it } from 'vitest';
import { Browser } from './support/browser.ts';
import { configure, startHarness } from './support/harness.ts';

const integration = '/app/provisioning/integration';

/** The Integration form filled in as the how-to says. */
const recipeForm = (baseUrl: string, token: string) => ({
  baseUrl,
  uniqueIdentifier: 'email',
  pushNewUsers: 'on',
  pushProfileUpdates: 'on',
  pushGroups: 'on',
  authenticationMode: 'header',
  token,
});

describe('the console, walked by its forms', () => {
  it('does the how-to: SCIM on, connector tested and saved, people assigned, group pushed, deactivated', async () => {
    const harness = await startHarness();
    const browser = new Browser(harness.idp);
    const { peer } = harness;
    const settle = () => harness.control('POST', '/settle');
    expect((await browser.open('/app/general')).text).toContain('Provisioning None');
    expect((await browser.open('/app/general?edit')).text).toContain('Enable SCIM provisioning');
    expect((await browser.post('/app/general', { scimEnabled: 'on' })).text).toContain(
      'Provisioning SCIM',
    );

    const form = recipeForm(peer.baseUrl, peer.token);
    const tested = await browser.post(integration, { ...form, action: 'test' });
    expect(tested.status).toBe(200);
    expect(tested.text).toContain('Connector configured successfully');
    expect(peer.take()).toHaveLength(2);
    const saved = await browser.post(integration, { ...form, action: 'save' });
    expect(saved.text).toContain('Integration settings saved.');
    const toApp = { createUsers: 'on', deactivateUsers: 'on' };
    await browser.post('/app/provisioning/to-app', toApp);
    expect(peer.take()).toEqual([]);

    const ada = await harness.person('Ada');
    const people = await browser.open('/app/assignments/people');
    expect(people.html).toContain('aria-label="Assign Ada Example"');
    await browser.post(`/app/assignments/people/${ada}/assign`);
    await settle();
    expect((await browser.open('/app/assignments')).text).toContain(
      'ada.example@example.com Provisioned id u1',
    );

    const team = await harness.group('Platform Team');
    expect((await browser.open('/app/push-groups/by-name?name=plat')).html).toContain(
      'aria-label="Push Platform Team"',
    );
    await browser.post(`/app/push-groups/${team}/push`);
    await settle();
    expect((await browser.open('/app/push-groups')).text).toContain(
      'Platform Team id g2 , 1 member Active',
    );

    await browser.post(`/people/${ada}/deactivate`);
    await settle();
    expect(peer.users.get('u1')?.active).toBe(false);
    expect((await browser.open('/app/assignments')).text).toContain('Nobody is assigned yet.');
    expect((await browser.open('/requests')).text).toContain('PUT /Users/u1');
  });

  it('the labels are spelled as on Okta’s pages', async () => {
    const harness = await startHarness();
    await configure(harness, { integration: { importUsers: true } });
    const browser = new Browser(harness.idp);
    const labels: [string, string[]][] = [
      [
        '/app/general',
        [
          'General',
          'Sign On',
          'Provisioning',
          'Import',
          'Assignments',
          'Push Groups',
          'App Settings',
        ],
      ],
      [
        integration,
        [
          'SCIM connector base URL',
          'Unique identifier field for users',
          'Supported provisioning actions',
          'Import New Users and Profile Updates',
          'Push New Users',
          'Push Profile Updates',
          'Push Groups',
          'Import Groups',
          'Authentication Mode',
          'Basic Auth',
          'HTTP Header',
          'OAuth 2',
          'Authorization',
          'Bearer',
          'Test Connector Configuration',
          'To App',
          'To Okta',
        ],
      ],
      [
        '/app/provisioning/to-app',
        ['Create Users', 'Update User Attributes', 'Deactivate Users', 'Sync Password', 'Edit'],
      ],
      ['/app/assignments', ['Assign to People', 'Assign to Groups']],
      [
        '/app/push-groups',
        [
          'Find groups by name',
          'Find groups by rule',
          'Rename app groups to match group name in Okta',
        ],
      ],
      ['/app/import', ['Import Now']],
      ['/dashboard', ['Tasks']],
    ];
    for (const [path, texts] of labels) {
      const { text } = await browser.open(path);
      for (const label of texts) expect(text, path).toContain(label);
    }
  });

  it.each([
    ['', 'SCIM connector base URL is required.'],
    ['example.com/scim', 'must be a complete URL'],
    ['http://scim.example.com/v2', 'must start with https://'],
    ['https://scim.example.com/my_scim/v2', 'must not contain an underscore'],
    ['https://scim_1.example.com/v2', 'must not contain an underscore'],
    ['https://user@scim.example.com/v2', 'must not contain a user name'],
  ])(
    'the base URL "%s" is refused at its field, and nothing that was typed is lost',
    async (baseUrl, message) => {
      const harness = await startHarness();
      await configure(harness);
      const browser = new Browser(harness.idp);
      const view = await browser.post(integration, {
        ...recipeForm(baseUrl, 'typed-token'),
        action: 'save',
      });
      expect(view.status).toBe(422);
      expect(view.text).toContain(message);
      expect(view.html).toContain('value="typed-token"');
    },
  );

  it('a failed job stands under Tasks; Retry Selected does it again', async () => {
    const harness = await startHarness();
    const ada = await harness.person('Ada');
    await configure(harness, { integration: { token: 'wrong' } });
    await harness.control('POST', `/people/${ada}/assign`);
    const browser = new Browser(harness.idp);
    const tasks = await browser.open('/dashboard');
    expect(tasks.text).toContain('Errors reported by remote server: Unknown token.');
    expect((await browser.post('/dashboard/tasks/retry')).text).toContain(
      'Select the tasks to retry first.',
    );
    await harness.control('POST', '/app', { integration: { token: harness.peer.token } });
    const [task] = (await harness.state()).tasks;
    await browser.post('/dashboard/tasks/retry', { task: String(task?.id) });
    await harness.control('POST', '/settle');
    expect((await browser.open('/dashboard')).text).toContain('No tasks.');
  });

  it('people and groups can be added, changed and removed', async () => {
    const { idp } = await startHarness();
    const browser = new Browser(idp);
    const person = {
      firstName: 'Pia',
      lastName: 'New',
      email: 'pia@example.com',
      activateNow: 'on',
    };
    const added = await browser.post('/people', person);
    expect(added.text).toContain('Pia New added.');
    const again = await browser.post('/people', person);
    expect(again.status).toBe(422);
    expect(again.text).toContain('An object with this field already exists');
    const path = added.path.split('?')[0] ?? '';
    expect((await browser.post(`${path}/suspend`)).text).toContain('Suspended');
    expect((await browser.post(`${path}/unsuspend`)).text).toContain('Active');
    expect((await browser.post(`${path}/remove`)).text).toContain(
      'Deactivate the person before deleting.',
    );
    await browser.post(`${path}/deactivate`);
    expect((await browser.post(`${path}/remove`)).text).toContain('Person deleted.');
    const group = await browser.post('/groups', { name: 'Support', description: '' });
    expect(group.text).toContain('Group Support added.');
    const groupPath = group.path.split('?')[0] ?? '';
    const taken = await browser.post(groupPath, { name: 'sales', description: '' });
    expect(taken.text).toContain('A group named "sales" exists already.');
    expect((await browser.post(groupPath, { name: 'Care', description: '' })).text).toContain(
      'Group saved.',
    );
  });

  it('what people are called is text, never markup', async () => {
    const { idp } = await startHarness();
    const browser = new Browser(idp);
    const firstName = `<script>"'&`;
    await browser.post('/people', { firstName, lastName: 'X', email: 'x@example.com' });
    const { html } = await browser.open('/people');
    expect(html).toContain('&lt;script&gt;&quot;&#39;&amp; X');
    expect(html).not.toContain('<script>"');
  });

  it('a group that a person is assigned through is named when the assignment is removed', async () => {
    const harness = await startHarness();
    const sales = await harness.group('Sales');
    const ben = await harness.person('Ben');
    await configure(harness);
    await harness.control('POST', `/groups/${sales}/assignGroup`);
    await harness.control('POST', `/people/${ben}/assign`);
    const browser = new Browser(harness.idp);
    await browser.open('/app/assignments');
    const view = await browser.post(`/app/assignments/people/${ben}/remove`);
    expect(view.text).toContain('Still assigned through Sales.');
  });

  it('C9323, C9324, C9326: a rule pushes what matches, now and later, until it is deactivated', async () => {
    const harness = await startHarness();
    await configure(harness);
    const browser = new Browser(harness.idp);
    await browser.post('/app/push-groups/rules', { ruleName: 'All plat', prefix: 'plat' });
    await harness.control('POST', '/groups', { name: 'Platinum' });
    expect([...harness.peer.groups.values()].map(({ displayName }) => displayName)).toEqual([
      'Platform Team',
      'Platinum',
    ]);
    await browser.post('/app/push-groups/rules/1/active', { active: 'no' });
    await harness.control('POST', '/groups', { name: 'Plates' });
    expect(harness.peer.groups.size).toBe(2);
    await browser.post('/app/push-groups/rules/1/delete', { mode: 'leave' });
    expect((await harness.state()).pushes).toEqual([]);
    expect(harness.peer.groups.size).toBe(2);
  });

  it.each([
    { action: 'delete', id: 'C9327', left: 0 },
    { action: 'leave', id: 'C9331', left: 2 },
  ])('$id: bulk edit unlinks every selected group with "$action"', async ({ action, left }) => {
    const harness = await startHarness();
    await configure(harness);
    const ids = [await harness.group('Sales'), await harness.group('Platform Team')];
    for (const id of ids) await harness.control('POST', `/groups/${id}/push`);
    const fields = ids.map((id): [string, string] => ['group', id]);
    await new Browser(harness.idp).post('/app/push-groups/bulk', [['action', action], ...fields]);
    await harness.control('POST', '/settle');
    expect((await harness.state()).pushes).toEqual([]);
    expect(harness.peer.groups.size).toBe(left);
  });

  it('C9328, C9329: bulk edit deactivates and activates pushes', async () => {
    const harness = await startHarness();
    await configure(harness);
    const sales = await harness.group('Sales');
    await harness.control('POST', `/groups/${sales}/push`);
    const browser = new Browser(harness.idp);
    await browser.post('/app/push-groups/bulk', { action: 'deactivate', group: sales });
    expect((await harness.state()).pushes).toMatchObject([{ status: 'INACTIVE' }]);
    harness.peer.take();
    await browser.post('/app/push-groups/bulk', { action: 'activate', group: sales });
    await harness.control('POST', '/settle');
    expect(harness.peer.take()).toEqual(['GET /Groups/g1', 'PUT /Groups/g1']);
  });
});
