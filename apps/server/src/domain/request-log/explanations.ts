import { type ClientProfile, ScimError, type ScimType } from '@rollcall/scim';

/** Every condition under which a SCIM request is refused or fails, as the request log stores it. */
export type ExplanationCode =
  | 'missing_token'
  | 'unknown_token'
  | 'expired_token'
  | 'revoked_token'
  | 'foreign_token'
  | 'directory_off'
  | 'read_only_token'
  | 'user_unknown'
  | 'group_unknown'
  | 'address_unknown'
  | 'method_not_allowed'
  | 'not_supported'
  | 'not_acceptable'
  | 'media_type'
  | 'body_too_large'
  | 'body_missing'
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
  | 'group_name_taken'
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
  | 'unavailable'
  | 'internal_error';

interface Explanation {
  /** What happened and why, where the answer's own `detail` does not say it better. */
  readonly why: string;
  /** What to do about it; a text for all identity providers or one for each. */
  readonly change: string | Readonly<Record<ClientProfile, string>>;
}

const pasteToken = {
  okta: 'In Okta open Provisioning > Integration, choose HTTP Header, and paste the token.',
  entra: 'In Entra open Provisioning > Admin credentials and paste the token as Secret Token.',
  generic: 'Send the connector token as "Authorization: Bearer <token>".',
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

function afterwards(first: string): Record<ClientProfile, string> {
  return {
    okta: `${first}, ${retry.okta}`,
    entra: `${first}, ${retry.entra}`,
    generic: `${first}, ${retry.generic}`,
  };
}

/** The one table of explanations: condition → why, and what to change in which identity provider. */
const explanations: Readonly<Record<ExplanationCode, Explanation>> = {
  missing_token: { why: 'The request had no token.', change: pasteToken },
  unknown_token: { why: 'This is not a token of this directory.', change: pasteToken },
  expired_token: { why: 'The token has expired.', change: newToken },
  revoked_token: { why: 'The token was revoked.', change: newToken },
  foreign_token: { why: 'This token belongs to another directory.', change: pasteToken },
  directory_off: {
    why: 'SCIM is turned off for this directory.',
    change: 'An owner can turn it on again on the SCIM page; the connector URL stays.',
  },
  read_only_token: {
    why: 'The token may only read.',
    change: 'Use a read-write token of this directory.',
  },
  user_unknown: { why: 'This directory has no such user.', change: reassign },
  group_unknown: { why: 'This directory has no such group.', change: repush },
  address_unknown: {
    why: 'There is nothing at this address.',
    change: 'Use the connector URL exactly as the SCIM page shows it.',
  },
  method_not_allowed: {
    why: 'This address does not take this method.',
    change: 'Use one of the methods that the Allow header names.',
  },
  not_supported: {
    why: 'This part of SCIM is not offered, as ServiceProviderConfig says.',
    change: 'Send single requests to /Users and /Groups.',
  },
  not_acceptable: {
    why: 'The Accept header excludes JSON.',
    change: 'Ask for application/scim+json.',
  },
  media_type: {
    why: 'The body is not declared as JSON in UTF-8.',
    change: 'Send it as application/scim+json.',
  },
  body_too_large: {
    why: 'The body is over the limit.',
    change: 'Send fewer changes in one request.',
  },
  body_missing: { why: 'The request has no body.', change: 'Send a JSON object.' },
  json_malformed: { why: 'The body is not JSON.', change: 'Send one JSON object in UTF-8.' },
  syntax_invalid: {
    why: 'The body does not have the shape that SCIM asks for (RFC 7644 §3.3, §3.5).',
    change: mapping,
  },
  filter_invalid: {
    why: 'The filter cannot be read (RFC 7644 §3.4.2.2).',
    change: 'Use the form: userName eq "ada@example.com".',
  },
  filter_too_wide: {
    why: 'The filter asks for an attribute without an index, over too many resources.',
    change:
      'Filter by userName, externalId, emails.value, displayName, active, id, meta.created, meta.lastModified, members or manager.',
  },
  path_invalid: {
    why: 'The path of an operation names no attribute (RFC 7644 §3.5.2).',
    change: mapping,
  },
  no_target: {
    why: 'The path of an operation matches nothing (RFC 7644 §3.5.2).',
    change: mapping,
  },
  value_invalid: { why: 'A value does not fit its attribute (RFC 7643 §2.3).', change: mapping },
  not_writable: {
    why: 'The request changes an attribute that only the server sets (RFC 7643 §7).',
    change: mapping,
  },
  user_name_taken: {
    why: 'Another person in this directory already has this userName.',
    change: afterwards('Give one of the two another userName'),
  },
  user_name_reserved: {
    why: 'An inactive person in this directory has this userName with another externalId.',
    change: afterwards('Use Release this userName on that person’s page'),
  },
  group_name_taken: {
    why: 'Another group in this directory already has this name.',
    change: afterwards('Rename one of the two groups'),
  },
  member_unknown: {
    why: 'A member is no user or group of this directory.',
    change: afterwards('Provision the members before the group'),
  },
  member_type_wrong: {
    why: 'A member is said to be a User and is a Group, or the reverse.',
    change: 'Leave "type" out: it is known from the id.',
  },
  self_membership: {
    why: 'A group cannot be a member of itself.',
    change: 'Remove the group from its own members.',
  },
  version_mismatch: {
    why: 'The resource has changed since the version that the request names.',
    change: 'Read it again and repeat the change.',
  },
  discovery_filter: {
    why: 'Discovery cannot be filtered (RFC 7644 §4).',
    change: 'Ask without a filter.',
  },
  seats_exhausted: {
    why: 'No license is free.',
    change: afterwards('Free one under Licenses or add seats'),
  },
  last_owner: {
    why: 'This person is the only owner.',
    change: afterwards('Make someone else an owner first'),
  },
  plan_lapsed: {
    why: 'The plan of the account has lapsed.',
    change: afterwards('Renew the plan under Plan & billing'),
  },
  domain_lapsed: {
    why: 'The account has no verified domain.',
    change: afterwards('Verify one under Domains'),
  },
  sso_lapsed: {
    why: 'The account has no SSO connection that passed its test.',
    change: afterwards('Test one under SSO'),
  },
  unavailable: { why: 'The database could not be reached.', change: ourFault },
  internal_error: { why: 'The server failed.', change: ourFault },
};

/** What to do about a condition, in the words of one identity provider. */
function whatToChange(code: ExplanationCode, provider: ClientProfile): string {
  const { change } = explanations[code];
  return typeof change === 'string' ? change : change[provider];
}

/** Why and what to change, for the request log: from the stored code and the `detail` that was answered. */
export function explain(
  code: string,
  detail: string | null,
  provider: ClientProfile,
): { why: string; whatToChange: string } {
  const known: ExplanationCode = isExplanationCode(code) ? code : 'internal_error';
  const change = whatToChange(known, provider);
  const said = detail?.endsWith(change) ? detail.slice(0, -change.length).trim() : detail;
  return { why: said || explanations[known].why, whatToChange: change };
}

/** Whether a stored code is one of ours; an older program may have stored one that is gone. */
function isExplanationCode(code: string): code is ExplanationCode {
  return Object.hasOwn(explanations, code);
}

/** A SCIM error that carries its explanation. */
export class RefusedRequest extends ScimError {
  readonly explanation: ExplanationCode;
  /** The resource that it is about, where there is one. */
  readonly subject: { readonly id: string; readonly name: string } | undefined;
  /** What the log may say and the caller, who has proved nothing, may not. */
  readonly logged: string | undefined;

  constructor(
    explanation: ExplanationCode,
    status: number,
    detail: string,
    options: { scimType?: ScimType; subject?: { id: string; name: string }; logged?: string } = {},
  ) {
    super(status, detail, options.scimType);
    this.explanation = explanation;
    this.subject = options.subject;
    this.logged = options.logged;
  }
}

/** Builds a refusal whose detail says why and, in the words of the identity provider, what to change. */
export function refuse(
  explanation: ExplanationCode,
  status: number,
  provider: ClientProfile,
  options: {
    /** What happened, with names and numbers; the table's own words by default. */
    why?: string;
    scimType?: ScimType;
    subject?: { id: string; name: string };
    /** What the log says in place of `why`. */
    loggedWhy?: string;
  } = {},
): RefusedRequest {
  const why = options.why ?? explanations[explanation].why;
  const change = whatToChange(explanation, provider);
  const { loggedWhy } = options;
  return new RefusedRequest(explanation, status, `${why} ${change}`, {
    ...options,
    ...(loggedWhy === undefined ? {} : { logged: `${loggedWhy} ${change}` }),
  });
}

const codeOfScimType: Readonly<Partial<Record<ScimType, ExplanationCode>>> = {
  invalidFilter: 'filter_invalid',
  tooMany: 'filter_too_wide',
  mutability: 'not_writable',
  invalidSyntax: 'syntax_invalid',
  invalidPath: 'path_invalid',
  noTarget: 'no_target',
  invalidValue: 'value_invalid',
};

/** The explanation of any SCIM error; the protocol package's own errors are told by their `scimType`. */
export function explanationOf(error: ScimError): ExplanationCode {
  if (error instanceof RefusedRequest) return error.explanation;
  const byType = error.scimType === undefined ? undefined : codeOfScimType[error.scimType];
  return byType ?? (error.status >= 500 ? 'internal_error' : 'value_invalid');
}
