/** What an IdP says of a person: values by the names that it gives them. */
export type Claims = Readonly<Record<string, readonly string[]>>;

/** Where Entra's default claims stand; other names are the plain ones of Okta, Google and OpenID Connect. */
const xmlsoap = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims';

const names = {
  addresses: ['email', 'mail', 'emailAddress', `${xmlsoap}/emailaddress`],
  whole: ['displayName', 'name', 'http://schemas.microsoft.com/identity/claims/displayname'],
  given: ['firstName', 'given_name', 'givenName', `${xmlsoap}/givenname`],
  family: ['lastName', 'family_name', 'surname', `${xmlsoap}/surname`],
  // Entra's `name` is the user principal name, unless somebody changed it: better than nothing.
  last: [`${xmlsoap}/name`],
} as const;

/** All that may be a person's address, the likeliest first; whoever asks decides what is one. */
export function saidAddresses(claims: Claims): readonly string[] {
  return valuesOf(claims, names.addresses);
}

/** How a person is called, put together of the parts where no whole name is said; empty where nothing is. */
export function saidName(claims: Claims): string {
  const first = (wanted: readonly string[]) => valuesOf(claims, wanted)[0] ?? '';
  const parts = [first(names.given), first(names.family)].filter(Boolean).join(' ');
  return first(names.whole) || parts || first(names.last);
}

function valuesOf(claims: Claims, wanted: readonly string[]): readonly string[] {
  const values = wanted.flatMap((name) => (Object.hasOwn(claims, name) ? claims[name] : []) ?? []);
  return values.map((value) => value.trim()).filter(Boolean);
}
