import { describe, expect, it } from 'vitest';
import { configure, type Harness, startHarness } from './support/harness.ts';

const salesFilter = 'filter=displayName%20eq%20%22Sales%22&startIndex=1&count=100';
const patchSchemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp'];
const groupSchemas = ['urn:ietf:params:scim:schemas:core:2.0:Group'];

/** The Sales group's two people are users u1 (Ben) and u2 (Ines) of the service; nothing is recorded yet. */
async function withSalesAssigned(change = {}): Promise<{ harness: Harness; sales: string }> {
  const harness = await startHarness();
  const sales = await harness.group('Sales');
  await configure(harness, change);
  for (const name of ['Ben', 'Ines']) {
    await harness.control('POST', `/people/${await harness.person(name)}/assign`);
  }
  harness.peer.take();
  return { harness, sales };
}

const ben = { value: 'u1', display: 'ben.sample@example.com' };
const ines = { value: 'u2', display: 'ines.example@example.com' };

describe('custom (AIW) app: group push', () => {
  it('C9312: pushing a group looks it up, creates it empty, then puts its members (sections 3.10, 3.11)', async () => {
    const { harness, sales } = await withSalesAssigned();
    await harness.control('POST', `/groups/${sales}/push`);
    const seen = harness.peer.takeAll();
    expect(seen.map(({ method, target }) => `${method} ${target}`)).toEqual([
      `GET /Groups?${salesFilter}`,
      'POST /Groups',
      'GET /Groups/g3',
      'PUT /Groups/g3',
    ]);
    expect(seen[1]?.body).toEqual({ schemas: groupSchemas, displayName: 'Sales', members: [] });
    expect(seen[3]?.body).toEqual({
      schemas: groupSchemas,
      id: 'g3',
      displayName: 'Sales',
      members: [ben, ines],
    });
    expect((await harness.state()).pushes).toMatchObject([{ status: 'ACTIVE', scimId: 'g3' }]);
  });

  it('C9317: an empty group is looked up and created, nothing more', async () => {
    const { harness } = await withSalesAssigned();
    const { id } = await harness.control('POST', '/groups', { name: 'Nobody' });
    await harness.control('POST', `/groups/${id}/push`);
    expect(harness.peer.take().map((line) => line.split('?')[0])).toEqual([
      'GET /Groups',
      'POST /Groups',
    ]);
  });

  it('people who are not assigned are left out of pushed memberships (section 1.8)', async () => {
    const { harness, sales } = await withSalesAssigned();
    await harness.control('PUT', `/groups/${sales}/members/${await harness.person('Noor')}`);
    await harness.control('POST', `/groups/${sales}/push`);
    expect(harness.peer.groups.get('g3')?.members).toEqual([ben, ines]);
  });

  it('C9332, C9333: a member who comes or goes sends GET and PUT that keeps members from elsewhere (section 3.11)', async () => {
    const { harness, sales } = await withSalesAssigned();
    await harness.control('POST', `/groups/${sales}/push`);
    const foreign = { value: 'by-hand', display: 'x' };
    harness.peer.groups.set('g3', {
      id: 'g3',
      displayName: 'Sales',
      members: [ben, ines, foreign],
    });
    harness.peer.take();
    await harness.control('DELETE', `/groups/${sales}/members/${await harness.person('Ben')}`);
    const [get, put] = harness.peer.takeAll();
    expect(get).toMatchObject({ method: 'GET', target: '/Groups/g3' });
    expect(put).toMatchObject({ method: 'PUT', target: '/Groups/g3' });
    expect(put?.body?.members).toEqual([foreign, ines]);
  });

  it('C9316: Push now overwrites members that were added by hand, for an empty group too (section 3.12)', async () => {
    const { harness, sales } = await withSalesAssigned();
    await harness.control('POST', `/groups/${sales}/push`);
    for (const name of ['Ben', 'Ines']) {
      await harness.control('DELETE', `/groups/${sales}/members/${await harness.person(name)}`);
    }
    harness.peer.groups.set('g3', {
      id: 'g3',
      displayName: 'Sales',
      members: [{ value: 'by-hand' }],
    });
    harness.peer.take();
    await harness.control('POST', `/groups/${sales}/pushNow`);
    const [, put] = harness.peer.takeAll();
    expect(put).toMatchObject({ method: 'PUT', body: { displayName: 'Sales', members: [] } });
  });

  it('a renamed group sends GET and PUT with the new name (section 3.13)', async () => {
    const { harness, sales } = await withSalesAssigned();
    await harness.control('POST', `/groups/${sales}/push`);
    harness.peer.take();
    await harness.control('PUT', `/groups/${sales}`, { name: 'Revenue' });
    const [, put, ...rest] = harness.peer.takeAll();
    expect(rest).toEqual([]);
    expect(put).toMatchObject({
      method: 'PUT',
      body: { displayName: 'Revenue', members: [ben, ines] },
    });
  });

  it('C9318: unlink and delete sends DELETE; the people stay (section 3.14)', async () => {
    const { harness, sales } = await withSalesAssigned();
    await harness.control('POST', `/groups/${sales}/push`);
    harness.peer.take();
    await harness.control('POST', `/groups/${sales}/unlinkDelete`);
    expect(harness.peer.take()).toEqual(['DELETE /Groups/g3']);
    expect((await harness.state()).pushes).toEqual([]);
    expect(harness.peer.users.size).toBe(2);
  });

  it('C9321: unlink and leave sends nothing (section 3.14)', async () => {
    const { harness, sales } = await withSalesAssigned();
    await harness.control('POST', `/groups/${sales}/push`);
    harness.peer.take();
    await harness.control('POST', `/groups/${sales}/unlinkLeave`);
    expect(harness.peer.take()).toEqual([]);
    expect(harness.peer.groups.size).toBe(1);
  });

  it('C9319, C9320: a deactivated push sends no members, an activated one sends all at once', async () => {
    const { harness, sales } = await withSalesAssigned();
    await harness.control('POST', `/groups/${sales}/push`);
    await harness.control('POST', `/groups/${sales}/deactivatePush`);
    harness.peer.take();
    await harness.control('DELETE', `/groups/${sales}/members/${await harness.person('Ben')}`);
    expect(harness.peer.take()).toEqual([]);
    await harness.control('POST', `/groups/${sales}/activatePush`);
    const [, put] = harness.peer.takeAll();
    expect(put).toMatchObject({ method: 'PUT', body: { members: [ines] } });
  });

  it.each([
    { rename: true, name: 'Sales', id: 'C9315' },
    { rename: false, name: 'Old sales', id: 'C9330' },
  ])(
    '$id: linking keeps the old members, and the name only without the rename flag (section 3.15)',
    async ({ rename, name }) => {
      const { harness, sales } = await withSalesAssigned({
        renameAppGroups: rename,
        integration: { importGroups: true },
      });
      const old = { value: 'old-member', display: 'x' };
      const scimId = harness.peer.addGroup({ displayName: 'Old sales', members: [old] });
      await harness.control('POST', '/import');
      harness.peer.take();
      await harness.control('POST', `/groups/${sales}/link`, { scimId });
      const [get, put, ...rest] = harness.peer.takeAll();
      expect(rest).toEqual([]);
      expect(get).toMatchObject({ method: 'GET', target: `/Groups/${scimId}` });
      expect(put).toMatchObject({ method: 'PUT', target: `/Groups/${scimId}` });
      expect(put?.body).toMatchObject({ displayName: name, members: [old, ben, ines] });
    },
  );

  it('a member display can be null (section 3.11)', async () => {
    const { harness, sales } = await withSalesAssigned({ advanced: { memberDisplayNull: true } });
    await harness.control('POST', `/groups/${sales}/push`);
    const put = harness.peer.takeAll().at(-1);
    expect(put?.body?.members).toEqual([
      { value: 'u1', display: null },
      { value: 'u2', display: null },
    ]);
  });

  it('a person who is provisioned later joins the pushed group (section 3.4)', async () => {
    const { harness, sales } = await withSalesAssigned();
    await harness.control('POST', `/groups/${sales}/push`);
    const noor = await harness.person('Noor');
    await harness.control('PUT', `/groups/${sales}/members/${noor}`);
    harness.peer.take();
    await harness.control('POST', `/people/${noor}/assign`);
    expect(harness.peer.take().map((line) => line.split('?')[0])).toEqual([
      'GET /Users',
      'POST /Users',
      'GET /Groups/g3',
      'PUT /Groups/g3',
    ]);
  });
});

