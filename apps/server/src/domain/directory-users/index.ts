export { readGroupsOf } from './groups-of.ts';
export {
  listPeople,
  type PersonRecord,
  personState,
  readPersonRecord,
} from './list-people.ts';
export { listUsers } from './list-users.ts';
export { readGrants } from './read-grants.ts';
export { renderUsers } from './render-user.ts';
export { lockUser, type ReadUser, readUser, type StoredUser } from './stored-user.ts';
export {
  changeUser,
  createUser,
  deleteUser,
  documentOf,
  refuseTakenUserName,
  type UserChange,
} from './write-user.ts';
