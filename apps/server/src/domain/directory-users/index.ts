export { readGroupsOf } from './groups-of.ts';
export {
  listPeople,
  type PersonRecord,
  personState,
  readPersonRecord,
} from './list-people.ts';
export { listUsers, userSource } from './list-users.ts';
export { readGrants } from './read-grants.ts';
export { renderUsers } from './render-user.ts';
export { lockUser, type ReadUser, readUser, readUserSoon, type StoredUser } from './stored-user.ts';
export { userNameOf as userNameIn } from './user-keys.ts';
export {
  buryRecord,
  changeUser,
  createUser,
  deleteUser,
  documentOf,
  linked as saidByRecord,
  refuseTakenUserName,
  type UserChange,
} from './write-user.ts';