describe('catalog app: group push', () => {
  it('creates empty, names, then adds the members by PATCH (sections 3.10, 3.11)', async () => {
    const { harness, sales } = await withSalesAssigned({ mode: 'catalog' });
    await harness.control('POST', `/groups/${sales}/push`);
    const [, post, name, add] = harness.peer.takeAll();
    expect(post).toMatchObject({ method: 'POST', target: '/Groups', body: { members: [] } });
    expect(name?.body).toEqual({
      schemas: patchSchemas,
      Operations: [{ op: 'replace', value: { id: 'g3', displayName: 'Sales' } }],
    });
    expect(add).toMatchObject({ method: 'PATCH', target: '/Groups/g3' });
    expect(add?.body).toEqual({
      schemas: patchSchemas,
      Operations: [{ op: 'add', path: 'members', value: [ben, ines] }],
    });
  });

  it('C9333: removes one operation a member, with a filter in the path (section 3.11)', async () => {
    const { harness, sales } = await withSalesAssigned({ mode: 'catalog' });
    await harness.control('POST', `/groups/${sales}/push`);
    harness.peer.take();
    await harness.control('DELETE', `/groups/${sales}/members/${await harness.person('Ben')}`);
    expect(harness.peer.takeAll().at(-1)?.body?.Operations).toEqual([
      { op: 'remove', path: 'members[value eq "u1"]' },
    ]);
  });

  it.each([
    { shape: 'path', operation: { op: 'replace', path: 'members', value: [] } },
    {
      shape: 'pathless',
      operation: { op: 'replace', value: { id: 'g3', displayName: 'Sales', members: [] } },
    },
  ])(
    'C9316: Push now of an empty group sends the $shape replace (section 3.12)',
    async ({ shape, operation }) => {
      const { harness, sales } = await withSalesAssigned({
        mode: 'catalog',
        advanced: { pushNowShape: shape },
      });
      await harness.control('POST', `/groups/${sales}/push`);
      for (const name of ['Ben', 'Ines']) {
        await harness.control('DELETE', `/groups/${sales}/members/${await harness.person(name)}`);
      }
      harness.peer.take();
      await harness.control('POST', `/groups/${sales}/pushNow`);
      expect(harness.peer.takeAll().map(({ body }) => body?.Operations)).toEqual([[operation]]);
    },
  );

  it('sends at most 100 membership changes in one PATCH (section 3.17)', async () => {
    const { harness } = await withSalesAssigned({ mode: 'catalog' });
    const { id: groupId } = await harness.control('POST', '/groups', { name: 'Everybody' });
    for (let number = 1; number <= 205; number += 1) {
      const login = `p${number}@example.com`;
      const profile = { firstName: `P${number}`, lastName: 'Many', login, email: login };
      const { id } = await harness.control('POST', '/people', { profile });
      await harness.control('PUT', `/groups/${groupId}/members/${id}`);
      await harness.control('POST', `/people/${id}/assign`);
    }
    harness.peer.take();
    await harness.control('POST', `/groups/${groupId}/push`);
    const sizes = harness.peer.takeAll().flatMap(({ body }) => {
      const operations: { op: string; value: unknown[] }[] = Array.isArray(body?.Operations)
        ? body.Operations
        : [];
      return operations.filter(({ op }) => op === 'add').map(({ value }) => value.length);
    });
    expect(sizes).toEqual([100, 100, 5]);
  });

  it('somebody who left is left out of later pushes without a request, and added when back (section 3.6)', async () => {
    const { harness, sales } = await withSalesAssigned({ mode: 'catalog' });
    const id = await harness.person('Ben');
    await harness.control('POST', `/groups/${sales}/push`);
    harness.peer.take();
    await harness.control('POST', `/people/${id}/unassign`);
    expect(harness.peer.take()).toEqual(['PATCH /Users/u1']);
    await harness.control('POST', `/people/${id}/assign`);
    expect(harness.peer.takeAll().at(-1)?.body?.Operations).toEqual([
      { op: 'add', path: 'members', value: [ben] },
    ]);
  });
});
