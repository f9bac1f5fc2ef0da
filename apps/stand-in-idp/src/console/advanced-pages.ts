import type { FastifyInstance } from 'fastify';
import type { StandIn } from '../stand-in.ts';
import type { Console } from './console.ts';
import { checkbox, type Form, radios, text, ticked } from './forms.ts';
import { html, type Markup } from './html.ts';
import { appHeader } from './layout.ts';

/** What no real console has: which client to be, and the habits that documents leave open. */
export function registerAdvancedPages(
  server: FastifyInstance,
  { standIn, show, done }: Console,
): void {
  server.get('/app/advanced', async (request, reply) =>
    show(request, reply, { title: 'Advanced', section: 'app', body: advancedPage(standIn) }),
  );
  server.post<{ Body: Form }>('/app/advanced', async ({ body }, reply) => {
    const chosen = (name: string) => text(body, name);
    standIn.store.app.change({
      mode: chosen('mode'),
      advanced: {
        filterSpace: chosen('filterSpace'),
        identifierWire: chosen('identifierWire'),
        clearedAs: chosen('clearedAs'),
        pushNowShape: chosen('pushNowShape'),
        staleActive: ticked(body, 'staleActive'),
        memberDisplayNull: ticked(body, 'memberDisplayNull'),
        membersInGroupCreate: ticked(body, 'membersInGroupCreate'),
        entraFlag: ticked(body, 'entraFlag'),
      },
    });
    return done(reply, '/app/advanced', 'Advanced settings saved.');
  });
}

function advancedPage(standIn: StandIn): Markup {
  const { mode, advanced } = standIn.store.app.settings();
  return html`${appHeader(standIn, 'Advanced (stand-in only)')}
  <form method="post" action="/app/advanced" class="card">
    ${radios('Behave as', 'mode', mode, [
      { value: 'aiw', label: 'Okta custom app (AIW)', help: 'GET and PUT for everything.' },
      {
        value: 'catalog',
        label: 'Okta catalog app',
        help: 'PUT for profiles; PATCH for activation, passwords and groups.',
      },
      {
        value: 'entra',
        label: 'Microsoft Entra ID',
        help: 'Match by filter, POST, PATCH of what differs, DELETE at the end.',
      },
    ])}
    ${checkbox('aadOptscim062020', 'entraFlag', advanced.entraFlag, { help: 'Entra only: lower-case operations, real booleans, one path-less replace.' })}
    ${radios('Spaces in a filter', 'filterSpace', advanced.filterSpace, [
      { value: '%20', label: '%20' },
      { value: '+', label: '+' },
    ])}
    ${radios(
      'Match query for another unique identifier than userName',
      'identifierWire',
      advanced.identifierWire,
      [
        { value: 'userName', label: 'userName eq, with the identifier’s value' },
        { value: 'attribute', label: 'The identifier’s own name, such as email eq' },
      ],
    )}
    ${radios('An attribute without a value is sent as', 'clearedAs', advanced.clearedAs, [
      { value: 'empty', label: 'An empty text' },
      { value: 'null', label: 'null' },
      { value: 'absent', label: 'Nothing: left out' },
    ])}
    ${radios('Push now in a catalog app', 'pushNowShape', advanced.pushNowShape, [
      { value: 'path', label: 'replace with path members' },
      { value: 'pathless', label: 'replace without path: id, displayName, members' },
    ])}
    ${checkbox('Provoke the stale-active race', 'staleActive', advanced.staleActive, { help: 'The profile PUT after a reactivation carries active: false.' })}
    ${checkbox('Send members with display null', 'memberDisplayNull', advanced.memberDisplayNull)}
    ${checkbox('Send members in the group’s POST', 'membersInGroupCreate', advanced.membersInGroupCreate)}
    <div class="actions"><button class="primary">Save</button></div>
  </form>`;
}
