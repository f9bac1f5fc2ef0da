import { beforeAll, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import { describeEachEngine } from '../support/databases.ts';
import { group, oktaUser, patch } from './bodies.ts';
import { type ScimServer, startScim } from './scim-server.ts';

const patchOf = (...operations: readonly object[]) => ({ body: patch(...operations) });

describeEachEngine('Members', (databases) => {
  let database: Database;
  beforeAll(async () => {
    database = await databases.open();
  });
  const start = async (members = 3) => {
    const scim = await startScim(database, { provider: 'generic', seats: 20 });
    const ids: string[] = [];
    for (const name of ['ada', 'grace', 'edith', 'alan']) {
      ids.push((await scim.send('POST', '/Users', { body: oktaUser(name) })).body.id);
    }
    const { body: sales } = await scim.send('POST', '/Groups', {
      body: group('Sales', ids.slice(0, members)),
    });
    return { scim, ids, sales, path: `/Groups/${sales.id}` };
  };
  const membersOf = async (scim: ScimServer, path: string): Promise<string[]> => {
    const { body } = await scim.send('GET', path);
    return (body.members ?? []).map(({ value }: { value: string }) => value);
  };

  it('are set at creation, people and groups, with kind and reference (C-03, G-04, G-09)', async () => {
    const { scim, ids, sales } = await start(1);
    const sent = group('All', [String(ids[0]), sales.id]);
    const made = await scim.send('POST', '/Groups', { body: sent });
    expect(made.status).toBe(201);
    const base = sales.meta.location.slice(0, sales.meta.location.indexOf('/Groups'));
    expect(made.body.members).toEqual([
      { value: ids[0], $ref: `${base}/Users/${ids[0]}`, display: 'Ada Byron', type: 'User' },
      { value: sales.id, $ref: sales.meta.location, display: 'Sales', type: 'Group' },
    ]);
    expect((await scim.send('GET', `/Groups/${made.body.id}`)).body).toEqual(made.body);
  });

  it('are removed as they are listed, as they are found, or all at once (G-14, G-15, G-13)', async () => {
    const { scim, ids, path } = await start(4);
    const [ada, grace, edith, alan] = ids;
    const remove = async (operation: object) => {
      const { status } = await scim.send('PATCH', path, patchOf({ op: 'remove', ...operation }));
      expect(status).toBe(204);
      return membersOf(scim, path);
    };
    const listed = { path: 'members', value: [{ value: ada }, { value: 'absent' }] };
    expect(await remove(listed)).toEqual([grace, edith, alan]);
    expect(await remove({ path: 'members', value: [] })).toEqual([grace, edith, alan]);
    expect(await remove({ path: `members[value eq "${grace}"]` })).toEqual([edith, alan]);
    expect(await remove({ path: `members[value eq "${grace}"]` })).toEqual([edith, alan]);
    expect(await remove({ path: 'members' })).toEqual([]);
    expect((await scim.send('GET', path)).body).not.toHaveProperty('members');
  });

  it('are replaced by an exact list, which may be empty (G-16, G-17)', async () => {
    const { scim, ids, path } = await start();
    const [, , edith, alan] = ids;
    const replaced = async (value: object) => {
      await scim.send('PATCH', path, patchOf({ op: 'replace', path: 'members', value }));
      return membersOf(scim, path);
    };
    expect(await replaced([{ value: edith }, { value: alan }])).toEqual([edith, alan]);
    expect(await replaced([])).toEqual([]);
    await replaced([{ value: edith }]);
    const { members: _, ...silent } = group('Sales');
    const put = await scim.send('PUT', path, { body: silent });
    expect([put.status, put.body.members]).toEqual([200, undefined]);
    expect(await membersOf(scim, path)).toEqual([]);
  });

  it('cannot be rewritten in place (G-03, P-44)', async () => {
    const { scim, ids, sales, path } = await start(1);
    const at = `members[value eq "${ids[0]}"]`;
    for (const operation of [
      { op: 'replace', path: `${at}.value`, value: ids[1] },
      { op: 'replace', path: at, value: { value: ids[1] } },
      { op: 'replace', path: `${at}.type`, value: 'Group' },
      { op: 'remove', path: `${at}.value` },
    ]) {
      const refused = await scim.send('PATCH', path, patchOf(operation));
      expect([refused.status, refused.body.scimType], operation.path).toEqual([400, 'mutability']);
    }
    expect((await scim.send('GET', path)).body).toEqual(sales);
  });

  it('are refused where nobody has their id, in the same words for another directory’s, and nothing is applied (G-07, G-08)', async () => {
    const { scim, ids, sales, path } = await start(1);
    const theirs = await startScim(database);
    const { body: eve } = await theirs.send('POST', '/Users', { body: oktaUser('eve') });
    const { body: legal } = await theirs.send('POST', '/Groups', { body: group('Legal') });
    const nobody = crypto.randomUUID();
    const refusals = async (id: string) => {
      const add = { op: 'add', path: 'members', value: [{ value: ids[1] }, { value: id }] };
      const answers = [
        await scim.send('POST', '/Groups', { body: group('Ours', [id]) }),
        await scim.send('PUT', path, { body: group('Renamed', [id]) }),
        await scim.send('PATCH', path, patchOf(add)),
        await scim.send('PATCH', path, patchOf({ ...add, op: 'replace' })),
      ];
      return answers.map(({ status, text }) => [status, text.replaceAll(id, '<id>')]);
    };
    const unknown = await refusals(nobody);
    expect(unknown.map(([status]) => status)).toEqual([400, 400, 400, 400]);
    expect(unknown.every(([, text]) => String(text).includes('"invalidValue"'))).toBe(true);
    for (const id of [eve.id, legal.id]) expect(await refusals(id)).toEqual(unknown);
    expect((await scim.send('GET', path)).body).toEqual(sales);
    expect((await scim.send('GET', '/Groups')).body.totalResults).toBe(1);
  });

  it('outlive their group, which leaves them and its parents (G-21, U-21, X-03)', async () => {
    const { scim, ids, sales, path } = await start(1);
    const { body: outer } = await scim.send('POST', '/Groups', {
      body: group('Outer', [sales.id, String(ids[1])]),
    });
    const member = `/Users/${ids[0]}`;
    const groupsOf = async () =>
      ((await scim.send('GET', member)).body.groups ?? []).map(
        ({ display }: { display: string }) => display,
      );
    expect(await groupsOf()).toEqual(['Sales', 'Outer']);
    expect((await scim.send('DELETE', path)).status).toBe(204);
    const left = await scim.send('GET', member);
    expect([left.status, left.body.groups]).toEqual([200, undefined]);
    expect(await membersOf(scim, `/Groups/${outer.id}`)).toEqual([ids[1]]);
    for (const filter of [`groups.value eq "${sales.id}"`, `members.value eq "${sales.id}"`]) {
      const endpoint = filter.startsWith('groups') ? '/Users' : '/Groups';
      const found = await scim.send('GET', `${endpoint}?filter=${encodeURIComponent(filter)}`);
      expect(found.body.totalResults, filter).toBe(0);
    }
  });
});
