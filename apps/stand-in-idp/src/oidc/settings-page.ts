import type { FastifyInstance } from 'fastify';
import type { Console } from '../console/console.ts';
import { button, checkbox, type Form, field, text, ticked } from '../console/forms.ts';
import { html, type Markup } from '../console/html.ts';
import { appHeader } from '../console/layout.ts';
import { originOf } from '../security.ts';
import { signOutButton } from '../sign-in/pages.ts';
import type { StandIn } from '../stand-in.ts';
import { paths } from './paths.ts';
import { clientId, type OidcSettings, oidcOf } from './settings.ts';

type Shown = { Body: Form };

/** Applications > Insomnia > General of an OIDC web app: Client Credentials and General Settings. */
export function registerOidcSettings(server: FastifyInstance, console: Console): void {
  const { standIn, show, done, again } = console;
  const oidc = oidcOf(standIn);
  const title = standIn.store.app.get().label;
  const factsOf = (issuer: string, settings: OidcSettings) => ({
    settings,
    issuer,
    secret: oidc.secret(),
  });

  server.get('/app/oidc', async (request, reply) => {
    const body = page(standIn, factsOf(originOf(request), oidc.settings()));
    return show(request, reply, { title, section: 'app', body });
  });

  server.post<Shown>('/app/oidc', async (request, reply) => {
    const settings = readForm(request.body);
    const error = problemOf(settings);
    if (error !== undefined) {
      const facts = factsOf(originOf(request), settings);
      return again(reply, title, 'app', page(standIn, { ...facts, error }));
    }
    oidc.change(settings);
    return done(reply, '/app/oidc', 'OIDC settings saved.');
  });

  server.post('/app/oidc/secrets', async (_request, reply) => {
    oidc.renewSecret();
    return done(reply, '/app/oidc', 'There is a new client secret. Give it to the service.');
  });

  server.post('/app/oidc/keys', async (_request, reply) => {
    await oidc.rotate();
    return done(reply, '/app/oidc', 'A new key signs from now on.');
  });
}

function readForm(form: Form): OidcSettings {
  return {
    redirectUris: text(form, 'redirectUris').split(/\s+/).filter(Boolean),
    requirePkce: ticked(form, 'requirePkce'),
    thinIdToken: ticked(form, 'thinIdToken'),
    universalLogoutUrl: text(form, 'universalLogoutUrl'),
  };
}

function problemOf({ redirectUris, universalLogoutUrl }: OidcSettings): string | undefined {
  if (redirectUris.length === 0) return 'Enter a sign-in redirect URI.';
  const told = universalLogoutUrl === '' ? [] : [universalLogoutUrl];
  const bad = [...redirectUris, ...told].find((uri) => {
    const url = URL.parse(uri);
    return url === null || !/^https?:$/.test(url.protocol) || uri.includes('#');
  });
  return bad === undefined ? undefined : `${bad} is not a web address without a fragment.`;
}

interface Facts {
  readonly settings: OidcSettings;
  readonly issuer: string;
  readonly secret: string;
  readonly error?: string;
}

function page(standIn: StandIn, { settings, issuer, secret, error }: Facts): Markup {
  const { redirectUris, requirePkce, thinIdToken, universalLogoutUrl } = settings;
  return html`${appHeader(standIn, 'OIDC')}
  <section class="card"><h2>Client Credentials</h2><dl>
    <dt>Client ID</dt><dd><code>${clientId}</code></dd>
    <dt>Client authentication</dt><dd>Client secret</dd>
    <dt>Client secret</dt><dd><code>${secret}</code></dd>
    <dt>Issuer</dt><dd><code>${issuer}</code></dd>
    <dt>Metadata</dt><dd><a href="${paths.discovery}"><code>${issuer}${paths.discovery}</code></a></dd></dl>
    <div class="actions">${button('/app/oidc/secrets', 'Generate new secret')}${button('/app/oidc/keys', 'Generate new signing key')}${signOutButton()}</div>
  </section>
  <form method="post" action="/app/oidc" class="card"><h2>General Settings</h2>
    <dl><dt>Application type</dt><dd>Web</dd><dt>Grant type</dt><dd>Authorization Code</dd></dl>
    ${field({ label: 'Sign-in redirect URIs', name: 'redirectUris', value: redirectUris.join(' '), required: true, error, help: 'Compared to the letter. A space parts several.' })}
    ${field({ label: 'Universal Logout endpoint', name: 'universalLogoutUrl', value: universalLogoutUrl, help: 'Called where a person’s sessions are cleared under People.' })}
    ${checkbox('Require PKCE as additional verification', 'requirePkce', requirePkce)}
    ${checkbox('ID token without e-mail and names (stand-in only)', 'thinIdToken', thinIdToken, { help: 'The service has to ask the userinfo endpoint for them.' })}
    <div class="actions"><button class="primary">Save</button></div>
  </form>`;
}
