export { type Access, accessSentence, readAccess, rolesOf } from './access.ts';
