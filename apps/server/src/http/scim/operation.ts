import type { Endpoint } from './address.ts';

/** What a request asks for, in words; where nothing better is known than its method and address. */
export function operationOf(method: string, endpoint: Endpoint): string {
  const words = wordsByEndpoint[endpoint.kind];
  if (typeof words === 'string') return words;
  return words[method === 'HEAD' ? 'GET' : method] ?? 'Other request';
}

const wordsByEndpoint: Readonly<Record<Endpoint['kind'], string | Record<string, string>>> = {
  root: { GET: 'Find users and groups' },
  root_search: 'Find users and groups',
  users: { GET: 'List users', POST: 'Create user' },
  user: { GET: 'Read user', PUT: 'Update user', PATCH: 'Update user', DELETE: 'Delete user' },
  user_search: 'Find users',
  groups: { GET: 'List groups', POST: 'Create group' },
  group: { GET: 'Read group', PUT: 'Update group', PATCH: 'Update group', DELETE: 'Delete group' },
  group_search: 'Find groups',
  configuration: 'Read configuration',
  resource_types: 'Read resource types',
  resource_type: 'Read resource types',
  schemas: 'Read schemas',
  schema: 'Read schemas',
  roles: 'Read roles',
  role: 'Read roles',
  entitlements: 'Read entitlements',
  entitlement: 'Read entitlements',
  me: 'Other request',
  bulk: 'Bulk request',
  unknown: 'Other request',
};
