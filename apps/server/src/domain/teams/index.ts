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
export { listTeamMembers, type TeamMemberRow } from './list-members.ts';
export { listTeams, readTeam, type TeamRow } from './list-teams.ts';
export {
  addDirectoryMembers,
  joinTeamOfGroup,
  joinTeamsOfGroups,
  leaveTeamsOfDirectory,
  removeDirectoryMembers,
} from './members.ts';
