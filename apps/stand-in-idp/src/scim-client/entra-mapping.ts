import type { AppProfile } from '../store/profile.ts';
import { isRecord } from '../store/settings.ts';
import type { Resource } from './answers.ts';
import { enterpriseSchema, userSchema } from './user-body.ts';

/** One mapped attribute: where it is in a PATCH, where in a resource, and its value. */
export interface Mapping {
  /** The PATCH path. */
  readonly path: string;
  /** The value that the resource has now. */
  readonly current: (resource: Resource) => unknown;
  readonly value: string | undefined;
  /** A path with a filter, which stays an operation of its own with the flag on. */
  readonly filtered: boolean;
}

/** App attributes below the work address, with their names there. */
const addressParts = [
  ['streetAddress', 'streetAddress'],
  ['city', 'locality'],
  ['state', 'region'],
  ['zipCode', 'postalCode'],
  ['countryCode', 'country'],
] as const;

/** App attributes of the enterprise extension; Entra sends the manager apart, as a reference. */
const enterprise = ['employeeNumber', 'department'] as const;

/** The body of a create, as the default mapping of a custom app makes it (Entra 1.4). */
export function entraUserBody(profile: AppProfile, externalId: string): Record<string, unknown> {
  const { givenName, familyName, title, displayName, userName, email } = profile;
  const extension = present(enterprise.map((key) => [key, profile[key]]));
  const address = present(addressParts.map(([from, to]) => [to, profile[from]]));
  const phoneNumbers = [
    { type: 'work', value: profile.primaryPhone },
    { type: 'mobile', value: profile.mobilePhone },
  ].filter(({ value }) => value !== undefined);
  return {
    schemas: [userSchema, enterpriseSchema],
    externalId,
    userName,
    active: true,
    displayName,
    emails: [{ primary: true, type: 'work', value: email }],
    meta: { resourceType: 'User' },
    name: { formatted: `${givenName} ${familyName}`, familyName, givenName },
    title,
    ...(phoneNumbers.length > 0 ? { phoneNumbers } : {}),
    ...(address === undefined ? {} : { addresses: [{ type: 'work', ...address }] }),
    ...(extension === undefined ? {} : { [enterpriseSchema]: extension }),
    roles: [],
  };
}

/** The mapped attributes of a person, for the differences of an update. */
export function entraMappings(profile: AppProfile, externalId: string): Mapping[] {
  return [
    plain('userName', profile.userName),
    plain('displayName', profile.displayName),
    plain('title', profile.title),
    plain('externalId', externalId),
    nested('name', '.', 'givenName', profile.givenName),
    nested('name', '.', 'familyName', profile.familyName),
    element('emails', 'work', 'value', profile.email),
    element('phoneNumbers', 'work', 'value', profile.primaryPhone),
    element('phoneNumbers', 'mobile', 'value', profile.mobilePhone),
    ...addressParts.map(([from, to]) => element('addresses', 'work', to, profile[from])),
    ...enterprise.map((key) => nested(enterpriseSchema, ':', key, profile[key])),
  ];
}

function plain(path: string, value: string | undefined): Mapping {
  return { path, value, filtered: false, current: (resource) => resource[path] };
}

function nested(object: string, separator: string, key: string, value?: string): Mapping {
  const current = ({ [object]: inner }: Resource) => (isRecord(inner) ? inner[key] : undefined);
  return { path: `${object}${separator}${key}`, value, filtered: false, current };
}

function element(list: string, type: string, key: string, value: string | undefined): Mapping {
  const current = ({ [list]: elements }: Resource) =>
    Array.isArray(elements)
      ? elements.filter(isRecord).find((one) => one.type === type)?.[key]
      : undefined;
  return { path: `${list}[type eq "${type}"].${key}`, value, filtered: true, current };
}

/** An object of the pairs that have a value; undefined where none has. */
function present(pairs: readonly (readonly [string, string | undefined])[]) {
  const kept = pairs.filter(([, value]) => value !== undefined);
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}
