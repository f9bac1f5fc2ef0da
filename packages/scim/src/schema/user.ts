import { type AttributeDefinition, attribute, complex, keyLength, text } from './attribute.ts';
import type { SchemaDefinition } from './resource-type.ts';

const readOnly = { mutability: 'readOnly' } as const;
const external = { referenceTypes: ['external'] } as const;

/** The default sub-attributes of a multi-valued attribute (RFC 7643 §2.4). */
function valued(
  name: string,
  description: string,
  options: { readonly value?: AttributeDefinition; readonly types?: readonly string[] } = {},
): AttributeDefinition {
  const value = options.value ?? text('value', 'The value itself.');
  return complex(
    name,
    description,
    [
      value,
      text('display', 'Readable form of the value.'),
      text('type', 'What the value is used for.', { canonicalValues: options.types ?? [] }),
      attribute('primary', 'boolean', 'Whether this is the preferred value; at most one is.'),
    ],
    { multiValued: true },
  );
}

const name = complex('name', 'The parts of the name.', [
  text('formatted', 'The full name as it is displayed.'),
  text('familyName', 'Family name.'),
  text('givenName', 'Given name.'),
  text('middleName', 'Middle names.'),
  text('honorificPrefix', 'Title before the name.'),
  text('honorificSuffix', 'Suffix after the name.'),
]);

const addresses = complex(
  'addresses',
  'Postal addresses.',
  [
    text('formatted', 'The whole address as it is displayed.'),
    text('streetAddress', 'Street, house number and so on.'),
    text('locality', 'City.'),
    text('region', 'State or region.'),
    text('postalCode', 'Postal code.'),
    text('country', 'Country, as ISO 3166-1 alpha-2 where the client knows it.'),
    text('type', 'What the address is used for.', { canonicalValues: ['work', 'home', 'other'] }),
    attribute('primary', 'boolean', 'Whether this is the preferred address; at most one is.'),
  ],
  { multiValued: true },
);

const groups = complex(
  'groups',
  'The groups that the user is a member of; changed through the groups.',
  [
    text('value', 'Identifier of the group.', { ...readOnly, caseExact: true }),
    attribute('$ref', 'reference', 'URI of the group.', { ...readOnly, referenceTypes: ['Group'] }),
    text('display', 'Name of the group.', readOnly),
    text('type', 'Whether the membership is direct or through another group.', {
      ...readOnly,
      canonicalValues: ['direct', 'indirect'],
    }),
  ],
  { ...readOnly, multiValued: true },
);

/** The core User schema (RFC 7643 §4.1, §8.7.1), with `addresses.primary` as its own examples use it. */
export const userSchema: SchemaDefinition = {
  id: 'urn:ietf:params:scim:schemas:core:2.0:User',
  name: 'User',
  description: 'User account',
  attributes: [
    text('userName', 'Name that identifies the user to the service provider.', {
      required: true,
      uniqueness: 'server',
      maxLength: keyLength,
    }),
    name,
    text('displayName', 'Name that is shown to others.', { maxLength: keyLength }),
    text('nickName', 'Casual name.'),
    attribute('profileUrl', 'reference', 'Page about the user.', external),
    text('title', 'Job title.'),
    text('userType', 'Relation to the organization, such as Employee.'),
    text('preferredLanguage', 'Preferred languages, as in Accept-Language.'),
    text('locale', 'Locale, as a BCP 47 tag.'),
    text('timezone', 'Time zone, as an IANA name.'),
    attribute('active', 'boolean', 'Whether the user may use the service.', {
      defaultValue: true,
      keptWhenOmitted: true,
    }),
    text('password', 'Accepted and dropped: people sign in through their identity provider.', {
      mutability: 'writeOnly',
      returned: 'never',
    }),
    valued('emails', 'E-mail addresses.', {
      value: text('value', 'The address itself.', { maxLength: keyLength }),
      types: ['work', 'home', 'other'],
    }),
    valued('phoneNumbers', 'Phone numbers.', {
      types: ['work', 'home', 'mobile', 'fax', 'pager', 'other'],
    }),
    valued('ims', 'Instant messaging addresses.', {
      types: ['aim', 'gtalk', 'icq', 'xmpp', 'msn', 'skype', 'qq', 'yahoo'],
    }),
    valued('photos', 'Pictures of the user.', {
      value: attribute('value', 'reference', 'URI of the picture.', external),
      types: ['photo', 'thumbnail'],
    }),
    addresses,
    groups,
    valued('entitlements', 'Entitlements of the user.'),
    valued('roles', 'Roles of the user.'),
    valued('x509Certificates', 'Certificates of the user.', {
      value: attribute('value', 'binary', 'One certificate in DER, base64.'),
    }),
  ],
};
