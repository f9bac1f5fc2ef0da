import type { ClientProfile } from '@rollcall/scim';

/** Every condition under which a SCIM request is refused or fails, as the request log stores it. */
export type ExplanationCode =
  | 'missing_token'
  | 'wrong_scheme'
  | 'unknown_token'
  | 'expired_token'
  | 'revoked_token'
  | 'foreign_token'
  | 'directory_off'
  | 'read_only_token'
  | 'two_tokens'
  | 'user_unknown'
  | 'group_unknown'
  | 'address_unknown'
  | 'method_not_allowed'
  | 'not_supported'
  | 'not_acceptable'
  | 'media_type'
  | 'body_too_large'
  | 'body_missing'
  | 'body_cut_off'
  | 'json_malformed'
  | 'syntax_invalid'
  | 'filter_invalid'
  | 'filter_too_wide'
  | 'path_invalid'
  | 'no_target'
  | 'value_invalid'
  | 'not_writable'
  | 'user_name_taken'
  | 'user_name_reserved'
  | 'value_taken'
  | 'group_name_taken'
  | 'team_not_adopted'
  | 'member_unknown'
  | 'member_type_wrong'
  | 'self_membership'
  | 'version_mismatch'
  | 'discovery_filter'
  | 'seats_exhausted'
  | 'last_owner'
  | 'plan_lapsed'
  | 'domain_lapsed'
  | 'sso_lapsed'
  | 'invite_control'
  | 'rate_limited'
  | 'unavailable'
  | 'internal_error';

/** A text for all identity providers, or one for each. */
export type ProviderText = string | Readonly<Record<ClientProfile, string>>;

export interface Explanation {
  /** The reason as the end of a sentence: "Okta tried to create Ada Example, but the userName is taken". */
  readonly brief: string;
  /** What happened and why, where the answer's own `detail` does not say it better. */
  readonly why: ProviderText;
  /** Where the standard says so; added to what a `detail` says. */
  readonly section?: string;
  /** What to do about it. */
  readonly change: ProviderText;
}

const pasteToken = {
  okta: 'In Okta open Provisioning > Integration, choose HTTP Header, and paste the token.',
  entra: 'In Entra open Provisioning > Admin credentials and paste the token as Secret Token.',
  generic: 'Send the connector token as "Authorization: Bearer <token>".',
};

const ofOneDirectory = 'Connector URL and token must be of one directory: correct';

const matchToken = {
  okta: `${ofOneDirectory} one of them in Okta under Provisioning > Integration.`,
  entra: `${ofOneDirectory} one of them in Entra under Provisioning > Admin credentials.`,
  generic: `${ofOneDirectory} one of them.`,
};

const newToken = {
  okta: 'Make one with Refresh Token on the SCIM page, then paste it in Okta under Provisioning > Integration.',
  entra:
    'Make one with Refresh Token on the SCIM page, then paste it in Entra under Provisioning > Admin credentials.',
  generic: 'Make one with Refresh Token on the SCIM page and give it to the identity provider.',
};

const retry = {
  okta: 'then press Retry Selected in Okta under Dashboard > Tasks.',
  entra: 'then provision the person on demand in Entra, or wait for the next cycle.',
  generic: 'then send the request again.',
};

const mapping = {
  okta: 'Correct the value or its mapping in Okta under Provisioning > To App.',
  entra: 'Correct the value or its mapping in Entra under Provisioning > Mappings.',
  generic: 'Correct the value that the identity provider sends.',
};

const reassign = {
  okta: 'This happens after SCIM was turned on anew: in Okta remove the person from the app and assign again.',
  entra: 'In Entra choose Restart provisioning, so that people are matched again.',
  generic: 'Match the person again by userName or externalId.',
};

const repush = {
  okta: 'In Okta unlink the group under Push Groups (leave it in the app) and push it again.',
  entra: 'In Entra choose Restart provisioning, so that groups are matched again.',
  generic: 'Match the group again by displayName.',
};

const ourFault =
  'Nothing was changed. Send the request again; if it fails again, look up its id in the server log.';

function neverHad(what: string): Record<ClientProfile, string> {
  const by = (name: string) =>
    `${name} asked for a ${what} that this directory never had or has deleted.`;
  return { okta: by('Okta'), entra: by('Entra'), generic: by('The identity provider') };
}

