import { deflateRawSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { Browser } from './support/browser.ts';
import { startHarness } from './support/harness.ts';

const ssoUrl = 'http://127.0.0.1:4280/sso/saml/c1/acs';
const audience = 'http://127.0.0.1:4280/sso/saml/c1';

const request = (issuer: string) =>
  encodeURIComponent(
    deflateRawSync(
      `<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_r1" AssertionConsumerServiceURL="${ssoUrl}"><saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${issuer}</saml:Issuer></samlp:AuthnRequest>`,
    ).toString('base64'),
  );

const postedBy = (html: string) => {
  const value = /name="SAMLResponse" value="([^"]+)"/.exec(html)?.[1] ?? '';
  return Buffer.from(value, 'base64').toString();
};

it('signs assigned people in by SAML, with the settings of the form, and refuses others', async () => {
  const harness = await startHarness();
  const browser = new Browser(harness.idp);
  const bad = await browser.post('/app/saml', { ssoUrl: 'http://host/a_b', audience: '' });
  expect(bad.text).toContain('may not contain an underscore');
  expect(bad.text).toContain('Enter the Audience URI.');
  const saved = await browser.post('/app/saml', { ssoUrl, audience, emailAttribute: 'email' });
  expect(saved.text).toContain('SAML settings saved.');

  const asked = `/app/saml/sso?SAMLRequest=${request(audience)}&RelayState=_r1`;
  expect((await browser.open(asked)).text).toContain('Sign in to the stand-in');
  const person = (await harness.state()).people[0];
  const choice = { person: person?.id ?? '', inResponseTo: '_r1', relayState: '_r1' };
  expect((await browser.post('/app/saml/sign-in', choice)).text).toContain('not assigned');
  await harness.control('POST', `/people/${person?.id}/assign`);
  const page = await browser.post('/app/saml/sign-in', choice);
  const xml = postedBy(page.html);
  expect(page.html).toContain(`action="${ssoUrl}"`);
  expect(xml).toContain(`Destination="${ssoUrl}"`);
  expect(xml).toContain(`>${audience}</saml2:Audience>`);
  expect(xml).toContain(person?.profile.email ?? '?');
  expect(xml.match(/<ds:SignatureValue>/g)).toHaveLength(2);
});

it('refuses a request of another service, and gives its metadata with the active certificate', async () => {
  const { idp, control } = await startHarness();
  const { certificate } = await control('POST', '/saml', { ssoUrl, audience });
  const browser = new Browser(idp);
  const refused = await browser.open(`/app/saml/sso?SAMLRequest=${request('urn:other')}`);
  expect([refused.status, refused.text]).toEqual([400, expect.stringContaining('urn:other')]);
  const bare = (pem: unknown) => String(pem).replace(/-----[^-]+-----|\s/g, '');
  expect((await browser.open('/app/saml/metadata')).html).toContain(bare(certificate));
  const rotated = await control('POST', '/saml/rotate');
  expect(rotated.certificate).not.toBe(certificate);
  expect((await browser.open('/app/saml/metadata')).html).toContain(bare(rotated.certificate));
});
