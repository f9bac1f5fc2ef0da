import { describe, expect, it } from 'vitest';
import { configure, startHarness } from './support/harness.ts';

const schemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp'];
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const groupSchemas = [
  'urn:ietf:params:scim:schemas:core:2.0:Group',
  'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group',
];

async function startEntra(entraFlag: boolean) {
  const harness = await startHarness();
  await configure(harness, {
    mode: 'entra',
    userNameFormat: 'login',
    advanced: { entraFlag },
    toApp: { updateUserAttributes: true },
  });
  const ada = await harness.person('Ada');
  return { harness, ada };
}

const changed = {
  firstName: 'Adele',
  lastName: 'Example',
  login: 'ada.example@example.com',
  email: 'adele@example.com',
  title: 'Engineer',
  department: 'Research',
  displayName: 'Adele E',
};

describe('Entra: users (Entra 1.4)', () => {
  it('a person in scope is matched by filter, then created with objectId as externalId', async () => {
    const { harness, ada } = await startEntra(true);
    await harness.control('POST', `/people/${ada}/assign`);
    const [match, create, ...rest] = harness.peer.takeAll();
    expect(rest).toEqual([]);
    expect(match?.target).toBe('/Users?filter=userName%20eq%20%22ada.example%40example.com%22');
    expect(match?.headers).not.toHaveProperty('user-agent');
    const { people } = await harness.state();
    expect(create?.body).toMatchObject({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', enterprise],
      externalId: people.find(({ id }) => id === ada)?.objectId,
      userName: 'ada.example@example.com',
      active: true,
      emails: [{ primary: true, type: 'work', value: 'ada.example@example.com' }],
      meta: { resourceType: 'User' },
      name: { formatted: 'Ada Example', familyName: 'Example', givenName: 'Ada' },
      roles: [],
      [enterprise]: { department: 'Platform' },
    });
    expect(create?.body).not.toHaveProperty('password');
  });

  it('flag off: one capitalized operation an attribute, each with its path', async () => {
    const { harness, ada } = await startEntra(false);
    await harness.control('POST', `/people/${ada}/assign`);
    harness.peer.take();
    await harness.control('PUT', `/people/${ada}`, { profile: changed });
    const [get, patch] = harness.peer.takeAll();
    expect(get).toMatchObject({ method: 'GET', target: '/Users/u1' });
    expect(patch?.body).toEqual({
      schemas,
      Operations: [
        { op: 'Replace', path: 'displayName', value: 'Adele E' },
        { op: 'Replace', path: 'name.givenName', value: 'Adele' },
        { op: 'Replace', path: 'emails[type eq "work"].value', value: 'adele@example.com' },
        { op: 'Replace', path: `${enterprise}:department`, value: 'Research' },
      ],
    });
  });

  it('flag on: filtered paths one by one, everything else in one path-less replace', async () => {
    const { harness, ada } = await startEntra(true);
    await harness.control('POST', `/people/${ada}/assign`);
    harness.peer.take();
    await harness.control('PUT', `/people/${ada}`, { profile: changed });
    const [, patch] = harness.peer.takeAll();
    expect(patch?.body).toEqual({
      schemas,
      Operations: [
        { op: 'replace', path: 'emails[type eq "work"].value', value: 'adele@example.com' },
        {
          op: 'replace',
          value: {
            displayName: 'Adele E',
            'name.givenName': 'Adele',
            [`${enterprise}:department`]: 'Research',
          },
        },
      ],
    });
  });

  it('values that the service lacks are added with the flag off, and replaced with it on (create on absent)', async () => {
    const sent: unknown[] = [];
    for (const flag of [false, true]) {
      const { harness, ada } = await startEntra(flag);
      await harness.control('POST', `/people/${ada}/assign`);
      const { people } = await harness.state();
      const profile = {
        ...people.find(({ id }) => id === ada)?.profile,
        mobilePhone: '+1 555 0100',
      };
      harness.peer.take();
      await harness.control('PUT', `/people/${ada}`, { profile });
      sent.push(harness.peer.takeAll()[1]?.body?.Operations);
    }
    const path = 'phoneNumbers[type eq "mobile"].value';
    expect(sent).toEqual([
      [{ op: 'Add', path, value: '+1 555 0100' }],
      [{ op: 'replace', path, value: '+1 555 0100' }],
    ]);
  });

  it('phones and the work address are part of the create', async () => {
    const { harness } = await startEntra(true);
    const email = 'phone@example.com';
    const profile = {
      firstName: 'P',
      lastName: 'Q',
      login: email,
      email,
      primaryPhone: '+1',
      mobilePhone: '+2',
      city: 'Springfield',
    };
    const { id } = await harness.control('POST', '/people', { profile });
    await harness.control('POST', `/people/${id}/assign`);
    expect(harness.peer.takeAll()[1]?.body).toMatchObject({
      phoneNumbers: [
        { type: 'work', value: '+1' },
        { type: 'mobile', value: '+2' },
      ],
      addresses: [{ type: 'work', locality: 'Springfield' }],
    });
    await harness.control('POST', `/people/${id}/provision`);
    expect(harness.peer.take()).toEqual(['GET /Users/u1']);
  });

  it('no difference sends no PATCH', async () => {
    const { harness, ada } = await startEntra(true);
    await harness.control('POST', `/people/${ada}/assign`);
    harness.peer.take();
    await harness.control('POST', `/people/${ada}/provision`);
    expect(harness.peer.take()).toEqual(['GET /Users/u1']);
  });

  it.each([
    {
      flag: false,
      disable: { op: 'Replace', path: 'active', value: 'False' },
      restore: { op: 'Replace', path: 'active', value: 'True' },
    },
    {
      flag: true,
      disable: { op: 'replace', path: 'active', value: false },
      restore: { op: 'replace', path: 'active', value: true },
    },
  ])('flag $flag: soft delete, restore, then hard delete', async ({ flag, disable, restore }) => {
    const { harness, ada } = await startEntra(flag);
    await harness.control('POST', `/people/${ada}/assign`);
    harness.peer.take();
    await harness.control('POST', `/people/${ada}/deactivate`);
    const [disabled, ...none] = harness.peer.takeAll();
    expect(none).toEqual([]);
    expect(disabled).toMatchObject({ method: 'PATCH', target: '/Users/u1' });
    expect(disabled?.body?.Operations).toEqual([disable]);
    await harness.control('POST', `/people/${ada}/activate`);
    const [get, restored] = harness.peer.takeAll();
    expect(get).toMatchObject({ method: 'GET', target: '/Users/u1' });
    expect(restored?.body?.Operations).toEqual([restore]);
    await harness.control('POST', `/people/${ada}/deactivate`);
    harness.peer.take();
    await harness.control('POST', `/people/${ada}/remove`);
    expect(harness.peer.take()).toEqual(['DELETE /Users/u1']);
  });

  it('somebody who was unassigned first is never deleted', async () => {
    const { harness, ada } = await startEntra(true);
    await harness.control('POST', `/people/${ada}/assign`);
    await harness.control('POST', `/people/${ada}/unassign`);
    harness.peer.take();
    await harness.control('POST', `/people/${ada}/deactivate`);
    await harness.control('POST', `/people/${ada}/remove`);
    expect(harness.peer.take()).toEqual([]);
  });

  it('the flag can stand at the Tenant URL, and stays in each request', async () => {
    const { harness, ada } = await startEntra(false);
    const baseUrl = `${harness.peer.baseUrl}/?aadOptscim062020`;
    await harness.control('POST', '/app', { integration: { baseUrl } });
    await harness.control('POST', `/people/${ada}/assign`);
    await harness.control('POST', `/people/${ada}/deactivate`);
    const seen = harness.peer.takeAll();
    expect(seen.map(({ method, target }) => `${method} ${target}`)).toEqual([
      'GET /Users?aadOptscim062020&filter=userName%20eq%20%22ada.example%40example.com%22',
      'POST /Users?aadOptscim062020',
      'PATCH /Users/u1?aadOptscim062020',
    ]);
    expect(seen[2]?.body?.Operations).toEqual([{ op: 'replace', path: 'active', value: false }]);
  });
});

