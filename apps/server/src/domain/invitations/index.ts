export { invitationInvalid, type OpenInvitation, readInvitation } from './lookup.ts';
export {
  createInvitation,
  lockInvitation,
  markAccepted,
  type NewInvitation,
  revokeInvitation,
} from './store.ts';
