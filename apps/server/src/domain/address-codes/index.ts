export {
  type CodePurpose,
  type CodeRequest,
  dropCodeRequest,
  endCodesOf,
  type LiveCode,
  makeCode,
  openCode,
  purgeAddressCodes,
  readCode,
  requestCode,
  spendCode,
  takeCodeRequests,
} from './code.ts';
export { accountsWithDirectories, type NewPerson, takeNewPeople } from './new-people.ts';
