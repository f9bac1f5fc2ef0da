import type { EffectDraft, EffectKind, EffectReason, RefusalCode } from './effect.ts';
import type { Link } from './said.ts';

/** What one directory says of one person, in the terms of grants. */
export interface SaidPerson {
  readonly state: 'active' | 'inactive' | 'deleted';
  /** The record is new in this request. */
  readonly created: boolean;
  /** `active` became true in this request, or the record is new and active. */
  readonly turnedActive: boolean;
  /** It was active until this request, which deactivated or deleted it. */
  readonly turnedInactive: boolean;
  /** How the record stands to the people here, before this plan. */
  readonly link: Link;
  /** Who an unlinked record is; null where that is not asked, or known by the link. */
  readonly resolution: Resolution | null;
  readonly name: string;
  /** The addresses that a verified domain of the account proves, as written; primary first. */
  readonly provedAddresses: readonly string[];
  /** What an owner decided: who the record is, or that its name and addresses hold for an owner too. */
  readonly decided?: 'link' | 'profile' | undefined;
}

/** Who a record that is not linked yet turns out to be. */
export type Resolution =
  | { readonly kind: 'new'; readonly userId: string }
  | {
      readonly kind: 'person';
      readonly userId: string;
      readonly by: 'external_id' | 'address' | 'decision';
      /** False: the address was never proved, and nothing from before may survive the link. */
      readonly proved: boolean;
    }
  | { readonly kind: 'outsider'; readonly address: string }
  | { readonly kind: 'two_people' | 'no_address' };

/** What the account grants this person now. */
export interface GrantedPerson {
  readonly membership: {
    readonly role: 'owner' | 'co_owner' | 'member' | 'billing_only';
    readonly state: 'active' | 'waiting' | 'deactivated' | 'removed';
  } | null;
  readonly sources: {
    /** This directory is a reason for the membership. */
    readonly own: boolean;
    /** They came by themselves, through SSO or their domain. A directory that knows them outweighs it. */
    readonly joined: boolean;
    /** Another directory, or somebody by hand, is a reason. */
    readonly other: boolean;
    /** Among these, somebody by hand: added, or invited by a person here. */
    readonly byHand: boolean;
  };
  /** Another live and active record of this directory is linked to the same person. */
  readonly otherRecord: boolean;
  /** How many owners the account has. */
  readonly owners: number;
  /** One is there for the taking: it was claimed for this plan. */
  readonly seat: 'available' | 'none';
  /** Outsiders whom this directory had invited in the last 24 hours. */
  readonly invitedToday: number;
  /** Invite control lets the outsider's address be invited. */
  readonly invitable: boolean;
  /** Name and proved addresses; null where they are not to change: nothing was said of them, or the account may not. */
  readonly profile: {
    readonly name: string;
    readonly addresses: readonly string[];
    /** Those that this directory brought: they end when it no longer says them. */
    readonly own: readonly string[];
  } | null;
}

/** What the account's rules allow now. */
export interface Policy {
  readonly seats: 'wait' | 'refuse';
  readonly outsidersPerDay: number;
  /** What SCIM needs and the account lost; null where nothing. */
  readonly lapse: Exclude<RefusalCode, 'last_owner' | 'seats_exhausted' | 'invite_control'> | null;
}

/**
 * What follows for one person. Pure: nothing is read or written here. An effect in the state `refused` refuses the whole
 * request. Once the effects are applied, the same question has no effects left.
 */
export function planPerson(
  said: SaidPerson,
  granted: GrantedPerson,
  policy: Policy,
): readonly EffectDraft[] {
  if (said.created && policy.lapse !== null) return [refused('access_granted', policy.lapse)];
  if (said.state !== 'active') return planLeaving(said, granted);
  if (said.resolution !== null) return planArrival(said, said.resolution, granted, policy);
  if (said.link === 'linked' || (said.link === 'removed' && said.turnedActive)) {
    return planStay(said, granted, policy);
  }
  return [];
}

/** The record is tied to its person. Whoever comes back may have become an owner, or have another record, meanwhile. */
function planStay(
  said: SaidPerson,
  granted: GrantedPerson,
  policy: Policy,
): readonly EffectDraft[] {
  const conflict = said.turnedActive && !said.decided ? planConflict(granted) : null;
  if (conflict !== null) return [conflict];
  return [...planAccess(granted, policy), ...planProfile(said, granted)];
}

/** Why a record may not be tied to this person by itself. */
function planConflict({ membership, otherRecord }: GrantedPerson): EffectDraft | null {
  if (membership !== null && isOwner(membership.role)) return waiting('owner_conflict', 'owner');
  return otherRecord ? waiting('user_conflict', 'two_records') : null;
}

/** Whether `planPerson` would take a seat. Ask first, claim, then plan with what came of it. */
export function needsSeat(said: SaidPerson, granted: GrantedPerson, policy: Policy): boolean {
  const seatless = planPerson(said, { ...granted, seat: 'none' }, { ...policy, seats: 'wait' });
  return seatless.some(({ reason }) => reason === 'no_seat');
}

/** How the record stands once the effects are applied. */
export function linkAfter(said: SaidPerson, effects: readonly EffectDraft[]): Link {
  const did = (...kinds: EffectKind[]) => effects.some(({ kind }) => kinds.includes(kind));
  if (did('owner_conflict', 'user_conflict')) return 'conflict';
  if (did('invited')) return 'invited';
  if (did('user_created', 'user_linked', 'access_granted', 'source_added')) return 'linked';
  if (said.state === 'active' || said.link === 'linked') return said.link;
  return said.link === 'removed' && said.state === 'inactive' ? 'removed' : 'none';
}

