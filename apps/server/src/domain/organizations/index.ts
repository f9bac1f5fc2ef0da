export { type Access, accessSentence, readAccess } from './access.ts';
export {
  addCollaborator,
  type CollaboratorRow,
  listCollaborators,
  removeCollaborator,
  setCollaboratorRole,
} from './collaborators.ts';
export {
  createOrganization,
  deleteOrganization,
  listLinkedTeams,
  listOrganizations,
  type OrganizationChange,
  type OrganizationOf,
  type OrganizationRow,
  renameOrganization,
} from './organization.ts';
export { type Caller, personOf, type Rights, requireOrganization, rightsOf } from './rights.ts';
export {
  acceptOffer,
  declineOffer,
  listOffers,
  type Offer,
  offerOrganization,
  readOffer,
  withdrawOffer,
} from './transfer.ts';
export { checkTransfer } from './transfer-conditions.ts';
