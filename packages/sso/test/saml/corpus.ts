import type { SsoReason } from '../../src/index.ts';
import {
  assertionOf,
  assertionSigned,
  encrypted,
  iso,
  minute,
  oktaResponse,
  otherKeys,
  responseOf,
  signed,
} from './idp.ts';

/** One hostile or broken document, and the reason for which it must be refused. */
export interface Specimen {
  readonly name: string;
  readonly reason: SsoReason;
  xml(): string | Promise<string>;
}

const evil = (id = '_evil') => assertionOf({ id, nameId: 'owner@example.com' });
const wrap = (inner: string) => `<wrap xmlns="urn:example:wrap">${inner}</wrap>`;
const signatureIn = (xml: string) => /<ds:Signature .*?<\/ds:Signature>/s.exec(xml)?.[0] ?? '';

/** The signed original, its signature, and the original without it. */
function parts() {
  const original = signed(assertionOf(), 'Assertion');
  const signature = signatureIn(original);
  return { original, signature, bare: original.replace(signature, '') };
}

/** An evil assertion that carries the original's signature behind its Issuer, with `inside` in the signature. */
function evilSigned(signature: string, inside = ''): string {
  const carried = signature.replace('</ds:Signature>', `${inside}</ds:Signature>`);
  return evil().replace('</saml2:Issuer>', `</saml2:Issuer>${carried}`);
}

/** XML signature wrapping in the variants of Somorovsky et al., "On Breaking SAML" (2012), and neighbors. */
const wrapping: readonly Specimen[] = [
  {
    name: 'an evil assertion before the signed one',
    reason: 'several_assertions',
    xml: () => responseOf(evil() + parts().original),
  },
  {
    name: 'an evil assertion behind the signed one',
    reason: 'several_assertions',
    xml: () => responseOf(parts().original + evil()),
  },
  {
    name: 'the signed response inside an evil response',
    reason: 'several_assertions',
    xml: () => responseOf(evil(), {}, wrap(oktaResponse())).replace('_response1', '_evilresponse'),
  },
  {
    name: 'the signed assertion inside the evil one',
    reason: 'several_assertions',
    xml: () =>
      responseOf(evil().replace('</saml2:Assertion>', `${parts().original}</saml2:Assertion>`)),
  },
  {
    name: 'the signature moved into the evil assertion, the original in its Object',
    reason: 'several_assertions',
    xml: () => {
      const { signature, bare } = parts();
      return responseOf(
        evilSigned(
          signature,
          `<ds:Object xmlns:ds="http://www.w3.org/2000/09/xmldsig#">${bare}</ds:Object>`,
        ),
      );
    },
  },
  {
    name: 'the signature moved into the evil assertion, the original in Extensions',
    reason: 'several_assertions',
    xml: () => {
      const { signature, bare } = parts();
      return responseOf(
        evilSigned(signature),
        {},
        `<saml2p:Extensions>${bare}</saml2p:Extensions>`,
      );
    },
  },
  {
    name: 'the original under another name, which a lax reader looks up by id',
    reason: 'signature_misplaced',
    xml: () => {
      const { signature, bare } = parts();
      return responseOf(
        evilSigned(signature),
        {},
        wrap(bare.replaceAll('saml2:Assertion', 'saml2:Statement')),
      );
    },
  },
  {
    name: 'the signature standing in the response but speaking of an assertion',
    reason: 'signature_misplaced',
    xml: () => {
      const { signature, bare } = parts();
      return responseOf(bare, {}, signature);
    },
  },
  {
    name: 'an evil assertion with the id of the signed one',
    reason: 'duplicate_id',
    xml: () => responseOf(evil('_assertion1') + parts().original),
  },
  {
    name: 'two signatures in one assertion',
    reason: 'signature_misplaced',
    xml: () => {
      const { original, signature } = parts();
      return responseOf(original.replace(signature, signature + signature));
    },
  },
  {
    name: 'a signature with two SignedInfo',
    reason: 'signature_misplaced',
    xml: () => {
      const { original } = parts();
      const info = /<ds:SignedInfo>.*?<\/ds:SignedInfo>/s.exec(original)?.[0] ?? '';
      return responseOf(original.replace(info, info + info));
    },
  },
  {
    name: 'a reference to the whole document',
    reason: 'signature_misplaced',
    xml: () => responseOf(parts().original.replace('URI="#_assertion1"', 'URI=""')),
  },
  {
    name: 'an assertion in clear beside an encrypted one',
    reason: 'several_assertions',
    xml: async () => responseOf(evil() + (await encrypted(parts().original))),
  },
  {
    name: 'two assertions in one encryption',
    reason: 'unreadable',
    xml: async () => responseOf(await encrypted(parts().original + evil())),
  },
  {
    name: 'an evil assertion of another namespace in front',
    reason: 'several_assertions',
    xml: () => responseOf(`<Assertion xmlns="urn:example:other"/>${parts().original}`),
  },
];

