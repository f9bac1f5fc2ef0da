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
  addDirectoryMembers,
  joinTeamOfGroup,
  joinTeamsOfGroups,
  leaveTeamsOfDirectory,
  removeDirectoryMembers,
} from './members.ts';
