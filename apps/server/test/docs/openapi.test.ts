import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { routes, streams } from '@rollcall/api';
import { expect, it } from 'vitest';
import { describeApi } from '../../src/http/management/openapi.ts';
import { describeEachEngine } from '../support/databases.ts';
import { testApp } from '../support/server.ts';

const file = join(import.meta.dirname, '../../../../docs/openapi.json');
const description = describeApi();
const text = JSON.stringify(description);

it('docs/openapi.json is what the contract says; scripts/write-openapi.ts writes it anew', () => {
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(text));
});

it('every operation is there, and every reference leads somewhere', () => {
  const ids = [...text.matchAll(/"operationId":"(\w+)"/g)].map(([, id]) => id);
  expect(ids.toSorted()).toEqual(Object.keys({ ...routes, ...streams }).sort());
  const { components } = JSON.parse(text);
  for (const [, kind = '', name = ''] of text.matchAll(/"#\/components\/(\w+)\/(\w+)"/g)) {
    expect(components[kind], name).toHaveProperty(name);
  }
});

it('says which scope an API key needs, and where it cannot go', () => {
  expect(description).toMatchObject({
    paths: {
      '/accounts/{accountId}/licenses/users': {
        get: { 'x-scope': 'people:read', security: [{ session: [] }, { apiKey: [] }] },
      },
      '/accounts/{accountId}/api-keys': { post: { security: [{ session: [] }] } },
      '/sign-in/passphrase': { post: { security: [] } },
    },
  });
});

describeEachEngine('The description of the API', (databases) => {
  it('is served to anybody', async () => {
    const app = testApp(await databases.open());
    const answer = await app.inject({ url: '/api/v1/openapi.json' });
    expect([answer.statusCode, answer.json()]).toEqual([200, JSON.parse(text)]);
  });
});
