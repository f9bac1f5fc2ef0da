import type { AttributePath } from '../path/attribute-path.ts';
import { everyProfile, type Quirk } from './quirk.ts';

/** Okta's "unique identifier field" may be set to `email`, which is no SCIM attribute. */
export const emailFilterAlias: Quirk = {
  name: 'emailFilterAlias',
  profiles: everyProfile,
  habit: 'The filter `email eq "…"`.',
  answer: 'It is read as `emails.value eq "…"`.',
};

/** Reads `email` as `emails`. */
export function emailAlias(path: AttributePath): AttributePath | undefined {
  if (path.attribute.toLowerCase() !== 'email') return undefined;
  return { ...path, attribute: 'emails' };
}
