import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { registerAuthorize } from '../oidc/authorize.ts';
import { registerOidcSettings } from '../oidc/settings-page.ts';
import { ActionRefused } from '../provisioning/refused.ts';
import { registerLogout } from '../saml/logout-pages.ts';
import { registerSamlPages } from '../saml/pages.ts';
import { registerSamlSettings } from '../saml/settings-page.ts';
import { registerUniversalLogout } from '../sign-in/universal-logout.ts';
import type { StandIn } from '../stand-in.ts';
import { GroupNameTaken } from '../store/groups.ts';
import { registerAdvancedPages } from './advanced-pages.ts';
import { registerAppSettingsPages } from './app-settings-pages.ts';
import { registerAssignmentPages } from './assignment-pages.ts';
import { createConsole } from './console.ts';
import { registerDashboardPages } from './dashboard-pages.ts';
import { registerGroupPages } from './group-pages.ts';
import { html } from './html.ts';
import { registerImportPages } from './import-pages.ts';
import { registerPeoplePages } from './people-pages.ts';
import { registerProvisioningPages } from './provisioning-pages.ts';
import { registerPushGroupPages } from './push-group-pages.ts';
import { registerRequestPages } from './request-pages.ts';

/** Registers the console: pages with the labels that the identity provider's own console has. */
export function registerConsole(server: FastifyInstance, standIn: StandIn): void {
  void server.register((pages, _options, done) => {
    const console = createConsole(standIn);
    void pages.register(fastifyStatic, {
      root: dirname(fileURLToPath(new URL('../../public/app.js', import.meta.url))),
      prefix: '/assets/',
      cacheControl: false,
    });
    pages.setErrorHandler((error, request, reply) => {
      const isRefusal = error instanceof ActionRefused || error instanceof GroupNameTaken;
      if (isRefusal && request.method === 'POST') {
        return console.refuse(reply, cameFrom(request.headers.referer), error.message);
      }
      const status = error instanceof ActionRefused ? error.statusCode : 500;
      if (status === 500) request.log.error(error);
      const text = error instanceof Error && status < 500 ? error.message : 'The stand-in failed.';
      const body = html`<h1>${text}</h1><p><a href="/dashboard">Dashboard</a></p>`;
      return console.show(request, reply.code(status), { title: text, section: 'dashboard', body });
    });
    for (const register of registrations) register(pages, console);
    done();
  });
}

const registrations = [
  registerDashboardPages,
  registerPeoplePages,
  registerGroupPages,
  registerAppSettingsPages,
  registerSamlSettings,
  registerSamlPages,
  registerLogout,
  registerOidcSettings,
  registerAuthorize,
  registerUniversalLogout,
  registerProvisioningPages,
  registerImportPages,
  registerAssignmentPages,
  registerPushGroupPages,
  registerAdvancedPages,
  registerRequestPages,
];

/** The page that the form was on, without the notice that it showed. */
function cameFrom(referer: string | undefined): string {
  const url = referer === undefined ? null : URL.parse(referer);
  if (url === null) return '/dashboard';
  url.searchParams.delete('notice');
  return url.pathname + url.search;
}
