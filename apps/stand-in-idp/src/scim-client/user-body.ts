import type { AppProfile } from '../store/profile.ts';
import type { AdvancedSettings } from '../store/settings.ts';
import { isRecord } from '../store/settings.ts';
import type { Resource } from './answers.ts';

export const userSchema = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const enterpriseSchema = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const groupSchema = 'urn:ietf:params:scim:schemas:core:2.0:Group';
export const patchSchema = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** App attributes that are a simple attribute of the same name. */
const simple = ['title', 'displayName', 'nickName', 'userType', 'locale', 'timezone'] as const;

/** App attributes below `name`. */
const names = ['givenName', 'familyName', 'middleName'] as const;

/** App attributes of the enterprise extension. */
const enterprise = [
  'employeeNumber',
  'costCenter',
  'organization',
  'division',
  'department',
] as const;

/** App attributes below the primary address, with their names there. */
const addressParts = [
  ['streetAddress', 'streetAddress'],
  ['city', 'locality'],
  ['state', 'region'],
  ['zipCode', 'postalCode'],
  ['countryCode', 'country'],
] as const;

/** App attributes that are the value of one element: the primary one, or the other. */
const elements = [
  { list: 'emails', attribute: 'email', primary: true, type: 'work' },
  { list: 'emails', attribute: 'secondEmail', primary: false, type: 'home' },
  { list: 'phoneNumbers', attribute: 'primaryPhone', primary: true, type: 'work' },
  { list: 'phoneNumbers', attribute: 'mobilePhone', primary: false, type: 'mobile' },
] as const;

type Draft = Record<string, unknown>;

/** The body of a create, with its members in Okta's order. `externalId` is the person's own id in the directory. */
export function createUserBody(profile: AppProfile, externalId: string, password: string): Draft {
  const extension = enterpriseOf(profile);
  const body: Draft = {
    schemas: extension === undefined ? [userSchema] : [userSchema, enterpriseSchema],
    userName: profile.userName,
    name: pick(profile, names),
  };
  for (const { list, attribute, primary, type } of elements) {
    const value = profile[attribute];
    if (value !== undefined) body[list] = [...listOf(body[list]), { primary, value, type }];
  }
  const address = addressOf(profile);
  if (address !== undefined) body.addresses = [{ primary: true, ...address, type: 'work' }];
  Object.assign(body, pick(profile, simple));
  Object.assign(body, { externalId, groups: [], password, active: true });
  if (extension !== undefined) body[enterpriseSchema] = extension;
  return body;
}

/**
 * The body of a profile push: the resource as it was read, with everything that the mapping owns written over it.
 * What the app does not know, `id` and `meta` included, goes back as it came.
 */
export function overlayUser(
  resource: Resource,
  profile: AppProfile,
  externalId: string,
  clearedAs: AdvancedSettings['clearedAs'],
): Draft {
  const body: Draft = { ...resource, userName: profile.userName, externalId };
  body.name = overlay(recordOf(resource.name), profile, names, clearedAs);
  Object.assign(body, overlay(pickAny(resource, simple), profile, simple, clearedAs));
  if (clearedAs === 'absent') for (const key of simple) if (!(key in profile)) delete body[key];
  for (const element of elements) overlayElement(body, element, profile[element.attribute]);
  overlayAddress(body, profile);
  overlayEnterprise(body, profile, clearedAs);
  return body;
}

/** Takes a value away in the way that the advanced setting chose. */
function clear(target: Draft, key: string, clearedAs: AdvancedSettings['clearedAs']): void {
  if (clearedAs === 'absent') delete target[key];
  else target[key] = clearedAs === 'null' ? null : '';
}

function overlay(
  current: Resource,
  profile: AppProfile,
  keys: readonly string[],
  clearedAs: AdvancedSettings['clearedAs'],
): Draft {
  const next: Draft = { ...current };
  for (const key of keys) {
    const value = profile[key];
    if (value !== undefined) next[key] = value;
    else if (hasText(next[key])) clear(next, key, clearedAs);
  }
  return next;
}

