import type { EffectDraft, EffectKind, EffectReason } from './effect.ts';
import type { Policy } from './plan.ts';

/** What one directory says of one group. Its members follow by themselves: one row a member, added or removed. */
export interface SaidGroup {
  readonly name: string;
  /** The name until now; null where the group is new. */
  readonly formerName: string | null;
  readonly deleted: boolean;
  /** Members are added in this request. */
  readonly grows: boolean;
}

/** What the account has for it. */
export interface GrantedTeam {
  /** The team that the group is linked to. */
  readonly team: {
    readonly name: string;
    /** A directory made it, and nothing else holds it: no member by hand, no organization. */
    readonly disposable: boolean;
  } | null;
  /** Where there is no linked team: one that it may be linked to by itself, and why. */
  readonly linkable: { readonly name: string; readonly by: 'former_link' | 'name' } | null;
  /** An owner said that no team follows the group. */
  readonly declined: boolean;
  /** The name that the team can have: the group's own, or with a suffix where another team has it. */
  readonly freeName: string;
}

/** What follows for the team of one group. Pure, like `planPerson`; an effect in the state `refused` refuses all. */
export function planGroup(
  said: SaidGroup,
  granted: GrantedTeam,
  { lapse }: Pick<Policy, 'lapse'>,
): readonly EffectDraft[] {
  const { team } = granted;
  if (said.deleted) return planDeletion(team);
  if (lapse !== null && (said.formerName === null || said.grows)) {
    return [draft(said.grows ? 'member_added' : 'team_created', 'refused', lapse)];
  }
  if (team === null) return lapse === null && !granted.declined ? planArrival(said, granted) : [];
  if (said.formerName === said.name || team.name === said.name) return [];
  const renamed = { before: { name: team.name }, after: { name: granted.freeName } };
  return [
    draft('team_renamed', 'applied', null, renamed.before, renamed.after),
    ...conflict(said.name, granted.freeName),
  ];
}

function planDeletion(team: GrantedTeam['team']): readonly EffectDraft[] {
  if (team === null) return [];
  const kind = team.disposable ? 'team_deleted' : 'team_released';
  return [draft(kind, 'applied', null, { name: team.name })];
}

function planArrival(said: SaidGroup, { linkable, freeName }: GrantedTeam): readonly EffectDraft[] {
  if (linkable !== null) {
    return [draft('team_linked', 'applied', null, { name: linkable.name }, { by: linkable.by })];
  }
  return [
    draft('team_created', 'applied', null, null, { name: freeName }),
    ...conflict(said.name, freeName),
  ];
}

/** Another team has the name: an owner may say that they are the same. */
function conflict(wanted: string, given: string): readonly EffectDraft[] {
  if (wanted === given) return [];
  return [draft('team_conflict', 'waiting', 'name_taken', { name: wanted }, { name: given })];
}

function draft(
  kind: EffectKind,
  state: EffectDraft['state'],
  reason: EffectReason | null,
  before: EffectDraft['before'] = null,
  after: EffectDraft['after'] = null,
): EffectDraft {
  return { kind, state, reason, before, after };
}
