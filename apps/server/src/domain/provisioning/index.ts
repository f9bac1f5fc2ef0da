export { type Acceptance, acceptInvitation, acceptInvitationsOf } from './accept-invitation.ts';
export { applyGroupChange, type GroupChange } from './apply-group.ts';
export { applyUserChange } from './apply-user.ts';
export type { UserChange } from './change.ts';
export { readConsequences } from './consequences.ts';
export { countDirectoryPeople, type DirectoryPeople } from './directory-people.ts';
export type { Effect, EffectKind, EffectReason, RefusalCode } from './effect.ts';
export { factsOf, textOf } from './facts.ts';
export { type Match, matchUser } from './match.ts';
export { purgeTombstones, tombstoneRetention } from './purge-tombstones.ts';
export { ProvisioningRefused } from './refused.ts';
export {
  type DirectoryRelease,
  finishRelease,
  resumeReleases,
  startRelease,
} from './release.ts';
export { admitInvitation, admitInvitations, renewInvitations } from './renew-invitations.ts';
export { askForRelease, settleRelease } from './reserved-name.ts';
export type { Cause, GroupSaid, Link, LinkedGroupSaid, LinkedUserSaid, UserSaid } from './said.ts';
export {
  lockMemberRecords,
  type OpenEffect,
  readOpenEffect,
  requireGrowth,
  settleEffect,
  settleGroupQuestions,
} from './settle.ts';
export { recordEffects } from './store.ts';
export { readTimeline } from './timeline.ts';
export { type ToldEffect, tellEffect, type Words } from './words.ts';
