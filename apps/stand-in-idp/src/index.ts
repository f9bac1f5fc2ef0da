export { buildStandIn, type StandInOptions } from './app.ts';
export { type Clock, systemClock } from './clock.ts';
export { developmentApiToken } from './rest/okta-api.ts';
export { appId } from './store/app.ts';
