export { createInvitation, type NewInvitation, revokeInvitation } from './store.ts';
