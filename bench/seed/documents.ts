/** The userName of a person of the directory, which is also an address in its verified domain. */
export function userNameOf(label: string, index: number, domain: string): string {
  return `${label}.${String(index).padStart(6, '0')}@${domain}`;
}

/** The externalId of a person of the directory. */
export function externalIdOf(label: string, index: number): string {
  return `00u-${label}-${String(index).padStart(6, '0')}`;
}

/** A person as an IdP with a full profile mapping sends one: about 1 KB as it is stored. */
export function personDocument(label: string, index: number, domain: string): string {
  const userName = userNameOf(label, index, domain);
  const number = String(index).padStart(6, '0');
  return JSON.stringify({
    schemas: [
      'urn:ietf:params:scim:schemas:core:2.0:User',
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
    ],
    userName,
    externalId: externalIdOf(label, index),
    name: {
      formatted: `Sample Person ${number}`,
      familyName: `Person ${number}`,
      givenName: 'Sample',
    },
    displayName: `Sample Person ${number}`,
    nickName: `Sam ${number}`,
    title: 'Inspector of Samples',
    userType: 'Employee',
    preferredLanguage: 'en-US',
    locale: 'en-US',
    timezone: 'Europe/Berlin',
    active: true,
    emails: [
      { value: userName, type: 'work', primary: true },
      { value: `${label}.${number}@home.example.net`, type: 'home' },
    ],
    phoneNumbers: [
      { value: `+1-555-01${number.slice(0, 2)}-${number.slice(2)}`, type: 'work' },
      { value: `+1-555-02${number.slice(0, 2)}-${number.slice(2)}`, type: 'mobile' },
    ],
    addresses: [
      {
        type: 'work',
        streetAddress: `${index} Sample Street`,
        locality: 'Sampleton',
        region: 'Example State',
        postalCode: number,
        country: 'US',
        primary: true,
      },
    ],
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': {
      employeeNumber: number,
      costCenter: `CC ${index % 40}`,
      organization: 'Example Air',
      division: `Division ${index % 8}`,
      department: `Department ${index % 90}`,
    },
  });
}

/** A group with its members. */
export function groupDocument(displayName: string, memberIds: readonly string[]): string {
  return JSON.stringify({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
    displayName,
    members: memberIds.map((value) => ({ value })),
  });
}

/** A PATCH that adds members to a group. */
export function additionOf(memberIds: readonly string[]): string {
  return JSON.stringify({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: [{ op: 'add', path: 'members', value: memberIds.map((value) => ({ value })) }],
  });
}
