/** What a team gives to its members. */
export interface TeamGrant {
  readonly name: string;
  readonly role: TeamRole;
  readonly organizations: readonly { readonly id: string; readonly name: string }[];
}

export type TeamRole = 'admin' | 'member';

/** A team as it is, with what decides about it. */
export interface TeamState extends TeamGrant {
  readonly id: string;
  /** While a group is linked, nobody is a member by hand. */
  readonly idpDecidesAlone: boolean;
  readonly linked: boolean;
  /** A directory made it, and nothing else holds it: no member by hand, no organization. */
  readonly disposable: boolean;
}

/** What becomes of a team's members, by why each is one. */
export interface MemberRule {
  readonly byHand: 'stay' | 'end';
  /** `to_hand`: they stay, by hand from now on. `group`: exactly the members of the group that is linked. */
  readonly byDirectory: 'stay' | 'end' | 'to_hand' | 'group';
}

/** What is to become of one team: a preview counts it, the act carries it out. */
export interface TeamPlan {
  /** Null: it is made by this. */
  readonly before: TeamState | null;
  /** Null: it is deleted by this. */
  readonly after: TeamGrant | null;
  readonly members: MemberRule;
  /** Whether it follows the group afterwards; undefined where that does not change. */
  readonly follows?: boolean;
  readonly idpDecidesAlone?: boolean;
}

const nobodyMoves: MemberRule = { byHand: 'stay', byDirectory: 'stay' };

/** A group is to fill another team: the one that it fills now gives up the group's people, and goes if nothing holds it. */
export function planLink(
  current: TeamState | null,
  target: TeamState | { readonly name: string },
): readonly TeamPlan[] {
  const made = !('id' in target);
  const grant = made ? { ...target, role: 'member' as const, organizations: [] } : target;
  const alone = !made && target.idpDecidesAlone;
  const linked: TeamPlan = {
    before: made ? null : target,
    after: grant,
    members: { byHand: alone ? 'end' : 'stay', byDirectory: 'group' },
    follows: true,
  };
  return current === null ? [linked] : [planLeft(current), linked];
}

function planLeft(team: TeamState): TeamPlan {
  const members = { byHand: 'stay', byDirectory: 'end' } as const;
  return { before: team, after: team.disposable ? null : team, members, follows: false };
}

/** The team stays with everybody who is in it, by hand. */
export function planUnlink(team: TeamState): readonly TeamPlan[] {
  const members = { byHand: 'stay', byDirectory: 'to_hand' } as const;
  return [{ before: team, after: team, members, follows: false }];
}

/** What an owner sets of a team beside its name. */
export interface TeamAccess extends Pick<TeamGrant, 'role' | 'organizations'> {
  readonly idpDecidesAlone: boolean;
}

/** Role, organizations, and who decides about the members. */
export function planAccess(team: TeamState, access: TeamAccess): readonly TeamPlan[] {
  const { role, organizations, idpDecidesAlone } = access;
  const ends = team.linked && idpDecidesAlone;
  const members: MemberRule = { ...nobodyMoves, byHand: ends ? 'end' : 'stay' };
  return [
    { before: team, after: { name: team.name, role, organizations }, members, idpDecidesAlone },
  ];
}

export function planDeletion(team: TeamState): readonly TeamPlan[] {
  return [{ before: team, after: null, members: { byHand: 'end', byDirectory: 'end' } }];
}

/** How one person stands to the teams of a plan. */
export interface Standing {
  /** By the plan's order: why the person is in each team now. */
  readonly teams: readonly { readonly byHand: boolean; readonly byDirectory: boolean }[];
  /** In the group that is linked, and active: the directory's word counts. */
  readonly inGroup: boolean;
  /** What they may use by other ways: the highest role for each organization. */
  readonly elsewhere: ReadonlyMap<string, TeamRole>;
}

/** One thing that a person gains or loses, as the end of a sentence: "the team Sales", "Passengers, as admin". */
export interface Share {
  readonly kind: 'team' | 'organization';
  readonly what: string;
}

export interface Impact {
  readonly gains: readonly Share[];
  readonly loses: readonly Share[];
}

/** Compares what one person may use before and after. Pure: the same rules as the act. */
export function impactOn(plans: readonly TeamPlan[], standing: Standing): Impact {
  const before: (TeamGrant | null)[] = [];
  const after: (TeamGrant | null)[] = [];
  const gains: Share[] = [];
  const loses: Share[] = [];
  plans.forEach((plan, index) => {
    const was = standing.teams[index] ?? { byHand: false, byDirectory: false };
    const isIn = was.byHand || was.byDirectory;
    const staysIn = plan.after !== null && staysMember(plan.members, was, standing.inGroup);
    before.push(isIn ? plan.before : null);
    after.push(staysIn ? plan.after : null);
    if (!isIn && staysIn) gains.push(team(plan.after));
    // A team that goes because its people move to another is no loss of theirs.
    const moves = plan.after === null && plans.length > 1;
    if (isIn && !staysIn && !moves) loses.push(team(plan.before));
  });
  const [had, has] = [accessOf(before, standing), accessOf(after, standing)];
  const names = organizationNames(plans);
  for (const [id, name] of names) {
    const [was, is] = [had.get(id), has.get(id)];
    if (was === is) continue;
    if (is === undefined) loses.push(organization(name));
    else if (was === 'admin') loses.push(organization(`the role admin in ${name}`));
    else gains.push(organization(`${name}, as ${is}`));
  }
  return { gains, loses };
}

function team(grant: TeamGrant | null): Share {
  return { kind: 'team', what: `the team ${grant?.name ?? ''}` };
}

function organization(what: string): Share {
  return { kind: 'organization', what };
}

function staysMember(
  rule: MemberRule,
  was: { readonly byHand: boolean; readonly byDirectory: boolean },
  inGroup: boolean,
): boolean {
  if (was.byHand && rule.byHand === 'stay') return true;
  if (rule.byDirectory === 'group') return inGroup;
  return was.byDirectory && rule.byDirectory !== 'end';
}

function accessOf(
  teams: readonly (TeamGrant | null)[],
  { elsewhere }: Standing,
): ReadonlyMap<string, TeamRole> {
  const access = new Map(elsewhere);
  for (const team of teams) {
    for (const { id } of team?.organizations ?? []) {
      if (access.get(id) !== 'admin') access.set(id, team?.role ?? 'member');
    }
  }
  return access;
}

function organizationNames(plans: readonly TeamPlan[]): ReadonlyMap<string, string> {
  const all = plans.flatMap(({ before, after }) => [
    ...(before?.organizations ?? []),
    ...(after?.organizations ?? []),
  ]);
  return new Map(all.map(({ id, name }) => [id, name]));
}
