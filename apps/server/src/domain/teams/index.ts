export { joinTeamsOfGroups, leaveTeamsOfDirectory } from './members.ts';
