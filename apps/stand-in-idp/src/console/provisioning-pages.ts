import type { FastifyInstance } from 'fastify';
import { baseUrlProblem } from '../scim-client/connection.ts';
import type { ProbeResult } from '../scim-client/probe.ts';
import type { StandIn } from '../stand-in.ts';
import { type AppSettings, mergeSettings } from '../store/settings.ts';
import type { Console } from './console.ts';
import { button, checkbox, type Form, field, radios, text, ticked } from './forms.ts';
import { html, type Markup, type Part } from './html.ts';
import { appHeader } from './layout.ts';

const actions = [
  ['importUsers', 'Import New Users and Profile Updates'],
  ['pushNewUsers', 'Push New Users'],
  ['pushProfileUpdates', 'Push Profile Updates'],
  ['pushGroups', 'Push Groups'],
  ['importGroups', 'Import Groups'],
] as const;

interface Posted {
  Querystring: { edit?: string };
  Body: Form;
}

/** Provisioning: Integration, To App and To Okta. */
export function registerProvisioningPages(server: FastifyInstance, console: Console): void {
  const { standIn, show, again, answer, done } = console;
  const title = `${standIn.store.app.get().label} provisioning`;
  server.get('/app/provisioning/integration', async (request, reply) => {
    const body = integrationPage(standIn, standIn.store.app.settings(), {});
    return show(request, reply, { title, section: 'app', body });
  });
  server.post<Posted>('/app/provisioning/integration', async (request, reply) => {
    const integration = readIntegration(request.body);
    const settings = mergeSettings(standIn.store.app.settings(), { integration });
    const problem = baseUrlProblem(integration.baseUrl);
    if (problem !== undefined) {
      return again(reply, title, 'app', integrationPage(standIn, settings, { problem }));
    }
    if (text(request.body, 'action') === 'test') {
      const result = await standIn.test(settings);
      return answer(reply, title, 'app', integrationPage(standIn, settings, { result }));
    }
    standIn.store.app.change({ integration });
    return done(reply, '/app/provisioning/integration', 'Integration settings saved.');
  });
  server.get<Posted>('/app/provisioning/to-app', async (request, reply) =>
    show(request, reply, {
      title,
      section: 'app',
      body: toAppPage(standIn, 'edit' in request.query),
    }),
  );
  server.post<Posted>('/app/provisioning/to-app', async (request, reply) => {
    standIn.store.app.change({ toApp: readToApp(request.body) });
    return done(reply, '/app/provisioning/to-app', 'Provisioning to app saved.');
  });
  server.post('/app/provisioning/force-sync', async (_request, reply) => {
    standIn.people.forceSync();
    return done(reply, '/app/provisioning/to-app', 'Every linked person is pushed again.');
  });
  server.get('/app/provisioning/to-okta', async (request, reply) =>
    show(request, reply, { title, section: 'app', body: toOktaPage(standIn) }),
  );
}

function readIntegration(form: Form) {
  const ticks = Object.fromEntries(actions.map(([name]) => [name, ticked(form, name)]));
  const authenticationMode = text(form, 'authenticationMode');
  return {
    ...ticks,
    baseUrl: text(form, 'baseUrl'),
    uniqueIdentifier: text(form, 'uniqueIdentifier') || 'userName',
    authenticationMode: authenticationMode === 'basic' ? 'basic' : 'header',
    token: text(form, 'token'),
    basicUser: text(form, 'basicUser'),
    basicPassword: text(form, 'basicPassword'),
  };
}

function readToApp(form: Form) {
  return {
    createUsers: ticked(form, 'createUsers'),
    updateUserAttributes: ticked(form, 'updateUserAttributes'),
    deactivateUsers: ticked(form, 'deactivateUsers'),
    syncPassword: ticked(form, 'syncPassword') ? text(form, 'passwordKind') || 'random' : 'off',
  };
}

/** The Provisioning tab with its side menu around `body`. */
function provisioning(standIn: StandIn, current: string, body: Part): Markup {
  const { integration, scimEnabled } = standIn.store.app.settings();
  const configured = integration.baseUrl !== '';
  const pages = [
    ['/app/provisioning/to-app', 'To App', configured],
    ['/app/provisioning/to-okta', 'To Okta', configured && integration.importUsers],
    ['/app/provisioning/integration', 'Integration', true],
  ] as const;
  return html`${appHeader(standIn, 'Provisioning')}
  ${!scimEnabled && html`<p class="notice problem">SCIM provisioning is off. Turn it on under <a href="/app/general?edit">General</a>.</p>`}
  <div class="with-side"><nav aria-label="Provisioning settings" class="menu side"><ul>
    <li class="heading" aria-hidden="true">Settings</li>
    ${pages
      .filter(([, , shown]) => shown)
      .map(
        ([href, name]) =>
          html`<li><a href="${href}"${name === current && html` aria-current="page"`}>${name}</a></li>`,
      )}
  </ul></nav><div>${body}</div></div>`;
}

interface IntegrationView {
  readonly problem?: string;
  readonly result?: ProbeResult;
}