const forged: readonly Specimen[] = [
  { name: 'nothing signed', reason: 'signature_missing', xml: () => responseOf(assertionOf()) },
  {
    name: 'a foreign key',
    reason: 'signature_invalid',
    xml: () => oktaResponse({}, { keys: otherKeys }),
  },
  {
    name: 'a foreign key whose certificate is the trusted one in KeyInfo',
    reason: 'signature_invalid',
    xml: () => {
      const certificate = (xml: string) =>
        /<ds:X509Certificate>.*?<\/ds:X509Certificate>/s.exec(xml)?.[0] ?? '';
      const forgery = assertionSigned({}, { keys: otherKeys });
      return forgery.replace(certificate(forgery), certificate(assertionSigned()));
    },
  },
  {
    name: 'a changed NameID',
    reason: 'signature_invalid',
    xml: () => assertionSigned().replaceAll('ada@example.com', 'owner@example.com'),
  },
  {
    name: 'a changed attribute',
    reason: 'signature_invalid',
    xml: () =>
      oktaResponse().replace(
        '>ada@example.com</saml2:AttributeValue>',
        '>owner@example.com</saml2:AttributeValue>',
      ),
  },
  {
    name: 'a removed signature value',
    reason: 'signature_invalid',
    xml: () =>
      assertionSigned().replace(
        /<ds:SignatureValue>.*?<\/ds:SignatureValue>/s,
        '<ds:SignatureValue/>',
      ),
  },
  {
    name: 'a signature by SHA-1',
    reason: 'weak_algorithm',
    xml: () => oktaResponse({}, { signature: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1' }),
  },
  {
    name: 'a digest by SHA-1',
    reason: 'weak_algorithm',
    xml: () => oktaResponse({}, { digest: 'http://www.w3.org/2000/09/xmldsig#sha1' }),
  },
  {
    name: 'a symmetric signature keyed by the public certificate',
    reason: 'weak_algorithm',
    xml: () => assertionSigned().replace('xmldsig-more#rsa-sha256', 'xmldsig-more#hmac-sha256'),
  },
  {
    name: 'an XSLT transform',
    reason: 'weak_algorithm',
    xml: () => assertionSigned().replace('xmldsig#enveloped-signature', 'xslt'),
  },
];

const markup: readonly Specimen[] = [
  {
    name: 'a comment inside the NameID',
    reason: 'markup',
    xml: () =>
      assertionSigned({ nameId: 'owner@example.com.evil.example' }).replace(
        'owner@example.com.evil',
        'owner@example.com<!-- -->.evil',
      ),
  },
  {
    name: 'a comment inside the digest',
    reason: 'markup',
    xml: () => assertionSigned().replace('<ds:DigestValue>', '<ds:DigestValue><!-- evil -->'),
  },
  {
    name: 'CDATA in the NameID',
    reason: 'markup',
    xml: () =>
      assertionSigned().replace(
        '>ada@example.com</saml2:NameID>',
        '><![CDATA[ada@example.com]]></saml2:NameID>',
      ),
  },
  {
    name: 'a processing instruction in the NameID',
    reason: 'markup',
    xml: () =>
      assertionSigned().replace(
        'ada@example.com</saml2:NameID>',
        'ada@example.com<?evil?></saml2:NameID>',
      ),
  },
  {
    name: 'a DOCTYPE with an entity',
    reason: 'doctype',
    xml: () => `<!DOCTYPE x [<!ENTITY who "owner@example.com">]>${oktaResponse()}`,
  },
  {
    name: 'a DOCTYPE that fetches a file',
    reason: 'doctype',
    xml: () => `<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd">${oktaResponse()}`,
  },
  { name: 'no XML', reason: 'unreadable', xml: () => 'hello' },
  { name: 'a cut document', reason: 'unreadable', xml: () => oktaResponse().slice(0, 900) },
  {
    name: 'an unknown entity',
    reason: 'unreadable',
    xml: () => oktaResponse().replace('ada@', '&who;@'),
  },
  {
    name: 'half a million characters',
    reason: 'too_large',
    xml: () => ' '.repeat(500_000) + oktaResponse(),
  },
  {
    name: 'a thousand levels',
    reason: 'too_large',
    xml: () => responseOf(parts().original, {}, '<a>'.repeat(1_000) + '</a>'.repeat(1_000)),
  },
  {
    name: 'three thousand elements beside each other, which are not even parsed',
    reason: 'too_large',
    xml: () => `${'<a/>'.repeat(3_001)}, not well-formed`,
  },
  {
    name: 'three thousand attributes, which are not even parsed',
    reason: 'too_large',
    xml: () =>
      `<a ${Array.from({ length: 3_000 }, (_, at) => `a${at} = ''`).join(' ')}, not closed`,
  },
  {
    name: 'fifty namespace prefixes, which are not even parsed',
    reason: 'too_large',
    xml: () =>
      Array.from({ length: 51 }, (_, index) => `<a xmlns:n${index}="x">`).join('not closed'),
  },
];

const misdirected: readonly Specimen[] = [
  {
    name: 'another audience',
    reason: 'audience_mismatch',
    xml: () => oktaResponse({ audience: 'https://other.example.com' }),
  },
  {
    name: 'no audience',
    reason: 'audience_mismatch',
    xml: () =>
      responseOf(
        signed(
          assertionOf().replace(/<saml2:AudienceRestriction>.*<\/saml2:AudienceRestriction>/, ''),
          'Assertion',
        ),
      ),
  },
  {
    name: 'another recipient',
    reason: 'recipient_mismatch',
    xml: () => oktaResponse({ recipient: 'https://other.example.com/acs' }),
  },
  {
    name: 'another destination',
    reason: 'destination_mismatch',
    xml: () => oktaResponse({ destination: 'https://other.example.com/acs' }),
  },
  {
    name: 'another issuer',
    reason: 'issuer_mismatch',
    xml: () => oktaResponse({ issuer: 'http://www.okta.com/exk2other' }),
  },
  {
    name: 'another issuer of the assertion alone',
    reason: 'issuer_mismatch',
    xml: () =>
      responseOf(signed(assertionOf({ issuer: 'http://www.okta.com/exk2other' }), 'Assertion')),
  },
  { name: 'over', reason: 'expired', xml: () => oktaResponse({ notOnOrAfter: iso(-4 * minute) }) },
  {
    name: 'not begun',
    reason: 'not_yet_valid',
    xml: () => oktaResponse({ notBefore: iso(4 * minute) }),
  },
  {
    name: 'a time that is none',
    reason: 'expired',
    xml: () => oktaResponse({ notOnOrAfter: 'tomorrow' }),
  },
  {
    name: 'an unknown request',
    reason: 'request_unknown',
    xml: () => oktaResponse({ inResponseTo: '_request2' }),
  },
  {
    name: 'one request outside, another one inside',
    reason: 'request_unknown',
    xml: () => responseOf(signed(assertionOf({ inResponseTo: '_request2' }), 'Assertion')),
  },
  {
    name: 'a request outside, none inside',
    reason: 'request_unknown',
    xml: () => responseOf(signed(assertionOf({ inResponseTo: null }), 'Assertion')),
  },
  { name: 'nobody', reason: 'subject_missing', xml: () => oktaResponse({ nameIdXml: '' }) },
  {
    name: 'a holder-of-key confirmation',
    reason: 'subject_missing',
    xml: () =>
      responseOf(signed(assertionOf().replace('cm:bearer', 'cm:holder-of-key'), 'Assertion')),
  },
  {
    name: 'no assertion',
    reason: 'assertion_missing',
    xml: () => signed(responseOf(''), 'Response'),
  },
  {
    name: 'an error of the IdP',
    reason: 'idp_refused',
    xml: () => responseOf('').replace('status:Success', 'status:Responder'),
  },
  {
    name: 'an assertion without a response',
    reason: 'not_a_response',
    xml: () => parts().original,
  },
];

const hidden: readonly Specimen[] = [
  {
    name: 'encrypted garbage',
    reason: 'decryption_failed',
    xml: async () =>
      responseOf(
        (await encrypted(parts().original)).replaceAll(
          /(<xenc:CipherValue>|<e:CipherValue>).{8}/g,
          '$1AAAAAAAA',
        ),
      ),
  },
  {
    name: 'an encrypted assertion that nobody signed',
    reason: 'signature_missing',
    xml: async () => responseOf(await encrypted(assertionOf())),
  },
  {
    name: 'an encrypted assertion that somebody else signed',
    reason: 'signature_invalid',
    xml: async () =>
      responseOf(await encrypted(signed(assertionOf(), 'Assertion', { keys: otherKeys }))),
  },
  {
    name: 'an encrypted DOCTYPE',
    reason: 'doctype',
    xml: async () => responseOf(await encrypted(`<!DOCTYPE x>${parts().original}`)),
  },
  {
    name: 'an encrypted signature by SHA-1',
    reason: 'weak_algorithm',
    xml: async () =>
      responseOf(
        await encrypted(
          signed(assertionOf(), 'Assertion', {
            signature: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1',
          }),
        ),
      ),
  },
  {
    name: 'encryption by CBC',
    reason: 'weak_encryption',
    xml: async () =>
      responseOf(
        await encrypted(parts().original, {
          encryptionAlgorithm: 'http://www.w3.org/2001/04/xmlenc#aes256-cbc',
          disallowEncryptionWithInsecureAlgorithm: false,
          warnInsecureAlgorithm: false,
        }),
      ),
  },
];

export const corpus: Readonly<Record<string, readonly Specimen[]>> = {
  'signature wrapping': wrapping,
  'forged signatures': forged,
  markup,
  'misdirected assertions': misdirected,
  encryption: hidden,
};
