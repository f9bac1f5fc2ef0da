import type { FastifyInstance } from 'fastify';
import type { ImportCounts } from '../provisioning/import.ts';
import type { StandIn } from '../stand-in.ts';
import type { ImportedUser } from '../store/imports.ts';
import { fullName } from '../store/profile.ts';
import { allowed } from '../store/settings.ts';
import type { Console } from './console.ts';
import { button, type Form, texts } from './forms.ts';
import { html, type Markup } from './html.ts';
import { appHeader, empty } from './layout.ts';

/** The Import tab. */
export function registerImportPages(
  server: FastifyInstance,
  { standIn, show, done, refuse }: Console,
): void {
  server.get('/app/import', async (request, reply) =>
    show(request, reply, {
      title: 'Import',
      section: 'app',
      live: true,
      body: importPage(standIn),
    }),
  );
  server.post('/app/import', async (_request, reply) => {
    if (!allowed(standIn.store.app.settings()).anything) {
      return refuse(reply, '/app/import', 'Provisioning is not enabled for this app.');
    }
    standIn.importNow();
    return done(reply, '/app/import', 'Import started.');
  });
  server.post<{ Body: Form }>('/app/import/confirm', async ({ body }, reply) => {
    const scimIds = texts(body, 'user');
    standIn.confirmImported(scimIds);
    return done(reply, '/app/import', `${scimIds.length} confirmed.`);
  });
}

function importPage(standIn: StandIn): Markup {
  const { store } = standIn;
  const counts = store.facts.get('lastImport');
  const waiting = store.imports.list().filter(({ confirmed }) => !confirmed);
  return html`${appHeader(standIn, 'Import')}
  <div class="actions">${button('/app/import', 'Import Now', { kind: 'primary' })}</div>
  ${counts !== undefined && statistics(counts)}
  ${
    waiting.length === 0
      ? empty('Nothing waits for confirmation.', 'Import Now reads the users of the app.')
      : html`<form method="post" action="/app/import/confirm">
    <table><thead><tr><th scope="col"><span class="hidden">Selected</span></th><th scope="col">User in the app</th><th scope="col">Person</th></tr></thead>
    <tbody>${waiting.map((user) => userRow(standIn, user))}</tbody></table>
    <div class="actions"><button class="primary">Confirm Assignments</button></div></form>`
  }`;
}

function statistics(counts: ImportCounts): Markup {
  const rows = [
    ['Users scanned', counts.usersScanned],
    ['Users new', counts.usersNew],
    ['Users updated', counts.usersUpdated],
    ['Users unchanged', counts.usersUnchanged],
    ['Users removed', counts.usersRemoved],
    ['Groups scanned', counts.groupsScanned],
    ['Groups new', counts.groupsNew],
  ] as const;
  return html`<section class="card"><h2>Last import</h2><dl class="figures">${rows.map(([label, count]) => html`<div><dt>${label}</dt><dd>${count}</dd></div>`)}</dl></section>`;
}

function userRow({ store }: StandIn, user: ImportedUser): Markup {
  const person = user.personId === null ? undefined : store.people.get(user.personId);
  return html`<tr><td data-label="Selected"><input type="checkbox" name="user" value="${user.scimId}" checked aria-label="Confirm ${user.userName}"></td>
  <td data-label="User in the app">${user.userName} ${!user.active && html`<span class="chip">Inactive</span>`}</td>
  <td data-label="Person">${person === undefined ? 'New person' : `Exact match: ${fullName(person.profile)}`}</td></tr>`;
}
