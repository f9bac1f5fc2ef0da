/** One attribute of a person's profile: its name in the management API and its label on the console. */
export interface ProfileAttribute {
  readonly name: string;
  readonly label: string;
  /** The attribute's name in the app's own profile, where it differs. */
  readonly appName?: string;
  readonly required?: boolean;
}

/** A person's profile attributes, in the order in which forms show them. */
export const profileAttributes: readonly ProfileAttribute[] = [
  { name: 'firstName', label: 'First name', appName: 'givenName', required: true },
  { name: 'lastName', label: 'Last name', appName: 'familyName', required: true },
  { name: 'login', label: 'Username', required: true },
  { name: 'email', label: 'Primary email', required: true },
  { name: 'secondEmail', label: 'Secondary email' },
  { name: 'displayName', label: 'Display name' },
  { name: 'middleName', label: 'Middle name' },
  { name: 'nickName', label: 'Nickname' },
  { name: 'title', label: 'Title' },
  { name: 'primaryPhone', label: 'Primary phone' },
  { name: 'mobilePhone', label: 'Mobile phone' },
  { name: 'streetAddress', label: 'Street address' },
  { name: 'city', label: 'City' },
  { name: 'state', label: 'State' },
  { name: 'zipCode', label: 'Zip code' },
  { name: 'countryCode', label: 'Country code' },
  { name: 'locale', label: 'Locale' },
  { name: 'timezone', label: 'Time zone' },
  { name: 'userType', label: 'User type' },
  { name: 'employeeNumber', label: 'Employee number' },
  { name: 'costCenter', label: 'Cost center' },
  { name: 'organization', label: 'Organization' },
  { name: 'division', label: 'Division' },
  { name: 'department', label: 'Department' },
  { name: 'managerId', label: 'Manager ID' },
  { name: 'manager', label: 'Manager' },
];

/** A person's profile; attributes without a value are absent. */
export type Profile = Readonly<Record<string, string>>;

/** What the app knows of an assigned person: the values that are pushed to the service. */
export type AppProfile = Readonly<Record<string, string>>;

/** The known attributes of `input` that carry text; everything else is dropped. */
export function readProfile(input: Readonly<Record<string, unknown>>): Profile {
  const profile: Record<string, string> = {};
  for (const { name } of profileAttributes) {
    const value = input[name];
    if (typeof value === 'string' && value.trim() !== '') profile[name] = value.trim();
  }
  return profile;
}

/** The labels of the required attributes that `profile` lacks. */
export function missingAttributes(profile: Profile): string[] {
  return profileAttributes
    .filter(({ name, required }) => required === true && profile[name] === undefined)
    .map(({ label }) => label);
}

/** "Ada Example", or the user name where the profile has no names. */
export function fullName(profile: Profile): string {
  const name = [profile.firstName, profile.lastName].filter(Boolean).join(' ');
  return name === '' ? (profile.login ?? '') : name;
}

/** How the app's user name is made from a person (Sign On > Application username format). */
export type UserNameFormat = 'login' | 'email' | 'email_prefix';

/** The app user name of a person. */
function appUserName(profile: Profile, format: UserNameFormat): string {
  const email = profile.email ?? '';
  if (format === 'login') return profile.login ?? email;
  return format === 'email' ? email : (email.split('@')[0] ?? email);
}

/** A person's profile in the app's names, with the app user name. */
export function mapProfile(profile: Profile, format: UserNameFormat): AppProfile {
  const mapped: Record<string, string> = { userName: appUserName(profile, format) };
  for (const { name, appName } of profileAttributes) {
    const value = profile[name];
    if (name !== 'login' && value !== undefined) mapped[appName ?? name] = value;
  }
  mapped.displayName ??= fullName(profile);
  mapped.locale ??= 'en-US';
  return mapped;
}

/** The app profile after a person changed: only what the change touches is overwritten. */
export function carryChanges(app: AppProfile, before: AppProfile, after: AppProfile): AppProfile {
  const next: Record<string, string> = { ...app };
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const value = after[name];
    if (before[name] === value) continue;
    if (value === undefined) delete next[name];
    else next[name] = value;
  }
  return next;
}
