import type { SsoConnectionDetail } from '@rollcall/api';
import { describe, expect, it } from 'vitest';
import { guessProvider, recipeOf, ssoProviders } from './recipe.ts';

const at = 'https://insomnia.example.com/sso';
const ours = {
  ssoUrl: `${at}/saml/c1/acs`,
  audience: `${at}/saml/c1`,
  metadataUrl: `${at}/saml/c1`,
  logoutUrl: `${at}/saml/c1/logout`,
  redirectUrl: `${at}/oidc/c1/callback`,
  universalLogoutUrl: `${at}/revoke/c1`,
  certificate: null,
};

describe('SSO recipes', () => {
  it.each(ssoProviders)('the one for SAML at %s holds our two addresses', (provider) => {
    const text = JSON.stringify(recipeOf(provider, { protocol: 'saml', ours }));
    expect(text).toContain(`"value":"${ours.ssoUrl}"`);
    expect(text).toContain(`"value":"${ours.audience}"`);
    expect(text).not.toContain(ours.redirectUrl);
  });

  it.each(ssoProviders)('the one for OIDC at %s holds the redirect URL alone', (provider) => {
    const text = JSON.stringify(recipeOf(provider, { protocol: 'oidc', ours }));
    expect(text).toContain(`"value":"${ours.redirectUrl}"`);
    expect(text).not.toContain('/saml/');
  });

  it("Okta's values stand under Okta's own labels, in its order", () => {
    const steps = recipeOf('okta', { protocol: 'saml', ours });
    expect(steps.flatMap(({ values = [] }) => values.map(({ name }) => name))).toEqual([
      'Single sign-on URL',
      'Audience URI (SP Entity ID)',
      'Name ID format',
      'Application username',
      'Update application username on',
      'Name',
      'Name format',
      'Value',
    ]);
  });

  it('Entra needs no claim that it does not send anyhow', () => {
    const text = JSON.stringify(recipeOf('entra', { protocol: 'saml', ours }));
    expect(text).toContain('Leave the claims as they are');
    expect(text).not.toContain('Add new claim');
  });

  it.each([
    ['our IdP', 'http://www.okta.com/exk1', 'okta'],
    ['our IdP', 'https://sts.windows.net/t1/', 'entra'],
    ['Okta, once', 'https://accounts.google.com/o/saml2?idpid=1', 'google'],
    ['Entra', '', 'entra'],
    ['Keycloak', 'https://id.example.com', 'okta'],
  ])('the IdP of %s at %s is taken for %s', (name, entityId, provider) => {
    const saml = { entityId, signOnUrl: '', logoutUrl: null, metadataUrl: null, certificates: [] };
    // Of a connection only what tells the IdP is read.
    const connection = { name, saml, oidc: null } as unknown as SsoConnectionDetail;
    expect(guessProvider(connection)).toBe(provider);
  });
});