function planArrival(
  said: SaidPerson,
  resolution: Resolution,
  granted: GrantedPerson,
  policy: Policy,
): readonly EffectDraft[] {
  const invited = said.link === 'invited' && !said.created;
  const withdrawn = invited ? [applied('invitation_revoked')] : [];
  switch (resolution.kind) {
    case 'new': {
      const { name, provedAddresses: addresses } = said;
      const created = applied('user_created', null, { name, addresses });
      return [...withdrawn, created, ...planAccess(granted, policy)];
    }
    case 'person':
      return [...withdrawn, ...planLink(said, resolution, granted, policy)];
    case 'outsider':
      return [...withdrawn, planInvitation(resolution.address, granted, policy)];
    default:
      return [...withdrawn, waiting('user_conflict', resolution.kind)];
  }
}

function planLink(
  said: SaidPerson,
  { by, proved }: Resolution & { kind: 'person' },
  granted: GrantedPerson,
  policy: Policy,
): readonly EffectDraft[] {
  const conflict = said.decided === 'link' ? null : planConflict(granted);
  if (conflict !== null) return [conflict];
  return [
    applied('user_linked', null, { by }),
    ...(proved ? [] : [applied('credentials_reset')]),
    ...planAccess(granted, policy),
    ...planProfile(said, granted),
  ];
}

function planInvitation(address: string, granted: GrantedPerson, policy: Policy): EffectDraft {
  const after = { address };
  if (policy.lapse !== null) return refused('invited', policy.lapse);
  if (!granted.invitable) return refused('invited', 'invite_control');
  if (granted.invitedToday >= policy.outsidersPerDay) {
    return waiting('invited', 'daily_limit', null, after);
  }
  if (granted.seat === 'available') return waiting('invited', 'acceptance', null, after);
  if (policy.seats === 'refuse') return refused('invited', 'seats_exhausted');
  return waiting('invited', 'no_seat', null, after);
}

function planAccess(granted: GrantedPerson, policy: Policy): readonly EffectDraft[] {
  const state = granted.membership?.state ?? null;
  if (state === 'active' || state === 'waiting') {
    return granted.sources.own ? [] : [applied('source_added')];
  }
  const before = state === null ? null : { state };
  if (policy.lapse !== null) return [refused('access_granted', policy.lapse)];
  if (granted.seat === 'available') {
    return [applied('access_granted', before, { state: 'active' })];
  }
  if (policy.seats === 'refuse') return [refused('access_granted', 'seats_exhausted')];
  return [waiting('access_granted', 'no_seat', before, { state: 'waiting' })];
}

function planLeaving(said: SaidPerson, granted: GrantedPerson): readonly EffectDraft[] {
  if (said.link === 'invited') return [applied('invitation_revoked')];
  const { membership, sources, owners, otherRecord } = granted;
  if (said.link !== 'linked' || membership === null || otherRecord) return [];
  if (sources.byHand) return planKeeping(said, membership, sources);
  if (sources.other) return sources.own ? [applied('source_ended')] : [];
  if (!sources.own && !sources.joined) return [];
  if (membership.role === 'owner' && owners <= 1) return [refused('access_ended', 'last_owner')];
  if (isOwner(membership.role)) return [waiting('access_kept', 'owner')];
  return [applied('access_ended', { state: membership.state }, { state: 'deactivated' })];
}

/** Whoever was added by hand stays, though the IdP gave them up. An owner is told, once, who may want otherwise. */
function planKeeping(
  said: SaidPerson,
  { role, state }: NonNullable<GrantedPerson['membership']>,
  { own }: GrantedPerson['sources'],
): readonly EffectDraft[] {
  const stays = state === 'active' || state === 'waiting';
  if (!own && !(said.turnedInactive && stays)) return [];
  return [waiting('access_kept', isOwner(role) ? 'owner' : 'other_sources')];
}

function planProfile(
  said: SaidPerson,
  { membership, profile }: GrantedPerson,
): readonly EffectDraft[] {
  if (profile === null) return [];
  const changes = profileChanges(said, profile);
  const own = membership !== null && isOwner(membership.role) && said.decided !== 'profile';
  if (!own || changes.length === 0) return changes;
  const { name, provedAddresses: addresses } = said;
  return [waiting('profile_kept', 'owner', { name: profile.name }, { name, addresses })];
}

function profileChanges(
  said: SaidPerson,
  profile: NonNullable<GrantedPerson['profile']>,
): readonly EffectDraft[] {
  const effects: EffectDraft[] = [];
  if (said.name !== profile.name) {
    effects.push(applied('name_changed', { name: profile.name }, { name: said.name }));
  }
  const added = said.provedAddresses.filter((address) => !profile.addresses.includes(address));
  const ended = profile.own.filter((address) => !said.provedAddresses.includes(address));
  if (added.length > 0 || ended.length > 0) {
    effects.push(applied('addresses_changed', { ended }, { added }));
  }
  return effects;
}

function isOwner(role: 'owner' | 'co_owner' | 'member' | 'billing_only'): boolean {
  return role === 'owner' || role === 'co_owner';
}

type Facts = EffectDraft['before'];

function applied(kind: EffectKind, before: Facts = null, after: Facts = null): EffectDraft {
  return { kind, state: 'applied', reason: null, before, after };
}

function waiting(
  kind: EffectKind,
  reason: EffectReason,
  before: Facts = null,
  after: Facts = null,
): EffectDraft {
  return { kind, state: 'waiting', reason, before, after };
}

function refused(kind: EffectKind, reason: RefusalCode): EffectDraft {
  return { kind, state: 'refused', reason, before: null, after: null };
}
