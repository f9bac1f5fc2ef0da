import type { Directory, DirectoryPolicies, Provider } from '@rollcall/api';

const mostOutsiders = 10_000;
/** Characters that the name of a directory has at most. */
export const longestName = 120;

/** What the form holds: texts as they are typed. */
export type SettingsDraft = {
  name: string;
  provider: Provider;
  seats: DirectoryPolicies['seats'];
  outsiders: string;
  handmadeTeams: DirectoryPolicies['handmadeTeams'];
  groupNames: DirectoryPolicies['groupNames'];
};

/** What is sent: only what was changed. */
export type SettingsChange = {
  name?: string;
  provider?: Provider;
  policies?: Partial<DirectoryPolicies>;
};

/** The form as the directory is now. */
export function settingsOf({ name, provider, policies }: Directory): SettingsDraft {
  const { outsidersPerDay, ...chosen } = policies;
  return { name, provider, outsiders: String(outsidersPerDay), ...chosen };
}

/** What is wrong with the fields, each in a sentence. */
export function settingsProblems({ name, outsiders }: SettingsDraft): {
  name: string | undefined;
  outsiders: string | undefined;
} {
  const number = Number(outsiders.trim() || Number.NaN);
  const fits = Number.isInteger(number) && number >= 0 && number <= mostOutsiders;
  return {
    name: name.trim() === '' ? 'Give the directory a name.' : undefined,
    outsiders: fits ? undefined : 'Enter a whole number from 0 to 10,000.',
  };
}

/** What differs from the directory; undefined when nothing does. */
export function settingsChange(
  { name, provider, policies }: Directory,
  draft: SettingsDraft,
): SettingsChange | undefined {
  const change: SettingsChange = {};
  const changed: Partial<DirectoryPolicies> = {};
  if (draft.name.trim() !== name) change.name = draft.name.trim();
  if (draft.provider !== provider) change.provider = draft.provider;
  if (draft.seats !== policies.seats) changed.seats = draft.seats;
  if (draft.handmadeTeams !== policies.handmadeTeams) changed.handmadeTeams = draft.handmadeTeams;
  if (draft.groupNames !== policies.groupNames) changed.groupNames = draft.groupNames;
  if (draft.outsiders.trim() !== String(policies.outsidersPerDay)) {
    changed.outsidersPerDay = Number(draft.outsiders);
  }
  if (Object.keys(changed).length > 0) change.policies = changed;
  return Object.keys(change).length > 0 ? change : undefined;
}
