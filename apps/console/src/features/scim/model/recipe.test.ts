import { describe, expect, test } from 'vitest';
import type { RecipeValue } from '../../../components/recipe.tsx';
import { recipeFor } from './recipe.ts';

const connectorUrl = 'https://insomnia.example.com/scim/01a20ce4-f020-7d08-9f42-6b1e5c0a88d3/v2';
const valuesOf = (provider: 'okta' | 'entra' | 'generic') =>
  recipeFor(provider, connectorUrl).flatMap(({ values = [] }) => values);
const find = (values: readonly RecipeValue[], name: string) =>
  values.find((value) => value.name === name);

describe('recipes', () => {
  test("Okta's five values stand under Okta's own labels, in its order", () => {
    expect(valuesOf('okta').map(({ name }) => name)).toEqual([
      'SCIM connector base URL',
      'Unique identifier field for users',
      'Supported provisioning actions',
      'Authentication Mode',
      'Authorization',
    ]);
    expect(find(valuesOf('okta'), 'SCIM connector base URL')).toMatchObject({
      value: connectorUrl,
    });
    expect(find(valuesOf('okta'), 'Unique identifier field for users')).toMatchObject({
      value: 'email',
    });
  });

  test("Okta's recipe says that the guide names the base URL differently", () => {
    const url = find(valuesOf('okta'), 'SCIM connector base URL');
    expect(url).toHaveProperty('note', expect.stringContaining('SAML connector base URL'));
  });

  test("Entra's Tenant URL carries the flag, with a line that says why", () => {
    expect(find(valuesOf('entra'), 'Tenant URL')).toMatchObject({
      value: `${connectorUrl}?aadOptscim062020`,
      note: expect.stringContaining('SCIM standard'),
    });
  });

  test.each(['okta', 'entra', 'generic'] as const)(
    'the token of %s is never a value',
    (provider) => {
      const tokens = valuesOf(provider).filter(({ kind }) => kind === 'token');
      expect(tokens).toHaveLength(1);
      expect(tokens[0]).not.toHaveProperty('value');
    },
  );
});
