import { describe, expect, it } from 'vitest';
import { appId, developmentApiToken } from '../src/index.ts';
import { configure, type Harness, startHarness, updating } from './support/harness.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** A call as Okta's suite makes it: also an empty body is declared as JSON. */
function api({ idp }: Harness, method: Method, url: string, body: object | string = '') {
  const headers = {
    authorization: `SSWS ${developmentApiToken}`,
    accept: 'application/json',
    'content-type': 'application/json',
  };
  return idp.inject({ method, url: `/api/v1${url}`, headers, payload: body });
}

const names = {
  firstName: 'Tess',
  lastName: 'Testcase',
  email: 't@example.com',
  login: 't@example.com',
};

describe('the management API that Okta’s CRUD suite drives (section 5.2)', () => {
  it('runs the suite’s twelve steps; each answer comes after its provisioning', async () => {
    const harness = await startHarness();
    const { users } = harness.peer;
    await configure(harness, updating);
    expect((await api(harness, 'GET', `/apps/${appId}`)).statusCode).toBe(200);
    const added = await api(harness, 'POST', '/users?activate=true', {
      profile: { ...names, title: 'Engineer', primaryPhone: '415.123.4567' },
      credentials: { password: { value: 'sample' } },
    });
    expect(added.statusCode).toBe(200);
    const { id } = added.json();
    const assignment = {
      id,
      scope: 'USER',
      credentials: { userName: names.email },
      profile: { familyName: 'Testcase', givenName: 'Tess', emailType: 'work', email: names.email },
    };
    const assigned = await api(harness, 'POST', `/apps/${appId}/users`, assignment);
    expect(assigned.statusCode).toBe(200);
    expect(assigned.json()).toMatchObject({ status: 'PROVISIONED', externalId: 'u1' });
    expect(users.get('u1')).toMatchObject({ userName: names.email, name: { givenName: 'Tess' } });
    const profile = { ...names, firstName: 'Tessa' };
    expect((await api(harness, 'PUT', `/users/${id}`, { profile })).statusCode).toBe(200);
    expect(users.get('u1')).toMatchObject({
      name: { givenName: 'Tessa' },
      title: '',
      phoneNumbers: [],
    });
    expect((await api(harness, 'POST', `/users/${id}/lifecycle/deactivate`)).statusCode).toBe(200);
    expect(users.get('u1')?.active).toBe(false);
    expect((await api(harness, 'POST', `/users/${id}/lifecycle/activate`)).statusCode).toBe(200);
    expect((await api(harness, 'POST', `/apps/${appId}/users`, assignment)).statusCode).toBe(200);
    expect(users.get('u1')?.active).toBe(true);
    const removed = await api(harness, 'DELETE', `/apps/${appId}/users/${id}`);
    expect(removed.statusCode).toBe(204);
    expect(users.get('u1')?.active).toBe(false);
  });

  it('refuses a call without the token in Okta’s error form', async () => {
    const { idp } = await startHarness();
    const answer = await idp.inject({ method: 'GET', url: `/api/v1/apps/${appId}` });
    expect(answer.statusCode).toBe(401);
    expect(answer.json()).toMatchObject({ errorCode: 'E0000011' });
  });

  it.each([
    { name: 'an unknown app', method: 'GET', url: '/apps/other', status: 404, code: 'E0000007' },
    {
      name: 'an unknown user',
      method: 'GET',
      url: '/users/00uother',
      status: 404,
      code: 'E0000007',
    },
    {
      name: 'a missing attribute',
      method: 'POST',
      url: '/users',
      body: { profile: { firstName: 'A' } },
      status: 400,
      code: 'E0000001',
    },
    {
      name: 'a login that is taken',
      method: 'POST',
      url: '/users',
      body: { profile: { ...names, login: 'ADA.example@example.com' } },
      status: 400,
      code: 'E0000001',
    },
    {
      name: 'malformed JSON',
      method: 'POST',
      url: '/users',
      body: '{',
      status: 400,
      code: 'E0000003',
    },
  ] as const)('$name is $status', async ({ method, url, status, code, ...rest }) => {
    const harness = await startHarness();
    const answer = await api(harness, method, url, 'body' in rest ? rest.body : '');
    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toMatchObject({ errorCode: code });
  });
});
