import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  readCertificate,
  readIdpMetadata,
  SsoRefusal,
  samlServiceProvider,
} from '../../src/index.ts';
import { corpus } from './corpus.ts';
import {
  assertionOf,
  assertionSigned,
  encrypted,
  entityId,
  idpKeys,
  iso,
  logoutOf,
  memory,
  minute,
  oktaResponse,
  otherKeys,
  post,
  responseOf,
  signed,
  trust,
} from './idp.ts';

/** The reason for which a document is refused; the person whom it would have signed in where it is not. */
const outcome = (xml: string) =>
  post(xml).then(
    (identity) => `accepted as ${identity.subject}`,
    (error: unknown) => (error instanceof SsoRefusal ? error.reason : error),
  );

describe.each(Object.entries(corpus))('Refused for its own reason: %s', (_name, specimens) => {
  it.each(specimens)('$name: $reason', async ({ reason, xml }) => {
    expect(await outcome(await xml())).toBe(reason);
  });
});

describe('A response', () => {
  it('may say much of a person', async () => {
    const much = Array.from({ length: 350 }, (_, index) => [`group${index}`, 'Readers']);
    const { attributes } = await post(oktaResponse({ attributes: Object.fromEntries(much) }));
    expect(attributes.size).toBe(350);
  });

  it.each([
    ['both signed, as Okta does', () => oktaResponse()],
    ['only the assertion signed, as Entra does', () => assertionSigned()],
    ['only the response signed', () => signed(responseOf(assertionOf()), 'Response')],
    ['with an XML declaration', () => `<?xml version="1.0" encoding="UTF-8"?>${oktaResponse()}`],
    ['without a destination', () => assertionSigned({ destination: null })],
    ['encrypted', async () => responseOf(await encrypted(signed(assertionOf(), 'Assertion')))],
    [
      'encrypted, in a signed response',
      async () =>
        signed(responseOf(await encrypted(signed(assertionOf(), 'Assertion'))), 'Response'),
    ],
  ])('is accepted %s', async (_name, xml) => {
    expect(await post(await xml())).toMatchObject({
      subject: 'ada@example.com',
      assertionId: '_assertion1',
      sessionIndex: '_session1',
      inResponseTo: '_request1',
      attributes: new Map([['email', ['ada@example.com']]]),
    });
  });

  it('is accepted once', async () => {
    const remembered = memory();
    await post(oktaResponse(), remembered);
    await expect(post(oktaResponse(), remembered)).rejects.toMatchObject({ reason: 'replayed' });
  });

  it('that the IdP began has no request', async () => {
    const identity = await post(oktaResponse({ inResponseTo: null }));
    expect(identity.inResponseTo).toBe(null);
  });

  it('is accepted by any of several certificates', async () => {
    const certificates = [otherKeys.certificate, idpKeys.certificate];
    const trusted = { ...trust, idp: { ...trust.idp, certificates } };
    expect(await post(oktaResponse(), memory(), trusted)).toMatchObject({
      subject: 'ada@example.com',
    });
  });

  it('is refused or says what was signed, whatever single character of it is changed', async () => {
    const xml = assertionSigned();
    await fc.assert(
      fc.asyncProperty(
        fc.nat(xml.length - 1),
        fc.constantFrom('a', '0', '<', '>', '"', '&', ' ', '=', '!', '\n'),
        async (at, character) => {
          const changed = xml.slice(0, at) + character + xml.slice(at + 1);
          const said = await outcome(changed);
          expect(typeof said).toBe('string');
          if (String(said).startsWith('accepted')) expect(said).toBe('accepted as ada@example.com');
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('A request', () => {
  it('asks by redirect for an e-mail address as Name ID, and is signed where that is wanted', async () => {
    const plain = new URL(
      await samlServiceProvider(trust).signInUrl({ id: '_r1', relayState: 'x' }),
    );
    expect(plain.origin + plain.pathname).toBe(trust.idp.signOnUrl);
    expect([...plain.searchParams.keys()]).toEqual(['SAMLRequest', 'RelayState']);
    const signedRequest = samlServiceProvider({ ...trust, signRequests: true });
    const url = new URL(await signedRequest.signInUrl({ id: '_r1' }));
    expect(url.searchParams.get('SigAlg')).toMatch(/rsa-sha256$/);
  });
});

describe('A certificate', () => {
  it('is read with and without its frame, and has a key of 2048 bits', () => {
    const bare = idpKeys.certificate.replace(/-----[^-]+-----|\s/g, '');
    expect(readCertificate(bare)).toEqual(readCertificate(idpKeys.certificate));
    expect(readCertificate(bare)).toMatchObject({ bits: 2048, subject: 'CN=idp.example.com' });
    expect(() => readCertificate('hello')).toThrow(/not an X.509 certificate/);
  });
});

describe('Metadata', () => {
  const certificate = idpKeys.certificate.replace(/-----[^-]+-----/g, '');
  const metadata = `<?xml version="1.0"?><!-- of Okta --><md:EntityDescriptor entityID="${entityId}" xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">
<md:IDPSSODescriptor WantAuthnRequestsSigned="false" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
<md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>${certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>
<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://idp.example.com/post"/>
<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example.com/redirect"/>
</md:IDPSSODescriptor></md:EntityDescriptor>`;

  it('of an IdP gives its id, sign-on URL and certificates', () => {
    expect(readIdpMetadata(metadata)).toMatchObject({
      entityId,
      signOnUrl: 'https://idp.example.com/redirect',
      logoutUrl: null,
      certificates: [{ fingerprint: readCertificate(idpKeys.certificate).fingerprint }],
    });
  });

  it.each([
    ['a page', '<html/>', 'metadata_invalid'],
    ['our own', samlServiceProvider(trust).metadata(), 'metadata_invalid'],
    [
      'a sign-on URL that is a script',
      metadata.replace('https://idp.example.com/redirect', 'javascript:alert(1)'),
      'metadata_invalid',
    ],
    [
      'no certificate',
      metadata.replace(/<md:KeyDescriptor.*<\/md:KeyDescriptor>/s, ''),
      'metadata_invalid',
    ],
    ['a DOCTYPE', `<!DOCTYPE x>${metadata}`, 'doctype'],
  ])('that is %s is refused', (_name, xml, reason) => {
    expect(() => readIdpMetadata(xml)).toThrow(expect.objectContaining({ reason }));
  });
});

describe('Signing out', () => {
  const sp = samlServiceProvider(trust);
  /** An IdP that trusts this service as this service trusts it. */
  const idp = samlServiceProvider({
    sp: {
      entityId,
      acsUrl: 'https://idp.example.com/acs',
      logoutUrl: trust.idp.logoutUrl ?? '',
      ...idpKeys,
    },
    idp: {
      entityId: trust.sp.entityId,
      signOnUrl: trust.sp.acsUrl,
      logoutUrl: trust.sp.logoutUrl,
      certificates: [trust.sp.certificate],
    },
    signRequests: true,
  });
  const logout = {
    id: '_l1',
    subject: 'ada@example.com',
    nameIdFormat: 'x',
    sessionIndex: '_session1',
  };
  const queryOf = (url: string | undefined) => new URL(url ?? '').search.slice(1);

  it('is asked for and answered by signed redirects', async () => {
    const query = queryOf(await idp.logoutUrl(logout));
    const at = Date.now();
    expect(sp.readLogout(query, at)).toEqual({
      kind: 'request',
      id: '_l1',
      subject: 'ada@example.com',
      sessionIndexes: ['_session1'],
      usableUntil: expect.toSatisfy((until: number) => until > at && until < at + 14 * minute),
    });
    const answer = queryOf(await sp.logoutResponseUrl('_l1', undefined));
    expect(answer).toContain('Signature=');
  });

  it.each([
    ['signature_missing', (query: string) => query.replace(/&Signature=.*/, '')],
    ['signature_invalid', (query: string) => query.replace('&SigAlg', '&RelayState=x&SigAlg')],
    ['weak_algorithm', (query: string) => query.replace('rsa-sha256', 'rsa-sha1')],
    ['logout_invalid', (query: string) => `${query}&SAMLRequest=x`],
    ['logout_invalid', () => 'RelayState=x'],
  ])('is refused with the reason %s', async (reason, change) => {
    const query = change(queryOf(await idp.logoutUrl(logout)));
    expect(() => sp.readLogout(query, Date.now())).toThrow(expect.objectContaining({ reason }));
  });

  const posted = (name: 'SAMLRequest' | 'SAMLResponse', xml: string) =>
    sp.readPostedLogout({ [name]: Buffer.from(xml).toString('base64') }, Date.parse(iso()));
  const request = logoutOf('LogoutRequest');
  const signedRequest = signed(request, 'LogoutRequest');

  it('is asked for and answered by signed forms too, as Okta posts them', async () => {
    expect(await posted('SAMLRequest', signedRequest)).toEqual({
      kind: 'request',
      id: '_logout1',
      subject: 'ada@example.com',
      sessionIndexes: ['_session1'],
      usableUntil: Date.parse(iso(6 * minute)),
    });
    const response = signed(logoutOf('LogoutResponse'), 'LogoutResponse');
    expect(await posted('SAMLResponse', response)).toEqual({
      kind: 'response',
      inResponseTo: '_asked1',
      succeeded: true,
    });
  });

  it.each([
    ['signature_missing', request],
    ['signature_invalid', signedRequest.replace('ada@', 'eve@')],
    ['signature_invalid', signed(request, 'LogoutRequest', { keys: otherKeys })],
    [
      'weak_algorithm',
      signed(request, 'LogoutRequest', {
        signature: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1',
      }),
    ],
    ['markup', signedRequest.replace('ada@', 'ada<!-- -->@')],
    [
      'signature_misplaced',
      `<saml2p:LogoutRequest xmlns:saml2p="urn:oasis:names:tc:SAML:2.0:protocol" ID="_evil">${signedRequest}</saml2p:LogoutRequest>`,
    ],
    [
      'issuer_mismatch',
      signed(logoutOf('LogoutRequest', { issuer: 'urn:other' }), 'LogoutRequest'),
    ],
    [
      'destination_mismatch',
      signed(logoutOf('LogoutRequest', { destination: trust.sp.acsUrl }), 'LogoutRequest'),
    ],
    ['expired', signed(logoutOf('LogoutRequest', { issuedAt: iso(-7 * minute) }), 'LogoutRequest')],
    ['signature_missing', responseOf(assertionOf())],
    ['destination_mismatch', signed(responseOf(assertionOf()), 'Response')],
  ])('that is posted is refused with the reason %s (%#)', async (reason, xml) => {
    const name = xml.includes('Assertion') ? 'SAMLResponse' : 'SAMLRequest';
    await expect(posted(name, xml)).rejects.toMatchObject({ reason });
  });

  /** Issued so many minutes ago, to end in so many. */
  const lasting = (age: number, left: number) =>
    signed(
      logoutOf('LogoutRequest', {
        issuedAt: iso(-age * minute),
        notOnOrAfter: iso(left * minute),
      }),
      'LogoutRequest',
    );

  it.each([
    [1, 1, 4],
    [5, -2, 1],
    [1, 30 * 24 * 60, 12],
    [12, 30 * 24 * 60, 1],
  ])('issued %i minutes ago, to end in %i, is believed for %i more', async (age, left, usable) => {
    expect(await posted('SAMLRequest', lasting(age, left))).toMatchObject({
      usableUntil: Date.parse(iso(usable * minute)),
    });
  });

  it.each([
    ['however far away it says that it ends', lasting(13, 30 * 24 * 60)],
    ['at its end', lasting(5, -3)],
    ['where it is of the future', lasting(-4, 5)],
    [
      'where its end cannot be read',
      signed(logoutOf('LogoutRequest', { notOnOrAfter: 'never' }), 'LogoutRequest'),
    ],
    [
      'where it does not say when it was issued',
      signed(
        logoutOf('LogoutRequest', { issuedAt: '', notOnOrAfter: iso(minute) }),
        'LogoutRequest',
      ),
    ],
  ])('is not believed %s', async (_name, xml) => {
    await expect(posted('SAMLRequest', xml)).rejects.toMatchObject({ reason: 'expired' });
  });

  it('is refused unread where the form is larger than any message', async () => {
    const SAMLRequest = '!'.repeat(100_001);
    await expect(sp.readPostedLogout({ SAMLRequest }, 0)).rejects.toMatchObject({
      reason: 'too_large',
    });
  });

  it('needs a message in the form', async () => {
    await expect(sp.readPostedLogout({}, 0)).rejects.toMatchObject({ reason: 'logout_invalid' });
  });
});