describe('Entra: groups (Entra 1.4, Groups)', () => {
  it.each([
    {
      flag: false,
      add: 'Add',
      remove: { op: 'Remove', path: 'members', value: [{ $ref: null, value: 'u1' }] },
    },
    { flag: true, add: 'add', remove: { op: 'remove', path: 'members[value eq "u1"]' } },
  ])(
    'flag $flag: match, create without members, add one a PATCH, remove, rename, delete',
    async ({ flag, add, remove }) => {
      const { harness } = await startEntra(flag);
      const sales = await harness.group('Sales');
      const ben = await harness.person('Ben');
      for (const id of [ben, await harness.person('Ines')]) {
        await harness.control('POST', `/people/${id}/assign`);
      }
      harness.peer.take();
      await harness.control('POST', `/groups/${sales}/push`);
      const [match, create, read, ...adds] = harness.peer.takeAll();
      expect(match?.target).toBe(
        '/Groups?excludedAttributes=members&filter=displayName%20eq%20%22Sales%22',
      );
      const { groups } = await harness.state();
      expect(create?.body).toEqual({
        schemas: groupSchemas,
        externalId: groups.find(({ id }) => id === sales)?.objectId,
        displayName: 'Sales',
        meta: { resourceType: 'Group' },
      });
      expect(read?.target).toBe('/Groups/g3?excludedAttributes=members');
      expect(adds.map(({ body }) => body?.Operations)).toEqual([
        [{ op: add, path: 'members', value: [{ $ref: null, value: 'u1' }] }],
        [{ op: add, path: 'members', value: [{ $ref: null, value: 'u2' }] }],
      ]);
      await harness.control('DELETE', `/groups/${sales}/members/${ben}`);
      expect(harness.peer.takeAll().at(-1)?.body?.Operations).toEqual([remove]);
      await harness.control('PUT', `/groups/${sales}`, { name: 'Revenue' });
      expect(harness.peer.takeAll().at(-1)?.body?.Operations).toEqual([
        flag
          ? { op: 'replace', value: { displayName: 'Revenue' } }
          : { op: 'Replace', path: 'displayName', value: 'Revenue' },
      ]);
      await harness.control('POST', `/groups/${sales}/remove`);
      expect(harness.peer.take()).toEqual(['DELETE /Groups/g3']);
    },
  );
});
