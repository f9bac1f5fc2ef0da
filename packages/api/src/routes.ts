import { accountRoutes } from './account-routes.ts';
import { addressCodeRoutes } from './address-code.ts';
import { decisionRoutes } from './decision.ts';
import { directoryRoutes } from './directory-routes.ts';
import { domainRoutes, unclaimedReport } from './domain.ts';
import { factorRoutes } from './factors.ts';
import { invitationRoutes } from './invitation.ts';
import { noAccessRoutes } from './no-access.ts';
import { sessionRoutes } from './session-routes.ts';
import { ssoConnectionRoutes } from './sso-connection.ts';
import { teamRoutes } from './team.ts';

const accountPath = '/accounts/:accountId';
const directoryPath = '/accounts/:accountId/directories/:directoryId';

/** Streams and files: not JSON, so they have no response schema. */
export const streams = {
  /** `text/event-stream` of `liveMessage`. */
  directoryEvents: { method: 'GET', path: `${directoryPath}/events` },
  /** CSV or JSON lines of the filtered request log. */
  requestExport: { method: 'GET', path: `${directoryPath}/requests/export` },
  /** CSV or JSON lines of the filtered audit events. */
  auditExport: { method: 'GET', path: `${accountPath}/audit-events/export` },
  /** CSV of the people with their last activity. */
  licenseReport: { method: 'GET', path: `${accountPath}/licenses/report` },
  unclaimedReport,
} as const;

/** Every JSON operation of the management API by its name. */
export const routes = {
  ...sessionRoutes,
  ...addressCodeRoutes,
  ...noAccessRoutes,
  ...factorRoutes,
  ...accountRoutes,
  ...domainRoutes,
  ...ssoConnectionRoutes,
  ...invitationRoutes,
  ...directoryRoutes,
  ...teamRoutes,
  ...decisionRoutes,
} as const;
