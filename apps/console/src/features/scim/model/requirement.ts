import type { Requirement } from '@rollcall/api';

/** The four requirements by the names of their pages. */
export const requirementNames: Record<Requirement['name'], string> = {
  role: 'Role',
  plan: 'Plan',
  domain: 'Verified domain',
  sso: 'SSO',
};

/** Why an unmet line is needed. `owner` is whom to ask for the role. */
export function unmetText(name: Requirement['name'], owner: string): string {
  switch (name) {
    case 'role':
      return `Only an owner or co-owner can turn SCIM on. Ask ${owner}.`;
    case 'plan':
      return 'SCIM is part of the Enterprise plan.';
    case 'domain':
      return "Verify the domain of your people's e-mail addresses.";
    case 'sso':
      return 'People whom SCIM creates sign in through your IdP, so connect it first.';
  }
}

/** Why the toggle cannot be moved: “Not yet: Plan, SSO.” Nothing when it can. */
export function unmetReason(requirements: readonly Requirement[]): string | undefined {
  const unmet = requirements.filter(({ met }) => !met).map(({ name }) => requirementNames[name]);
  if (unmet.length === 0) return undefined;
  return `SCIM cannot be turned on yet. Still missing: ${unmet.join(', ')}.`;
}

/** “4 of 4 met”. */
export function metCount(requirements: readonly Requirement[]): string {
  const met = requirements.filter((one) => one.met).length;
  return `${met} of ${requirements.length} met`;
}
