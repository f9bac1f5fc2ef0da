import type { Schema } from '../../database/index.ts';

/** Everything that can follow from what an IdP says. The words for each stand in `words.ts`. */
export type EffectKind =
  /** A new person with addresses that the account's domains prove. */
  | 'user_created'
  /** A record was tied to a person who was here. */
  | 'user_linked'
  /** Passphrase, identities and sessions from before the address was proved are gone. */
  | 'credentials_reset'
  | 'name_changed'
  | 'addresses_changed'
  /** The person may use the account: a seat is taken. Waits where no seat is left. */
  | 'access_granted'
  /** The person may no longer use the account: seat, sessions and access are gone. */
  | 'access_ended'
  /** The directory became, or ceased to be, one of several reasons for access. */
  | 'source_added'
  | 'source_ended'
  /** The IdP gave up an owner or co-owner, or somebody who was added by hand too: they stay until an owner decides. */
  | 'access_kept'
  /** Somebody outside the verified domains was asked to join. Waits until they do. */
  | 'invited'
  | 'invitation_revoked'
  /** An owner or co-owner is never linked by itself. */
  | 'owner_conflict'
  /** A name or address of an owner or co-owner that the IdP says otherwise: nothing changes until an owner decides. */
  | 'profile_kept'
  /** The record fits no single person. */
  | 'user_conflict'
  /** Another externalId came with the userName of an inactive record: refused until it is released. */
  | 'user_name_conflict'
  | 'team_created'
  | 'team_linked'
  | 'team_renamed'
  /** A team of that name grants something already: waits for a decision. */
  | 'team_conflict'
  | 'team_deleted'
  /** The group is gone; the team stays, managed by hand. */
  | 'team_released'
  | 'member_added'
  | 'member_removed';

/** Why an effect waits or was refused. */
export type EffectReason =
  | 'no_seat'
  | 'acceptance'
  | 'daily_limit'
  | 'owner'
  | 'other_sources'
  | 'two_people'
  | 'two_records'
  | 'no_address'
  | 'name_taken'
  | 'user_name_reserved'
  | RefusalCode;

/** Why nothing of a request was done. */
export type RefusalCode =
  | 'last_owner'
  | 'seats_exhausted'
  /** Only some domains may be invited, and the outsider's is none of them. */
  | 'invite_control'
  | 'plan_lapsed'
  | 'domain_lapsed'
  | 'sso_lapsed'
  | 'directory_off';

/** One consequence, as `plan` decides it. */
export interface EffectDraft {
  readonly kind: EffectKind;
  readonly state: 'applied' | 'waiting' | 'refused';
  readonly reason: EffectReason | null;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
}

/** One consequence, as it is stored. */
export interface Effect extends EffectDraft {
  readonly id: string;
  readonly directoryUserId: string | null;
  readonly directoryGroupId: string | null;
  readonly userId: string | null;
  readonly teamId: string | null;
  readonly subjectName: string | null;
}

export type EffectState = Schema['effects']['state'];
