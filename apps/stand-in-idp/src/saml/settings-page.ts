import type { FastifyInstance } from 'fastify';
import { userNameFormats, userNameUpdates } from '../console/app-settings-pages.ts';
import type { Console } from '../console/console.ts';
import { button, type Form, field, select, text } from '../console/forms.ts';
import { html, type Markup } from '../console/html.ts';
import { appHeader } from '../console/layout.ts';
import { originOf } from '../security.ts';
import { signOutButton } from '../sign-in/pages.ts';
import type { StandIn } from '../stand-in.ts';
import { paths } from './response.ts';
import { issuer, logoutBindings, type SamlSettings, samlOf } from './settings.ts';

type Shown = { Querystring: { edit?: string }; Body: Form };

/** Applications > Insomnia > General > SAML Settings, and what Sign On gives the service. */
export function registerSamlSettings(server: FastifyInstance, console: Console): void {
  const { standIn, show, done, again } = console;
  const saml = samlOf(standIn);
  const title = standIn.store.app.get().label;

  server.get<Shown>('/app/saml', async (request, reply) => {
    const origin = originOf(request);
    const body = page(standIn, {
      settings: saml.settings(),
      origin,
      certificate: (await saml.key()).certificate,
    });
    return show(request, reply, { title, section: 'app', body });
  });

  server.post<Shown>('/app/saml', async (request, reply) => {
    const settings = readForm(request.body);
    const errors = check(settings);
    if (Object.keys(errors).length > 0) {
      const origin = originOf(request);
      const { certificate } = await saml.key();
      return again(reply, title, 'app', page(standIn, { settings, origin, certificate, errors }));
    }
    saml.change(settings);
    return done(reply, '/app/saml', 'SAML settings saved.');
  });

  server.post('/app/saml/certificates', async (_request, reply) => {
    await saml.rotate();
    return done(reply, '/app/saml', 'A new certificate is active. Give it to the service.');
  });
}

function readForm(form: Form): SamlSettings {
  return {
    ssoUrl: text(form, 'ssoUrl'),
    audience: text(form, 'audience'),
    relayState: text(form, 'relayState'),
    logoutUrl: text(form, 'logoutUrl'),
    logoutRequestUrl: text(form, 'logoutRequestUrl'),
    logoutRequestBinding: text(form, 'logoutRequestBinding') === 'REDIRECT' ? 'REDIRECT' : 'POST',
    universalLogoutUrl: text(form, 'universalLogoutUrl'),
    emailAttribute: text(form, 'emailAttribute'),
  };
}

type Errors = Partial<Record<keyof SamlSettings, string>>;

function check({ ssoUrl, audience, ...rest }: SamlSettings): Errors {
  const isUrl = (url: string) => /^https?:$/.test(URL.parse(url)?.protocol ?? '');
  return {
    ...(!isUrl(ssoUrl) && { ssoUrl: 'Enter a valid URL.' }),
    ...(isUrl(ssoUrl) &&
      ssoUrl.includes('_') && { ssoUrl: 'The URL may not contain an underscore.' }),
    ...(audience === '' && { audience: 'Enter the Audience URI.' }),
    ...Object.fromEntries(
      (['logoutUrl', 'logoutRequestUrl', 'universalLogoutUrl'] as const)
        .filter((name) => rest[name] !== '' && !isUrl(rest[name]))
        .map((name) => [name, 'Enter a valid URL.']),
    ),
  };
}

interface Facts {
  readonly settings: SamlSettings;
  readonly origin: string;
  readonly certificate: string;
  readonly errors?: Errors;
}

function page(standIn: StandIn, { settings, origin, certificate, errors = {} }: Facts): Markup {
  const { userNameFormat, updateUserNameOn } = standIn.store.app.settings();
  return html`${appHeader(standIn, 'SAML')}
  <form method="post" action="/app/saml" class="card"><h2>SAML Settings</h2>
    ${field({ label: 'Single sign-on URL', name: 'ssoUrl', value: settings.ssoUrl, required: true, error: errors.ssoUrl, help: 'Used for Recipient URL and Destination URL too.' })}
    ${field({ label: 'Audience URI (SP Entity ID)', name: 'audience', value: settings.audience, required: true, error: errors.audience })}
    ${field({ label: 'Default RelayState', name: 'relayState', value: settings.relayState })}
    <dl><dt>Name ID format</dt><dd>EmailAddress</dd>
    <dt>Application username</dt><dd>${userNameFormats[userNameFormat]}</dd>
    <dt>Update application username on</dt><dd>${userNameUpdates[updateUserNameOn]}</dd></dl>
    ${field({ label: 'Attribute statement with the value user.email', name: 'emailAttribute', value: settings.emailAttribute })}
    ${field({ label: 'Single Logout URL', name: 'logoutUrl', value: settings.logoutUrl, error: errors.logoutUrl, help: 'Allow application to initiate Single Logout: answered here.' })}
    ${field({ label: 'Logout request URL', name: 'logoutRequestUrl', value: settings.logoutRequestUrl, error: errors.logoutRequestUrl, help: 'User logs out of Okta: told here, with user session details.' })}
    ${select(
      'Logout request binding',
      'logoutRequestBinding',
      settings.logoutRequestBinding,
      Object.entries(logoutBindings).map(([value, label]) => ({ value, label })),
    )}
    ${field({ label: 'Universal Logout endpoint', name: 'universalLogoutUrl', value: settings.universalLogoutUrl, error: errors.universalLogoutUrl, help: 'Called where a person’s sessions are cleared under People.' })}
    <div class="actions"><button class="primary">Save</button></div>
  </form>
  <section class="card"><h2>For the service</h2><dl>
    <dt>Sign on URL</dt><dd><code>${origin}${paths.signOn}</code></dd>
    <dt>Issuer</dt><dd><code>${issuer}</code></dd>
    <dt>Sign out URL</dt><dd><code>${origin}${paths.logout}</code></dd>
    <dt>Metadata URL</dt><dd><a href="${paths.metadata}"><code>${origin}${paths.metadata}</code></a></dd>
    <dt>Signing certificate</dt><dd><pre tabindex="0" aria-label="Signing certificate">${certificate}</pre></dd></dl>
    <div class="actions">${button('/app/saml/certificates', 'Generate new certificate')}<a class="button" href="${paths.tile}">Open Insomnia, as from the dashboard tile</a>${signOutButton()}</div>
  </section>`;
}
