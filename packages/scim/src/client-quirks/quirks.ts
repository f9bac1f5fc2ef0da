import { absentElementCreated } from './absent-element-created.ts';
import { addressAsUserName } from './address-as-user-name.ts';
import { dotAfterExtensionUrn } from './dot-after-extension-urn.ts';
import { emailFilterAlias } from './email-filter-alias.ts';
import { omittedMembershipKept } from './omitted-membership-kept.ts';
import type { ClientProfile, Quirk, QuirkName, Quirks } from './quirk.ts';
import { roleAsJsonText } from './role-as-json-text.ts';
import { unknownPathIgnored } from './unknown-path-ignored.ts';

/** Every habit that is granted by the kind of client; the README of this folder lists those that need no grant as well. */
export const quirkTable: Readonly<Record<QuirkName, Quirk>> = {
  absentElementCreated,
  addressAsUserName,
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
    addressAsUserName: granted(addressAsUserName),
    dotAfterExtensionUrn: granted(dotAfterExtensionUrn),
    emailFilterAlias: granted(emailFilterAlias),
    omittedMembershipKept: granted(omittedMembershipKept),
    roleAsJsonText: granted(roleAsJsonText),
    unknownPathIgnored: granted(unknownPathIgnored),
  };
}
