import { provider as providers } from '@rollcall/api';
import { type ClientProfile, ScimError, type ScimType } from '@rollcall/scim';
import { type ExplanationCode, explanations, type ProviderText } from './explanation-table.ts';

function inWordsOf(provider: ClientProfile, text: ProviderText): string {
  return typeof text === 'string' ? text : text[provider];
}

/** What to do about a condition, in the words of one identity provider. */
function whatToChange(code: ExplanationCode, provider: ClientProfile): string {
  return inWordsOf(provider, explanations[code].change);
}

/** Why and what to change, for the request log: from the stored code and the `detail` that was answered. */
export function explain(
  code: string,
  detail: string | null,
  provider: ClientProfile,
): { why: string; whatToChange: string } {
  const known: ExplanationCode = isExplanationCode(code) ? code : 'internal_error';
  const { section } = explanations[known];
  const change = whatToChange(known, provider);
  const why = whyOf(known, detail ?? '', provider);
  const told = section === undefined || why.includes('RFC ') ? why : `${why} (${section})`;
  return { why: told, whatToChange: change };
}

/**
 * What the answer said besides what to change; the table's own words where it said no more. The answer may have been
 * given when the directory was said to be of another identity provider.
 */
function whyOf(code: ExplanationCode, detail: string, provider: ClientProfile): string {
  const own = inWordsOf(provider, explanations[code].why);
  const advice = providers.options.map((each) => whatToChange(code, each));
  const given = advice.find((change) => detail.endsWith(change)) ?? '';
  const why = detail.slice(0, detail.length - given.length).trim();
  const owns = providers.options.map((each) => inWordsOf(each, explanations[code].why));
  const saysNoMore = given === '' ? owns.some((each) => why.startsWith(each)) : owns.includes(why);
  return why === '' || saysNoMore ? own : why;
}

/** The reason of a refusal or failure as the end of a sentence; for an unknown code that there was one. */
export function brieflyWhy(code: string | null): string {
  if (code === null || !isExplanationCode(code)) return 'it was refused';
  return explanations[code].brief;
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
  const why = options.why ?? inWordsOf(provider, explanations[explanation].why);
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
  if (error.status === 413) return 'body_too_large';
  const byType = error.scimType === undefined ? undefined : codeOfScimType[error.scimType];
  return byType ?? (error.status >= 500 ? 'internal_error' : 'value_invalid');
}
