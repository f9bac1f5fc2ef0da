export { isPublic, type PrivateHosts, requireUrl } from './address.ts';
export { fetchText, type OutgoingAnswer, type OutgoingRequest, sendOutgoing } from './fetch.ts';
