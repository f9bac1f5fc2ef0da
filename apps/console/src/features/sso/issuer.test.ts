import { expect, it } from 'vitest';
import { issuerIn } from './issuer.ts';

const tenant = '0b6ad1a0-5c2d-4b0e-9a3f-1d2c3b4a5968';

it.each([
  [
    ' https://example.okta.com/app/example_insomnia_1/exk1abcDEF2ghiJKL345/sso/saml ',
    'http://www.okta.com/exk1abcDEF2ghiJKL345',
  ],
  [`https://login.microsoftonline.com/${tenant}/saml2`, `https://sts.windows.net/${tenant}/`],
  [
    'https://accounts.google.com/o/saml2/idp?idpid=C01abc2de',
    'https://accounts.google.com/o/saml2?idpid=C01abc2de',
  ],
  ['https://id.example.com/app/x/exk1/sso/saml', ''],
  ['https://example.okta.com.example.com/app/x/exk1/sso/saml', ''],
  ['', ''],
])('the issuer of %s is %s', (signOnUrl, issuer) => {
  expect(issuerIn(signOnUrl)).toBe(issuer);
});
