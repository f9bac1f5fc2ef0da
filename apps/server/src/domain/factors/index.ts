export { auditFactorChange, mailPerson, noteFactorChange } from './changes.ts';
export {
  type LocalFactors,
  readFactors,
  readSecondFactors,
  removeFactor,
  type SecondFactors,
} from './factors.ts';
export {
  beginPasskey,
  keepPasskey,
  type PasskeyRow,
  passkeyChallenge,
  provePasskey,
  purgePasskeyChallenges,
  type RelyingParty,
  verifyNewPasskey,
} from './passkeys.ts';
export { renewRecoveryCodes } from './recovery-codes.ts';
export { resetSecondFactors } from './reset.ts';
export { beginTotp, confirmTotp, proveTotp } from './totp.ts';
