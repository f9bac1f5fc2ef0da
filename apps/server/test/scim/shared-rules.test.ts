import { beforeAll, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import { describeEachEngine } from '../support/databases.ts';
import { group, oktaUser, patch } from './bodies.ts';
import { startScim } from './scim-server.ts';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

describeEachEngine('Rules of every resource', (databases) => {
  let database: Database;
  beforeAll(async () => {
    database = await databases.open();
  });
  const start = () => startScim(database, { provider: 'generic' });

  it('refuse one key twice, in one spelling or in two (A-07, A-08)', async () => {
    const scim = await start();
    const { userName: _, ...rest } = oktaUser('ada');
    const members = JSON.stringify(rest).slice(1);
    for (const names of ['"userName":"a","userName":"b"', '"userName":"a","USERNAME":"b"']) {
      const refused = await scim.send('POST', '/Users', { body: `{${names},${members}` });
      expect([refused.status, refused.body.scimType]).toEqual([400, 'invalidSyntax']);
    }
  });

  it('take references to the base and refuse what is no URI (A-20)', async () => {
    const scim = await start();
    const { body: ada } = await scim.send('POST', '/Users', { body: oktaUser('ada') });
    const report = (name: string, $ref: string) =>
      scim.send('POST', '/Users', {
        body: oktaUser(name, { [enterprise]: { manager: { $ref } } }),
      });
    const { body: grace } = await report('grace', `Users/${ada.id}`);
    expect(grace[enterprise].manager).toMatchObject({ value: ada.id, $ref: ada.meta.location });
    const refused = await report('edith', 'not a uri %');
    expect([refused.status, refused.body.scimType]).toEqual([400, 'invalidValue']);
  });

  it('leave one value primary, the one that was made so last (A-23, A-24, P-31)', async () => {
    const scim = await start();
    const second = { value: 'second@example.com', type: 'home' };
    const { body: ada } = await scim.send('POST', '/Users', {
      body: oktaUser('ada', { emails: [...oktaUser('ada').emails, second] }),
    });
    const { body: changed } = await scim.send('PATCH', `/Users/${ada.id}`, {
      body: patch({ op: 'replace', path: 'emails[type eq "home"].primary', value: true }),
    });
    const primary = changed.emails.filter((email: { primary?: boolean }) => email.primary);
    expect(primary).toMatchObject([second]);
  });

  it('leave externalId to the client, exact and as often as it likes (A-31)', async () => {
    const scim = await start();
    for (const name of ['ada', 'grace']) {
      const made = await scim.send('POST', '/Users', {
        body: oktaUser(name, { externalId: 'aBc' }),
      });
      expect([made.status, made.body.externalId]).toEqual([201, 'aBc']);
    }
    const { externalId: _, ...without } = oktaUser('edith');
    const { body: edith } = await scim.send('POST', '/Users', { body: without });
    expect(edith).not.toHaveProperty('externalId');
    for (const [value, total] of [
      ['aBc', 2],
      ['ABC', 0],
    ] as const) {
      const filter = encodeURIComponent(`externalId eq "${value}"`);
      expect((await scim.send('GET', `/Users?filter=${filter}`)).body.totalResults).toBe(total);
    }
  });

  it('answer meta by default, and parts of it where they are named (A-37)', async () => {
    const scim = await start();
    const { body: ada } = await scim.send('POST', '/Users', { body: oktaUser('ada') });
    const read = async (names: string) =>
      (await scim.send('GET', `/Users/${ada.id}?attributes=${names}`)).body;
    expect(await read('userName')).not.toHaveProperty('meta');
    expect((await read('meta.version')).meta).toEqual({ version: ada.meta.version });
  });

  it('add a member once, and keep the version when it is added again (G-12)', async () => {
    const scim = await start();
    const { body: ada } = await scim.send('POST', '/Users', { body: oktaUser('ada') });
    const { body: sales } = await scim.send('POST', '/Groups', { body: group('Sales') });
    const add = () =>
      scim.send('PATCH', `/Groups/${sales.id}`, {
        body: patch({ op: 'add', path: 'members', value: [{ value: ada.id }] }),
      });
    const [first, again] = [await add(), await add()];
    expect([first.status, again.status]).toEqual([204, 204]);
    expect(again.headers.get('etag')).toBe(first.headers.get('etag'));
    expect((await scim.send('GET', `/Groups/${sales.id}`)).body.members).toHaveLength(1);
  });

  it('ignore what they do not know in an address (H-16)', async () => {
    const scim = await start();
    for (const name of ['ada', 'grace'])
      await scim.send('POST', '/Users', { body: oktaUser(name) });
    const [plain, asked] = [
      await scim.send('GET', '/Users'),
      await scim.send('GET', '/Users?foo=bar&aadOptscim062020'),
    ];
    expect([asked.status, asked.text]).toEqual([200, plain.text]);
    expect(asked.body.totalResults).toBe(2);
  });

  it('challenge whoever has no valid token (E-06, K-04, K-05)', async () => {
    const scim = await start();
    const missing = await scim.send('GET', '/Users', { token: null });
    expect(missing.headers.get('www-authenticate')).toBe('Bearer realm="SCIM"');
    const wrong = await scim.send('GET', '/Users', { token: 'wrong' });
    expect(wrong.headers.get('www-authenticate')).toBe(
      'Bearer realm="SCIM", error="invalid_token"',
    );
  });
});
