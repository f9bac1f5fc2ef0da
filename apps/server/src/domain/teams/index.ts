export { carryOut } from './carry-out.ts';
export {
  type DirectoryTeam,
  deleteTeam,
  findTeam,
  findTeamByName,
  freeTeamName,
  insertDirectoryTeam,
  type LinkableTeam,
  linkDirectoryTeam,
  releaseTeam,
  renameTeam,
} from './directory-team.ts';
export {
  changeTeamAccess,
  createTeam,
  describeTeam,
  previewTeamAccess,
  previewTeamRemoval,
  removeTeam,
} from './edit-team.ts';
export { measureImpact } from './impact.ts';
export { listTeamMembers, type TeamMemberRow } from './list-members.ts';
export { listLinkableOrganizations, listTeams, readTeam, type TeamRow } from './list-teams.ts';
export {
  addDirectoryMembers,
  joinTeamOfGroup,
  joinTeamsOfGroups,
  leaveTeamsOfDirectory,
  leaveToIdpAlone,
  removeDirectoryMembers,
} from './members.ts';
export { addMember, decidedByIdp, removeMemberByHand } from './members-by-hand.ts';
export { summarize } from './summary.ts';
export { planLink, planUnlink, type TeamState } from './team-plan.ts';
export { lockTeamState, readTeamState, takesMembersByHand } from './team-state.ts';