function afterwards(first: string): Record<ClientProfile, string> {
  return {
    okta: `${first}, ${retry.okta}`,
    entra: `${first}, ${retry.entra}`,
    generic: `${first}, ${retry.generic}`,
  };
}

/** The one table of explanations: condition → why, and what to change in which identity provider. */
export const explanations: Readonly<Record<ExplanationCode, Explanation>> = {
  missing_token: {
    brief: 'the request had no token',
    why: 'The request had no token.',
    change: pasteToken,
  },
  wrong_scheme: {
    brief: 'the request signs in another way than by a token',
    why: 'The request signs in by another scheme than a bearer token.',
    change: pasteToken,
  },
  unknown_token: {
    brief: 'the token is none of this directory',
    why: 'This is not a token of this directory.',
    change: pasteToken,
  },
  expired_token: {
    brief: 'the token has expired',
    why: 'The token has expired.',
    change: newToken,
  },
  revoked_token: {
    brief: 'the token was revoked',
    why: 'The token was revoked.',
    change: newToken,
  },
  foreign_token: {
    brief: 'the token belongs to another directory',
    why: 'This token belongs to another directory.',
    change: matchToken,
  },
  directory_off: {
    brief: 'SCIM is turned off',
    why: 'SCIM is turned off for this directory.',
    change: 'An owner can turn it on again on the SCIM page; the connector URL stays.',
  },
  read_only_token: {
    brief: 'the token may only read',
    why: 'The token may only read.',
    change: 'Use a read-write token of this directory.',
  },
  two_tokens: {
    brief: 'the request had two tokens',
    why: 'The request has two Authorization headers.',
    change: 'Send one, with one token. A proxy in between may add the other.',
  },
  user_unknown: {
    brief: 'this directory has no such user',
    why: neverHad('user'),
    change: reassign,
  },
  group_unknown: {
    brief: 'this directory has no such group',
    why: neverHad('group'),
    change: repush,
  },
  address_unknown: {
    brief: 'there is nothing at this address',
    why: 'There is nothing at this address.',
    change: 'Use the connector URL exactly as the SCIM page shows it.',
  },
  method_not_allowed: {
    brief: 'the address does not take this method',
    why: 'This address does not take this method.',
    change: 'Use one of the methods that the Allow header names.',
  },
  not_supported: {
    brief: 'this part of SCIM is not offered',
    why: 'This part of SCIM is not offered, as ServiceProviderConfig says.',
    change: 'Send single requests to /Users and /Groups.',
  },
  not_acceptable: {
    brief: 'the request does not accept JSON',
    why: 'The Accept header excludes JSON.',
    change: 'Ask for application/scim+json.',
  },
  media_type: {
    brief: 'the body is not declared as JSON',
    why: 'The body is not declared as JSON in UTF-8.',
    change: 'Send it as application/scim+json.',
  },
  body_too_large: {
    brief: 'the request is too large',
    why: 'The body is over the limit.',
    change: 'Send less in one request: shorter values, or fewer members at once.',
  },
  body_missing: {
    brief: 'the request has no body',
    why: 'The request has no body.',
    change: 'Send a JSON object.',
  },
  body_cut_off: {
    brief: 'the connection ended before the body did',
    why: 'The connection ended before the whole body had come. Nothing was changed.',
    change: afterwards(
      'See what closes connections between the identity provider and this service',
    ),
  },
  json_malformed: {
    brief: 'the body is not JSON',
    why: 'The body is not JSON.',
    change: 'Send one JSON object in UTF-8.',
  },
  syntax_invalid: {
    brief: 'the body cannot be read',
    why: 'The body does not have the shape that SCIM asks for.',
    section: 'RFC 7644 §3.3, §3.5',
    change:
      'The identity provider has to send another body: report it to its support with this request.',
  },
  filter_invalid: {
    brief: 'the filter cannot be read',
    why: 'The filter cannot be read.',
    section: 'RFC 7644 §3.4.2.2',
    change: 'Use the form: userName eq "ada@example.com".',
  },
  filter_too_wide: {
    brief: 'the filter would search too much',
    why: 'The filter asks for an attribute without an index, over too many resources.',
    change:
      'Filter by userName, externalId, emails.value, displayName, active, id, meta.created, meta.lastModified, members or manager.',
  },
  path_invalid: {
    brief: 'a path names no attribute',
    why: 'The path of an operation names no attribute.',
    section: 'RFC 7644 §3.5.2',
    change: mapping,
  },
  no_target: {
    brief: 'a path matches nothing',
    why: 'The path of an operation matches nothing.',
    section: 'RFC 7644 §3.5.2',
    change: mapping,
  },
  value_invalid: {
    brief: 'a value does not fit its attribute',
    why: 'A value does not fit its attribute.',
    section: 'RFC 7643 §2.3',
    change: mapping,
  },
  not_writable: {
    brief: 'only the server sets that attribute',
    why: 'The request changes an attribute that only the server sets.',
    section: 'RFC 7643 §7',
    change: mapping,
  },
  user_name_taken: {
    brief: 'the userName is taken',
    why: 'Another person in this directory already has this userName.',
    change: afterwards('Give one of the two another userName'),
  },
  user_name_reserved: {
    brief: 'an inactive person has the userName',
    why: 'An inactive person in this directory has this userName with another externalId.',
    change: afterwards(
      'Open the inactive person under People and choose Release this userName, or give one of the two another userName',
    ),
  },
  value_taken: {
    brief: 'somebody else has a value that must be unique',
    why: 'Another resource of this directory has a value that must be unique.',
    section: 'RFC 7643 §7',
    change: afterwards('Give one of the two another value'),
  },
  group_name_taken: {
    brief: 'the name is taken',
    why: 'Another group in this directory already has this name.',
    change: afterwards(
      'Rename one of the two groups, or let groups share names in the settings of the directory',
    ),
  },
  team_not_adopted: {
    brief: 'the team was made by hand',
    why: 'This group stands for a team that was made by hand and that the identity provider has not taken over.',
    change: afterwards('Delete the team in the console, or link a group to it first'),
  },
  member_unknown: {
    brief: 'a member is not in this directory',
    why: 'A member is no user or group of this directory.',
    change: afterwards('Provision the members before the group'),
  },
  member_type_wrong: {
    brief: 'a member is of the other kind',
    why: 'A member is said to be a User and is a Group, or the reverse.',
    change: 'Leave "type" out: it is known from the id.',
  },
  self_membership: {
    brief: 'a group cannot be its own member',
    why: 'A group cannot be a member of itself.',
    change: 'Remove the group from its own members.',
  },
  version_mismatch: {
    brief: 'the resource has changed meanwhile',
    why: 'The resource has changed since the version that the request names.',
    change: 'Read it again and repeat the change.',
  },
  discovery_filter: {
    brief: 'discovery cannot be filtered',
    why: 'Discovery cannot be filtered.',
    section: 'RFC 7644 §4',
    change: 'Ask without a filter.',
  },
  seats_exhausted: {
    brief: 'no license is free',
    why: 'No license is free.',
    change: afterwards('Free one under Licenses or add seats'),
  },
  last_owner: {
    brief: 'this is the only owner',
    why: 'This person is the only owner.',
    change: afterwards('Make someone else an owner first'),
  },
  plan_lapsed: {
    brief: 'the plan has lapsed',
    why: 'The plan of the account has lapsed.',
    change: afterwards('Renew the plan under Plan & billing'),
  },
  domain_lapsed: {
    brief: 'no domain is verified',
    why: 'The account has no verified domain.',
    change: afterwards('Verify one under Domains'),
  },
  sso_lapsed: {
    brief: 'no SSO connection has passed its test',
    why: 'The account has no SSO connection that passed its test.',
    change: afterwards('Test one under SSO'),
  },
  invite_control: {
    brief: 'invite control keeps the domain out',
    why: 'The address is in no verified domain of the account, and invite control lets nobody be invited there.',
    change: afterwards('Verify the domain under Domains, or allow it under Invites'),
  },
  rate_limited: {
    brief: 'too many requests came at once',
    why: 'More requests came than the rate limit allows.',
    change: {
      okta: 'Nothing was changed; Okta sends the request again by itself. The operator sets the limit as SCIM_RATE_LIMIT.',
      entra:
        'Nothing was changed; Entra sends the request again by itself. The operator sets the limit as SCIM_RATE_LIMIT.',
      generic:
        'Nothing was changed; send the request again after the seconds that Retry-After names. The operator sets the limit as SCIM_RATE_LIMIT.',
    },
  },
  unavailable: {
    brief: 'the database could not be reached',
    why: 'The database could not be reached.',
    change: ourFault,
  },
  internal_error: { brief: 'the server failed', why: 'The server failed.', change: ourFault },
};
