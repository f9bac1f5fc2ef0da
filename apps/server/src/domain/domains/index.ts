export { createDomain, type DomainChange, listDomains, markDomainVerified } from './domain.ts';
