import type { AttributePath } from '../path/attribute-path.ts';
import { everyProfile, type Quirk } from './quirk.ts';

/** Published Microsoft requests write `…:enterprise:2.0:User.manager` with a dot for the last colon. */
export const dotAfterExtensionUrn: Quirk = {
  name: 'dotAfterExtensionUrn',
  profiles: everyProfile,
  habit: 'A dot instead of a colon between the URN of an extension and its attribute.',
  answer: 'The dot is read as the colon.',
};

/** Reads `urn:…:User.manager` as `urn:…:User:manager`; a path parser has taken `User` for the attribute. */
export function undottedPath(path: AttributePath): AttributePath | undefined {
  if (path.urn === undefined || path.subAttribute === undefined) return undefined;
  return { urn: `${path.urn}:${path.attribute}`, attribute: path.subAttribute };
}
