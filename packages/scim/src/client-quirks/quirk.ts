/** The kind of identity provider behind a directory; `generic` is the letter of the RFCs. */
export type ClientProfile = 'okta' | 'entra' | 'generic';

/** Name of a habit that some clients have and others must not be granted. */
export type QuirkName =
  | 'absentElementCreated'
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
