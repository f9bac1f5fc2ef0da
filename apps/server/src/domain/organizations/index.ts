export { type Access, accessSentence, readAccess } from './access.ts';
