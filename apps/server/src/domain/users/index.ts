export { domainOf, foldAddress, isEmailAddress, requireEmailAddress } from './email-address.ts';
export { hashPassphrase, requireGoodPassphrase, verifyPassphrase } from './passphrase.ts';
export { readPassphraseHash, readProfile, renameUser } from './profile.ts';
export {
  createUser,
  findUserByProvedAddress,
  type NewUser,
  setPassphrase,
  type User,
} from './user.ts';
