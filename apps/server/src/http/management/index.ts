import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import { registerApiKeys } from './api-keys.ts';
import { registerAudit } from './audit.ts';
import { registerBilling } from './billing.ts';
import { registerDomains } from './domains.ts';
import { registerEvents } from './events.ts';
import { registerGroups } from './groups.ts';
import { registerHome } from './home.ts';
import { registerInvitations } from './invitations.ts';
import { registerLicenseReport } from './license-report.ts';
import { registerLicenses } from './licenses.ts';
import { registerOpenApi } from './openapi.ts';
import { registerOverview } from './overview.ts';
import { registerPeople } from './people.ts';
import { registerRequests } from './requests.ts';
import { registerReview } from './review.ts';
import { registerScim } from './scim.ts';
import { registerSearch } from './search.ts';
import { registerSsoConnections } from './sso-connections.ts';
import { registerTeams } from './teams.ts';
import { registerUnclaimedReport } from './unclaimed-report.ts';

/** The management API of an account: everything that the console does after sign-in. */
export function registerManagement(app: FastifyInstance, context: Context): void {
  registerOpenApi(app);
  registerHome(app, context);
  registerBilling(app, context);
  registerDomains(app, context);
  registerUnclaimedReport(app, context);
  registerSsoConnections(app, context);
  registerScim(app, context);
  registerOverview(app, context);
  registerPeople(app, context);
  registerGroups(app, context);
  registerRequests(app, context);
  registerTeams(app, context);
  registerLicenses(app, context);
  registerLicenseReport(app, context);
  registerReview(app, context);
  registerInvitations(app, context);
  registerSearch(app, context);
  registerAudit(app, context);
  registerApiKeys(app, context);
  registerEvents(app, context);
}
