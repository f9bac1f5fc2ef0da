import { createPublicKey, verify } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { deflateRawSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { Browser } from './support/browser.ts';
import { atEnd, startHarness } from './support/harness.ts';

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

it('offers in its metadata no binding but those that it answers', async () => {
  const { idp } = await startHarness();
  const metadata = (await new Browser(idp).open('/app/saml/metadata')).html;
  const offered = [...metadata.matchAll(/bindings:HTTP-(\w+)" Location="([^"]+)"/g)].map(
    ([, binding, location = '']) => ({
      method: binding === 'POST' ? 'POST' : 'GET',
      url: new URL(location).pathname,
    }),
  );
  expect(offered).toHaveLength(2);
  expect(offered.filter((route) => !idp.hasRoute(route))).toEqual([]);
});

it('tells the app in a hidden frame that somebody signed out here, by form or redirect, and shows its answer', async () => {
  const harness = await startHarness();
  const logoutUrl = `${audience}/logout`;
  const { certificate } = await harness.control('POST', '/saml', {
    ssoUrl,
    audience,
    logoutRequestUrl: logoutUrl,
  });
  const ada = await harness.person('Ada');
  await harness.control('POST', `/people/${ada}/assign`);
  const signOut = async () => {
    const form = { host: 'localhost', 'content-type': 'application/x-www-form-urlencoded' };
    const [url, payload] = ['/app/saml/sign-in', `person=${ada}`];
    const entered = await harness.idp.inject({ method: 'POST', url, headers: form, payload });
    const [cookie = ''] = String(entered.headers['set-cookie']).split(';');
    const headers = { host: 'localhost', cookie };
    const page = await harness.idp.inject({ method: 'POST', url: '/sign-out', headers });
    return { page, index: cookie.split('=')[1] };
  };
  const { page: posted, index } = await signOut();
  expect(posted.headers['content-security-policy']).toContain("frame-src 'self' http://127.0.0.1");
  expect(posted.body).toContain(`action="${logoutUrl}" target="single-logout"`);
  const field = /name="SAMLRequest" value="([^"]+)"/.exec(posted.body)?.[1] ?? '';
  const xml = Buffer.from(field, 'base64').toString();
  expect(xml).toContain(`<saml2p:SessionIndex>${index}</saml2p:SessionIndex>`);
  expect(xml).toContain('ada.example@example.com</saml2:NameID>');
  expect(xml.match(/<ds:SignatureValue>/g)).toHaveLength(1);

  await harness.control('POST', '/saml', { logoutRequestBinding: 'REDIRECT' });
  const { page: redirected } = await signOut();
  const src = /src="([^"]+)"/.exec(redirected.body.split('<iframe')[1] ?? '')?.[1] ?? '';
  const [signed = '', signature = ''] = src
    .replaceAll('&amp;', '&')
    .replace(`${logoutUrl}?`, '')
    .split('&Signature=');
  const bytes = Buffer.from(decodeURIComponent(signature), 'base64');
  expect(verify('sha256', Buffer.from(signed), String(certificate), bytes)).toBe(true);

  const answer = deflateRawSync(
    '<p:LogoutResponse xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" InResponseTo="id1"><p:Status><p:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></p:Status></p:LogoutResponse>',
  ).toString('base64');
  const browser = new Browser(harness.idp);
  const shown = await browser.open(`/app/saml/slo?SAMLResponse=${encodeURIComponent(answer)}`);
  expect(shown.text).toContain('Insomnia answered Success');
  expect((await browser.open('/app/saml/slo?SAMLResponse=x')).text).toContain('answered nothing');
});

it('answers an app that ended a session here, by a signed form', async () => {
  const { idp, control } = await startHarness();
  await control('POST', '/saml', { ssoUrl, audience, logoutUrl: `${audience}/logout` });
  const asked = encodeURIComponent(
    deflateRawSync('<p:LogoutRequest ID="_l1"></p:LogoutRequest>').toString('base64'),
  );
  const page = await new Browser(idp).open(`/app/saml/slo?SAMLRequest=${asked}`);
  expect(page.html).toContain(`action="${audience}/logout" data-submit`);
  const xml = postedBy(page.html);
  expect(xml).toContain('InResponseTo="_l1"');
  expect(xml.match(/<ds:SignatureValue>/g)).toHaveLength(1);
});

it('ends sessions here and, by a signed request, in the app, and says what the app answered', async () => {
  const harness = await startHarness();
  const { certificate } = await harness.control('POST', '/saml', { ssoUrl, audience });
  const ada = await harness.person('Ada');
  await harness.control('POST', `/people/${ada}/assign`);
  const browser = new Browser(harness.idp);
  const clear = () => browser.post(`/people/${ada}/clear-sessions`);
  expect((await clear()).text).toContain('The sessions here ended.');

  const received: { headers: IncomingHttpHeaders; body: string }[] = [];
  let status = 204;
  const app = createServer(async (request, response) => {
    received.push({ headers: request.headers, body: await text(request) });
    response.writeHead(status).end();
  }).listen(0, '127.0.0.1');
  atEnd(() => void app.close());
  await once(app, 'listening');
  // A TCP server's address is an AddressInfo.
  const endpoint = `http://127.0.0.1:${(app.address() as AddressInfo).port}/sso/revoke/c1`;
  await harness.control('POST', '/saml', { universalLogoutUrl: `${endpoint}?x=1` });
  expect((await clear()).text).toContain('The sessions here and in the app ended.');
  const [{ headers, body } = { headers: {}, body: '' }] = received;
  expect(JSON.parse(body)).toEqual({
    sub_id: { format: 'email', email: 'ada.example@example.com' },
  });
  const [head = '', claims = '', signature = ''] =
    headers.authorization?.replace('Bearer ', '').split('.') ?? [];
  const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString());
  expect(read(head)).toEqual({ alg: 'RS256', typ: 'global-token-revocation+jwt' });
  expect(read(claims)).toMatchObject({ iss: 'http://localhost', aud: endpoint });
  const key = createPublicKey(String(certificate));
  const signed = Buffer.from(`${head}.${claims}`);
  expect(verify('sha256', signed, key, Buffer.from(signature, 'base64url'))).toBe(true);

  status = 404;
  expect((await clear()).text).toContain('The app answered 404.');
  app.close();
  app.closeAllConnections();
  expect((await clear()).text).toContain('The app answered nothing');
});
