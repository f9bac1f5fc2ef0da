import { absentElementCreated } from './absent-element-created.ts';
import { dotAfterExtensionUrn } from './dot-after-extension-urn.ts';
import { emailFilterAlias } from './email-filter-alias.ts';
import { omittedMembershipKept } from './omitted-membership-kept.ts';
import type { ClientProfile, Quirk, QuirkName, Quirks } from './quirk.ts';
import { roleAsJsonText } from './role-as-json-text.ts';
import { unknownPathIgnored } from './unknown-path-ignored.ts';

/** Every habit that only some clients are granted. */
export const quirkTable: Readonly<Record<QuirkName, Quirk>> = {
  absentElementCreated,
  dotAfterExtensionUrn,
  emailFilterAlias,
  omittedMembershipKept,
  roleAsJsonText,
  unknownPathIgnored,
};

/** Tells which habits a client of this kind is granted. */
export function quirksFor(profile: ClientProfile): Quirks {
  return quirksByProfile[profile];
}

const quirksByProfile: Readonly<Record<ClientProfile, Quirks>> = {
  okta: grantedTo('okta'),
  entra: grantedTo('entra'),
  generic: grantedTo('generic'),
};

function grantedTo(profile: ClientProfile): Quirks {
  const granted = (quirk: Quirk) => quirk.profiles.includes(profile);
  return {
    absentElementCreated: granted(absentElementCreated),
    dotAfterExtensionUrn: granted(dotAfterExtensionUrn),
    emailFilterAlias: granted(emailFilterAlias),
    omittedMembershipKept: granted(omittedMembershipKept),
    roleAsJsonText: granted(roleAsJsonText),
    unknownPathIgnored: granted(unknownPathIgnored),
  };
}
