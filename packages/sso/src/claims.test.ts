import { describe, expect, it } from 'vitest';
import { saidAddresses, saidName } from './claims.ts';

const xmlsoap = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims';

/** As Entra sends them where nobody changed its claims. */
const entra = {
  'http://schemas.microsoft.com/identity/claims/tenantid': ['11111111-2222-3333-4444-555555555555'],
  'http://schemas.microsoft.com/identity/claims/displayname': ['Ada L. Sample'],
  [`${xmlsoap}/givenname`]: ['Ada'],
  [`${xmlsoap}/surname`]: ['Sample'],
  [`${xmlsoap}/emailaddress`]: ['ada@example.com'],
  [`${xmlsoap}/name`]: ['ada@corp.example.com'],
};

describe('What IdPs say of a person', () => {
  it("is read from Entra's default claims", () => {
    expect(saidAddresses(entra)).toEqual(['ada@example.com']);
    expect(saidName(entra)).toBe('Ada L. Sample');
  });

  it('is put together of given and family name before the user principal name counts', () => {
    const { 'http://schemas.microsoft.com/identity/claims/displayname': _, ...rest } = entra;
    expect(saidName(rest)).toBe('Ada Sample');
    expect(saidName({ [`${xmlsoap}/surname`]: ['Sample'] })).toBe('Sample');
    expect(saidName({ [`${xmlsoap}/name`]: ['ada@corp.example.com'] })).toBe(
      'ada@corp.example.com',
    );
  });

  it.each([
    ['Okta', { email: ['ada@example.com'], firstName: ['Ada'], lastName: ['Sample'] }],
    [
      'OpenID Connect',
      { email: ['ada@example.com'], given_name: ['Ada'], family_name: ['Sample'] },
    ],
    ['a whole name', { mail: ['ada@example.com'], displayName: ['Ada Sample'], firstName: ['A'] }],
    ['an own claim beside the default ones', { ...entra, name: ['Ada Sample'] }],
  ])('is read from the plain names: %s', (_of, claims) => {
    expect(saidAddresses(claims)).toEqual(['ada@example.com']);
    expect(saidName(claims)).toBe('Ada Sample');
  });

  it('is nothing where nothing is said, or spaces', () => {
    expect(saidName({})).toBe('');
    expect(saidName({ displayName: ['  '], firstName: [], lastName: [''] })).toBe('');
    expect(saidAddresses({ email: [' '] })).toEqual([]);
  });
});
