import type { Milestone } from '@rollcall/api';

const labels: Record<Milestone['kind'], string> = {
  connection_tested: 'Connection tested',
  first_user: 'First user',
  first_profile_update: 'First profile update',
  first_group: 'First group',
  first_deactivation: 'First deactivation',
};

const order = Object.keys(labels) as readonly Milestone['kind'][]; // The record's own keys, in its order.

/** A line of *What has arrived*: done, the next one to wait for, or further ahead. */
export type MilestoneLine = {
  kind: Milestone['kind'];
  label: string;
  state: 'done' | 'waiting' | 'ahead';
  milestone: Milestone | undefined;
};

/** The five lines in their order; the first that has not happened is the one that is waited for. */
export function milestoneLines(milestones: readonly Milestone[]): readonly MilestoneLine[] {
  const byKind = new Map(milestones.map((one) => [one.kind, one]));
  const next = order.find((kind) => !byKind.get(kind)?.at);
  return order.map((kind) => {
    const milestone = byKind.get(kind);
    const state = milestone?.at ? 'done' : kind === next ? 'waiting' : 'ahead';
    return { kind, label: labels[kind], state, milestone };
  });
}

/** What ticked between two looks, as it is announced: “First user: Ada Example”. */
export function newTicks(
  before: readonly Milestone[],
  after: readonly Milestone[],
): readonly string[] {
  const known = new Set(before.filter(({ at }) => at).map(({ kind }) => kind));
  return after
    .filter(({ at, kind }) => at && !known.has(kind))
    .map(({ kind, subject }) => `${labels[kind]}: ${subject?.name ?? 'done'}`);
}
