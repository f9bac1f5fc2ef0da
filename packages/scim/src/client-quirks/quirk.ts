/** The kind of identity provider behind a directory; `generic` is the letter of the RFCs. */
export type ClientProfile = 'okta' | 'entra' | 'generic';

/** For a habit that the form of a request gives away, whoever sends it. */
export const everyProfile: readonly ClientProfile[] = ['okta', 'entra', 'generic'];

/** Name of a habit that is granted by the kind of client. */
export type QuirkName =
  | 'absentElementCreated'
  | 'addressAsUserName'
  | 'dotAfterExtensionUrn'
  | 'emailFilterAlias'
  | 'omittedMembershipKept'
  | 'roleAsJsonText'
  | 'unknownPathIgnored';

/** One habit: who has it, what they send, and what we do about it. */
export interface Quirk {
  readonly name: QuirkName;
  readonly profiles: readonly ClientProfile[];
  /** What the client sends. */
  readonly habit: string;
  /** What it gets. */
  readonly answer: string;
}

/** Which habits are granted to a client. */
export type Quirks = Readonly<Record<QuirkName, boolean>>;