function overlayElement(
  body: Draft,
  { list, primary, type }: (typeof elements)[number],
  value: string | undefined,
): void {
  const current = listOf(body[list]);
  const index = current.findIndex((element) => (element.primary === true) === primary);
  const found = current[index];
  if (value === undefined) {
    // Another element that is not primary, of a type that the app does not map, is the service's own.
    const isOwn = found !== undefined && (primary || found.type === type);
    if (isOwn) body[list] = current.filter((element) => element !== found);
    return;
  }
  const next = { primary, type, ...found, value };
  body[list] = found === undefined ? [...current, next] : current.with(index, next);
}

function overlayAddress(body: Draft, profile: AppProfile): void {
  const address = addressOf(profile);
  const current = listOf(body.addresses);
  if (address === undefined && current.length === 0) return;
  const others = current.filter((element) => element.primary !== true);
  body.addresses =
    address === undefined ? others : [{ primary: true, ...address, type: 'work' }, ...others];
}

function overlayEnterprise(
  body: Draft,
  profile: AppProfile,
  clearedAs: AdvancedSettings['clearedAs'],
): void {
  const wanted = enterpriseOf(profile);
  const current = body[enterpriseSchema];
  if (wanted === undefined && !isRecord(current)) return;
  const next = overlay(recordOf(current), profile, enterprise, clearedAs);
  if (wanted?.manager !== undefined) next.manager = wanted.manager;
  else if (next.manager !== undefined) delete next.manager;
  body[enterpriseSchema] = next;
  const schemas = Array.isArray(body.schemas) ? body.schemas : [userSchema];
  body.schemas = schemas.includes(enterpriseSchema) ? schemas : [...schemas, enterpriseSchema];
}

function enterpriseOf(profile: AppProfile): Draft | undefined {
  const extension: Draft = pick(profile, enterprise);
  if (profile.managerId !== undefined) {
    const displayName = profile.manager;
    extension.manager = {
      value: profile.managerId,
      ...(displayName === undefined ? {} : { displayName }),
    };
  }
  return Object.keys(extension).length === 0 ? undefined : extension;
}

function addressOf(profile: AppProfile): Draft | undefined {
  const parts = addressParts.flatMap(([from, to]) => {
    const value = profile[from];
    return value === undefined ? [] : [[to, value] as const];
  });
  return parts.length === 0 ? undefined : Object.fromEntries(parts);
}

function pick(profile: AppProfile, keys: readonly string[]): Draft {
  return pickAny(profile, keys);
}

function pickAny(source: Resource, keys: readonly string[]): Draft {
  return Object.fromEntries(keys.filter((key) => key in source).map((key) => [key, source[key]]));
}

const hasText = (value: unknown) => typeof value === 'string' && value !== '';
const recordOf = (value: unknown): Resource => (isRecord(value) ? value : {});
const listOf = (value: unknown): Draft[] => (Array.isArray(value) ? value.filter(isRecord) : []);

/** The app profile of a listed user, as an import reads it. */
export function profileOf(resource: Resource): AppProfile {
  const profile: Record<string, string> = {};
  const take = (key: string, value: unknown) => {
    if (typeof value === 'string' && value !== '') profile[key] = value;
  };
  take('userName', resource.userName);
  for (const key of names) take(key, recordOf(resource.name)[key]);
  for (const key of simple) take(key, resource[key]);
  for (const { list, attribute, primary } of elements) {
    const found = listOf(resource[list]).find((element) => (element.primary === true) === primary);
    take(attribute, found?.value);
  }
  profile.email ??= String(listOf(resource.emails)[0]?.value ?? resource.userName ?? '');
  for (const key of enterprise) take(key, recordOf(resource[enterpriseSchema])[key]);
  return profile;
}