function integrationPage(standIn: StandIn, settings: AppSettings, view: IntegrationView): Markup {
  const { integration } = settings;
  return provisioning(
    standIn,
    'Integration',
    html`<form method="post" action="/app/provisioning/integration" class="card"><h2>SCIM Connection</h2>
    ${view.result !== undefined && verdict(view.result, settings)}
    ${field({ label: 'SCIM connector base URL', name: 'baseUrl', value: integration.baseUrl, required: true, error: view.problem })}
    ${field({ label: 'Unique identifier field for users', name: 'uniqueIdentifier', value: integration.uniqueIdentifier, required: true, help: html`Usually <code>userName</code> or <code>email</code>.` })}
    <fieldset class="radios"><legend>Supported provisioning actions</legend>
      ${actions.map(([name, label]) => checkbox(label, name, integration[name]))}
    </fieldset>
    ${authentication(settings)}
    <div class="actions"><button name="action" value="test">Test Connector Configuration</button><button class="primary" name="action" value="save">Save</button></div>
  </form>`,
  );
}

function authentication({ integration }: AppSettings): Markup {
  return html`${radios(
    'Authentication Mode',
    'authenticationMode',
    integration.authenticationMode,
    [
      { value: 'basic', label: 'Basic Auth' },
      { value: 'header', label: 'HTTP Header' },
      {
        value: 'oauth',
        label: 'OAuth 2',
        disabled: true,
        help: 'Not available: the stand-in has no OAuth client yet.',
      },
    ],
  )}
  <section class="sub" data-shown-by="authenticationMode" data-shown-for="header"><h3>HTTP Header</h3>
    ${field({ label: 'Authorization', name: 'token', type: 'password', value: integration.token, prefix: 'Bearer', help: 'The token alone: Bearer is put in front of it.' })}
  </section>
  <section class="sub" data-shown-by="authenticationMode" data-shown-for="basic"><h3>Basic Auth</h3>
    <div class="grid">${field({ label: 'Username', name: 'basicUser', value: integration.basicUser })}
    ${field({ label: 'Password', name: 'basicPassword', type: 'password', value: integration.basicPassword })}</div>
  </section>`;
}

function verdict({ ok, message }: ProbeResult, { integration }: AppSettings): Markup {
  return html`<div class="notice ${ok ? 'done' : 'problem'}" role="${ok ? 'status' : 'alert'}"><p><strong>${message}</strong></p>
    ${
      ok &&
      html`<p>Provisioning features detected:</p><ul class="ticks">${actions.map(
        ([name, label]) =>
          html`<li class="${integration[name] ? 'on' : 'off'}">${label}${!integration[name] && html` <small>(not ticked)</small>`}</li>`,
      )}</ul><p>Nothing is saved yet.</p>`
    }</div>`;
}

function toAppPage(standIn: StandIn, edit: boolean): Markup {
  const { toApp, integration } = standIn.store.app.settings();
  const row = (
    name: 'createUsers' | 'updateUserAttributes' | 'deactivateUsers',
    label: string,
    help: string,
    needs?: string,
  ) =>
    checkbox(label, name, toApp[name], {
      help: needs === undefined ? help : `${help} ${needs}`,
      disabled: !edit,
    });
  const missing = (ticked: boolean, action: string) =>
    ticked ? undefined : `Has no effect until ${action} is ticked under Integration.`;
  return provisioning(
    standIn,
    'To App',
    html`<form method="post" action="/app/provisioning/to-app" class="card">
    <div class="title"><h2>Provisioning to App</h2>${!edit && html`<a class="button" href="/app/provisioning/to-app?edit">Edit</a>`}</div>
    ${row('createUsers', 'Create Users', 'Creates or links a user in the app when the app is assigned to a person.', missing(integration.pushNewUsers, 'Push New Users'))}
    ${row('updateUserAttributes', 'Update User Attributes', 'Pushes the profile when it changes.', missing(integration.pushProfileUpdates, 'Push Profile Updates'))}
    ${row('deactivateUsers', 'Deactivate Users', 'Deactivates the user when the assignment or the person goes; a new assignment reactivates.')}
    ${checkbox('Sync Password', 'syncPassword', toApp.syncPassword !== 'off', { help: 'Sends a password on create and when it changes.', disabled: !edit })}
    ${
      edit &&
      radios('Password type', 'passwordKind', toApp.syncPassword === 'okta' ? 'okta' : 'random', [
        { value: 'random', label: 'Sync a randomly generated password' },
        { value: 'okta', label: 'Sync Okta Password' },
      ])
    }
    ${edit && html`<div class="actions"><button class="primary">Save</button><a class="button" href="/app/provisioning/to-app">Cancel</a></div>`}
  </form>
  <section class="card"><h2>Force Sync</h2><p>Pushes the profile of every linked person again.</p>
  <div class="actions">${button('/app/provisioning/force-sync', 'Force Sync')}</div></section>`,
  );
}

function toOktaPage(standIn: StandIn): Markup {
  return provisioning(
    standIn,
    'To Okta',
    html`<section class="card"><h2>Import</h2>
    <dl><dt>Schedule import</dt><dd>never</dd><dt>Match rules</dt><dd>exact: username or email</dd><dt>Import safeguard</dt><dd>off</dd></dl>
    <div class="actions"><a class="button" href="/app/import">Go to Import</a></div></section>`,
  );
}
