export { type LocalFactors, readFactors, requireAnotherFactor } from './factors.ts';
export {
  addPasskey,
  beginPasskey,
  type PasskeyRow,
  passkeyChallenge,
  provePasskey,
  purgePasskeyChallenges,
  type RelyingParty,
  removePasskey,
} from './passkeys.ts';
export { renewRecoveryCodes } from './recovery-codes.ts';
export { beginTotp, confirmTotp, proveTotp, removeTotp } from './totp.ts';
