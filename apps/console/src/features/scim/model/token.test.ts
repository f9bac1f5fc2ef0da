import { describe, expect, test } from 'vitest';
import { tokenWith } from './directory.fixture.ts';
import { credentialsAsText, currentToken, replacedToken } from './token.ts';

const old = tokenWith({
  lastFour: 'old1',
  state: 'retiring',
  createdAt: '2026-01-01T00:00:00.000Z',
});
const fresh = tokenWith({ lastFour: 'new1', createdAt: '2026-06-01T00:00:00.000Z' });

describe('tokens of a directory', () => {
  test('the current one is the newest that writes', () => {
    const reader = tokenWith({ access: 'read_only', createdAt: '2027-01-01T00:00:00.000Z' });
    expect(currentToken([old, reader, fresh])?.lastFour).toBe('new1');
  });

  test('an ended token is current only while none works', () => {
    const expired = tokenWith({
      lastFour: 'end1',
      state: 'expired',
      createdAt: '2027-01-01T00:00:00.000Z',
    });
    expect(currentToken([expired, old])?.lastFour).toBe('old1');
    expect(currentToken([expired])?.lastFour).toBe('end1');
    expect(currentToken([tokenWith({ state: 'revoked' })])).toBeUndefined();
  });

  test('a replaced token is known by name at once, and can go once its successor was used', () => {
    expect(replacedToken([old, fresh])).toEqual({ old, current: fresh, inUse: true });
    const unused = { ...fresh, lastUsedAt: null };
    expect(replacedToken([old, unused])).toEqual({ old, current: unused, inUse: false });
    expect(replacedToken([old])).toBeUndefined();
    expect(replacedToken([fresh])).toBeUndefined();
  });

  test('all as text holds both values and the date', () => {
    const text = credentialsAsText(
      {
        directoryId: '01a20ce4-f020-7d08-9f42-6b1e5c0a88d3',
        connectorUrl: 'https://insomnia.example.com/scim/x/v2',
        token: 'EXAMPLE-ONLY',
        expiresAt: '2027-11-24T10:00:00.000Z',
      },
      'Insomnia',
    );
    expect(text).toBe(
      'Insomnia SCIM\nConnector URL: https://insomnia.example.com/scim/x/v2\nToken: EXAMPLE-ONLY\nExpires: 24 Nov 2027\n',
    );
  });
});
