export { joinByHand } from './accept-by-hand.ts';
export {
  type InvitationChange,
  type InvitationOf,
  inviteByHand,
  type NewInvitationByHand,
  resendInvitation,
  withdrawInvitation,
} from './by-hand.ts';
export { expireInvitations } from './expire.ts';
export { type InvitationQuery, type InvitationRow, listInvitations } from './list.ts';
export { invitationInvalid, type OpenInvitation, readInvitation } from './lookup.ts';
export {
  type InviteRule,
  type InviteRuleChange,
  inviteObjection,
  readInviteRules,
  setInviteRule,
} from './rules.ts';
export {
  createInvitation,
  type LockedInvitation,
  lockInvitation,
  lockInvitationsOf,
  markAccepted,
  type NewInvitation,
  revokeInvitation,
} from './store.ts';
export { inviteToTeam, type TeamInvitee } from './to-team.ts';
