import type { LicenseUser, TeamSummary } from '@rollcall/api';
import { Badge, Tag } from '../../components/badge.tsx';
import type { Mark } from '../../components/status-mark.tsx';

type State = LicenseUser['state'];
type Source = LicenseUser['sources'][number];

const states: Record<State, { mark: Mark; word: string }> = {
  active: { mark: 'on', word: 'Active' },
  waiting: { mark: 'waiting', word: 'Waits for a seat' },
  deactivated: { mark: 'off', word: 'Deactivated' },
  removed: { mark: 'off', word: 'Removed' },
};

/** The states of a person in an account, for a filter. */
export const stateOptions = (['active', 'waiting', 'deactivated', 'removed'] as const).map(
  (value) => ({ value, label: states[value].word }),
);

/** The state of a person in words. */
export function stateWord(state: State): string {
  return states[state].word;
}

/** Whether a person has access, and if not, why. */
export function StateBadge({ state }: { state: State }) {
  return <Badge mark={states[state].mark}>{states[state].word}</Badge>;
}

const sources: Record<Source, string> = {
  directory: 'SCIM',
  manual: 'manual',
  invitation: 'invitation',
  capture: 'capture',
  jit: 'SSO',
};

/** The reasons why somebody can be here, for a filter. */
export const sourceOptions = (['directory', 'manual', 'invitation', 'capture', 'jit'] as const).map(
  (value) => ({ value, label: sourceWords([value]) }),
);

/** Why somebody is here: “SCIM + manual”. A grant ends when its last source ends. */
export function sourceWords(from: readonly Source[]): string {
  const words = from.map((source) => sources[source]).sort((a, b) => rank(a) - rank(b));
  const text = words.join(' + ') || 'none';
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What the IdP says comes first. */
function rank(word: string): number {
  return word === 'SCIM' ? 0 : 1;
}

/** Where a person or a membership comes from. */
export function SourceTag({ from }: { from: readonly Source[] }) {
  if (from.length === 0) return <span className="text-ink-3">none</span>;
  return <Tag>{sourceWords(from)}</Tag>;
}

const teamSources: Record<TeamSummary['source'], string> = {
  manual: 'Manual',
  scim: 'SCIM',
  scim_and_manual: 'SCIM + manual',
};

/** Where the members of a team come from. */
export function TeamSourceTag({ source }: { source: TeamSummary['source'] }) {
  return <Tag>{teamSources[source]}</Tag>;
}

/** The role of a team in its organizations. */
export const teamRoles: Record<TeamSummary['role'], string> = { admin: 'Admin', member: 'Member' };
