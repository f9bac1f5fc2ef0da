import type { FastifyInstance } from 'fastify';
import type { StandIn } from '../stand-in.ts';
import type { Console } from './console.ts';
import { checkbox, type Form, select, text, ticked } from './forms.ts';
import { html, type Markup } from './html.ts';
import { appHeader } from './layout.ts';

interface EditQuery {
  Querystring: { edit?: string };
  Body: Form;
}

/** Applications > Insomnia: General and Sign On. */
export function registerAppSettingsPages(
  server: FastifyInstance,
  { standIn, show, done }: Console,
): void {
  const title = standIn.store.app.get().label;
  server.get<EditQuery>('/app/general', async (request, reply) =>
    show(request, reply, {
      title,
      section: 'app',
      body: generalPage(standIn, 'edit' in request.query),
    }),
  );
  server.post<EditQuery>('/app/general', async (request, reply) => {
    const scimEnabled = ticked(request.body, 'scimEnabled');
    standIn.store.app.change({ scimEnabled });
    const next = scimEnabled ? ' The Provisioning tab is there now.' : '';
    return done(reply, '/app/general', `App settings saved.${next}`);
  });
  server.get('/app/sign-on', async (request, reply) =>
    show(request, reply, { title, section: 'app', body: signOnPage(standIn) }),
  );
  server.post<EditQuery>('/app/sign-on', async (request, reply) => {
    standIn.store.app.change({
      userNameFormat: text(request.body, 'userNameFormat'),
      updateUserNameOn: text(request.body, 'updateUserNameOn'),
    });
    return done(reply, '/app/sign-on', 'Sign-on settings saved. They hold for new assignments.');
  });
}

function generalPage(standIn: StandIn, edit: boolean): Markup {
  const { id, label, settings } = standIn.store.app.get();
  const view = html`<dl>
      <dt>Application label</dt><dd>${label}</dd>
      <dt>Application id</dt><dd><code>${id}</code></dd>
      <dt>Provisioning</dt><dd>${settings.scimEnabled ? 'SCIM' : 'None'}</dd>
    </dl>`;
  const form = html`<form method="post" action="/app/general">
      <fieldset class="radios"><legend>Provisioning</legend>
      ${checkbox('Enable SCIM provisioning', 'scimEnabled', settings.scimEnabled, { help: 'Makes the Provisioning tab appear. Nothing is sent yet.' })}
      </fieldset>
      <div class="actions"><button class="primary">Save</button><a class="button" href="/app/general">Cancel</a></div>
    </form>`;
  return html`${appHeader(standIn, 'General')}
  <section class="card"><div class="title"><h2>App Settings</h2>${!edit && html`<a class="button" href="/app/general?edit">Edit</a>`}</div>
  ${edit ? form : view}</section>`;
}

/** Okta's words for the application username, by its setting. */
export const userNameFormats = {
  login: 'Okta username',
  email: 'Email',
  email_prefix: 'Email prefix',
} as const;

/** Okta's words for when the application username follows the person. */
export const userNameUpdates = {
  create: 'Create only',
  create_and_update: 'Create and update',
} as const;

const choicesOf = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }));

function signOnPage(standIn: StandIn): Markup {
  const { userNameFormat, updateUserNameOn } = standIn.store.app.settings();
  return html`${appHeader(standIn, 'Sign On')}
  <form method="post" action="/app/sign-on" class="card"><h2>Credentials Details</h2>
    ${select('Application username format', 'userNameFormat', userNameFormat, choicesOf(userNameFormats))}
    ${select('Update application username on', 'updateUserNameOn', updateUserNameOn, choicesOf(userNameUpdates))}
    <p class="help">The application username is pushed as the SCIM attribute <code>userName</code>.</p>
    <div class="actions"><button class="primary">Save</button></div>
  </form>`;
}
