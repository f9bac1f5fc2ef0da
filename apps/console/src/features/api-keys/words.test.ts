import { describe, expect, it } from 'vitest';
import { scopesInWords, scopesOf } from './words.ts';

describe('The scopes of an API key', () => {
  it('are those of the areas that were chosen, writing alone where it includes reading', () => {
    const chosen = { audit: 'read', people: 'write', scim: 'none' } as const;
    expect(scopesOf(chosen)).toEqual(['people:write', 'audit:read']);
  });

  it.each([
    [['scim:read'], 'Reads SCIM'],
    [['people:write'], 'Changes Teams and licenses'],
    [
      ['audit:read', 'scim:read', 'people:write'],
      'Reads SCIM and Audit, changes Teams and licenses',
    ],
  ] as const)('%j read as %s', (scopes, words) => {
    expect(scopesInWords(scopes)).toBe(words);
  });
});
