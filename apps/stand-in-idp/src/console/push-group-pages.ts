import type { FastifyInstance } from 'fastify';
import { requireGroup, type UnlinkMode } from '../provisioning/group-actions.ts';
import type { StandIn } from '../stand-in.ts';
import type { Group } from '../store/groups.ts';
import type { GroupPush, PushRule } from '../store/pushes.ts';
import type { Console } from './console.ts';
import {
  button,
  checkbox,
  type Form,
  field,
  radios,
  select,
  text,
  texts,
  ticked,
} from './forms.ts';
import { html, type Markup } from './html.ts';
import { appHeader, empty } from './layout.ts';

type ById = { Params: { id: string }; Body: Form; Querystring: { name?: string } };

const home = '/app/push-groups';

/** The Push Groups tab. */
export function registerPushGroupPages(server: FastifyInstance, console: Console): void {
  const { standIn, show, done } = console;
  const { groups, store } = standIn;
  const page = { title: 'Push Groups', section: 'app' } as const;
  server.get(home, async (request, reply) =>
    show(request, reply, { ...page, live: true, body: listPage(standIn) }),
  );
  server.get<ById>(`${home}/by-name`, async (request, reply) =>
    show(request, reply, { ...page, body: byNamePage(standIn, request.query.name ?? '') }),
  );
  server.get(`${home}/by-rule`, async (request, reply) =>
    show(request, reply, { ...page, body: byRulePage() }),
  );
  server.post<ById>(`${home}/settings`, async ({ body }, reply) => {
    store.app.change({ renameAppGroups: ticked(body, 'renameAppGroups') });
    return done(reply, home, 'Group push settings saved.');
  });
  server.post<ById>(`${home}/:id/push`, async ({ params, body }, reply) => {
    const scimId = text(body, 'target');
    if (scimId === '') groups.push(params.id);
    else groups.link(params.id, scimId);
    const { name } = requireGroup(store, params.id);
    return done(reply, home, `${name} is pushed.`);
  });
  registerPushActions(server, console);
  registerBulkEdit(server, console);
  registerRules(server, console);
}

function registerPushActions(server: FastifyInstance, { standIn, show, done }: Console): void {
  const { groups, store } = standIn;
  const simple = {
    pushNow: 'Push started.',
    deactivatePush: 'Group push deactivated. Later members are not sent.',
    activatePush: 'Group push activated.',
  } as const;
  for (const action of ['pushNow', 'deactivatePush', 'activatePush'] as const) {
    server.post<ById>(`${home}/:id/${action}`, async ({ params }, reply) => {
      groups[action](params.id);
      return done(reply, home, simple[action]);
    });
  }
  server.post(`${home}/retry-all`, async (_request, reply) => {
    groups.retryAll();
    return done(reply, home, 'Groups with errors are pushed again.');
  });
  server.get<ById>(`${home}/:id/unlink`, async (request, reply) => {
    const { id, name } = requireGroup(store, request.params.id);
    const body = unlinkPage(`${home}/${id}/unlink`, name);
    return show(request, reply, { title: 'Unlink pushed group', section: 'app', body });
  });
  server.post<ById>(`${home}/:id/unlink`, async ({ params, body }, reply) => {
    groups.unlink(params.id, unlinkMode(body));
    return done(reply, home, 'Group unlinked.');
  });
}

const bulkActions = {
  activate: 'Activate group push',
  deactivate: 'Deactivate group push',
  delete: 'Unlink and delete in the target app',
  leave: 'Unlink and leave in the target app',
} as const;

/** Bulk edit: one action on every group that is selected. */
function registerBulkEdit(server: FastifyInstance, { standIn, done, refuse }: Console): void {
  const { groups } = standIn;
  const apply: Readonly<Record<string, (id: string) => void>> = {
    activate: groups.activatePush,
    deactivate: groups.deactivatePush,
    delete: (id) => groups.unlink(id, 'delete'),
    leave: (id) => groups.unlink(id, 'leave'),
  };
  server.post<{ Body: Form }>(`${home}/bulk`, async ({ body }, reply) => {
    const ids = texts(body, 'group');
    const action = apply[text(body, 'action')];
    if (ids.length === 0 || action === undefined) {
      return refuse(reply, home, 'Select the groups first.');
    }
    for (const id of ids) action(id);
    return done(reply, home, `${ids.length} ${ids.length === 1 ? 'group' : 'groups'} changed.`);
  });
}

function registerRules(server: FastifyInstance, { standIn, show, done }: Console): void {
  const { groups } = standIn;
  server.post<ById>(`${home}/rules`, async ({ body }, reply) => {
    groups.addRule(text(body, 'ruleName'), text(body, 'prefix'));
    return done(reply, home, 'Rule saved. Matching groups are pushed.');
  });
  server.post<ById>(`${home}/rules/:id/active`, async ({ params, body }, reply) => {
    groups.setRuleActive(Number(params.id), text(body, 'active') === 'yes');
    return done(reply, home, 'Rule saved.');
  });
  server.get<ById>(`${home}/rules/:id/delete`, async (request, reply) => {
    const body = unlinkPage(
      `${home}/rules/${request.params.id}/delete`,
      'every group of this rule',
    );
    return show(request, reply, { title: 'Delete rule', section: 'app', body });
  });
  server.post<ById>(`${home}/rules/:id/delete`, async ({ params, body }, reply) => {
    groups.removeRule(Number(params.id), unlinkMode(body));
    return done(reply, home, 'Rule deleted.');
  });
}

const unlinkMode = (form: Form): UnlinkMode =>
  text(form, 'mode') === 'leave' ? 'leave' : 'delete';

function listPage(standIn: StandIn): Markup {
  const { store } = standIn;
  const pushes = store.pushes.list();
  const rules = store.pushes.rules.list();
  return html`${appHeader(standIn, 'Push Groups')}
  <div class="actions"><a class="button primary" href="${home}/by-name">Find groups by name</a><a class="button" href="${home}/by-rule">Find groups by rule</a>
  ${pushes.some(({ status }) => status === 'ERROR') && button(`${home}/retry-all`, 'Retry All Groups')}</div>
  ${
    pushes.length === 0
      ? empty(
          'No group is pushed yet.',
          'Find groups by name and push them; only assigned people become members.',
        )
      : html`<table><thead><tr><th scope="col"><input type="checkbox" data-all="group" aria-label="Select all groups"></th><th scope="col">Group in Okta</th><th scope="col">Group in the app</th><th scope="col">Push status</th><th scope="col"><span class="hidden">Actions</span></th></tr></thead>
    <tbody>${pushes.map((push) => pushRow(standIn, push))}</tbody></table>
    <form method="post" action="${home}/bulk" id="bulk"><fieldset><legend>Bulk edit</legend><div class="actions">${Object.entries(
      bulkActions,
    ).map(
      ([action, label]) => html`<button name="action" value="${action}">${label}</button>`,
    )}</div></fieldset></form>`
  }
  ${rules.length > 0 && html`<h2>Rules</h2><ul class="rows">${rules.map(ruleRow)}</ul>`}
  <form method="post" action="${home}/settings" class="card"><h2>Group push settings</h2>
    ${checkbox('Rename app groups to match group name in Okta', 'renameAppGroups', store.app.settings().renameAppGroups, { help: 'Holds for groups that are linked from now on.' })}
    <div class="actions"><button>Save</button></div></form>`;
}

const statuses: Readonly<Record<GroupPush['status'], readonly [string, string]>> = {
  ACTIVE: ['Active', 'good'],
  INACTIVE: ['Inactive', ''],
  ERROR: ['Error', 'bad'],
};

function pushRow({ store }: StandIn, push: GroupPush): Markup {
  const { groupId, scimId, memberIds, keptName, error } = push;
  const name = store.groups.get(groupId)?.name ?? groupId;
  const [status, kind] = statuses[push.status];
  const act = (action: string, label: string) =>
    button(`${home}/${groupId}/${action}`, label, { about: name });
  return html`<tr>
    <td data-label="Selected"><input type="checkbox" name="group" value="${groupId}" form="bulk" aria-label="Select ${name}"></td>
    <td data-label="Group in Okta"><a href="/groups/${groupId}">${name}</a></td>
    <td data-label="Group in the app">${scimId === null ? 'Not created yet' : html`${keptName ?? name} <small>id <code>${scimId}</code>, ${memberIds.length} ${memberIds.length === 1 ? 'member' : 'members'}</small>`}</td>
    <td data-label="Push status"><span class="chip ${kind}">${status}</span>${error !== null && html`<p class="error">${error}</p>`}</td>
    <td class="actions">${push.status !== 'INACTIVE' && act('pushNow', 'Push now')}
      ${push.status === 'INACTIVE' ? act('activatePush', 'Activate group push') : act('deactivatePush', 'Deactivate group push')}
      <a class="button danger" href="${home}/${groupId}/unlink" aria-label="Unlink pushed group ${name}">Unlink pushed group</a></td></tr>`;
}

function ruleRow({ id, name, prefix, active }: PushRule): Markup {
  return html`<li><span>${name} <small>name starts with “${prefix}” · ${active ? 'active' : 'inactive'}</small></span>
  <span class="actions"><form method="post" action="${home}/rules/${id}/active" class="inline"><input type="hidden" name="active" value="${active ? 'no' : 'yes'}"><button>${active ? 'Deactivate rule' : 'Activate rule'}</button></form>
  <a class="button danger" href="${home}/rules/${id}/delete">Delete rule</a></span></li>`;
}

function byNamePage(standIn: StandIn, search: string): Markup {
  const { store } = standIn;
  const wanted = search.trim().toLowerCase();
  const groups = store.groups
    .list()
    .filter(
      ({ id, name }) => store.pushes.get(id) === undefined && name.toLowerCase().includes(wanted),
    );
  return html`<h1>Push groups by name</h1>
  <form class="search" role="search">${field({ label: 'Group name', name: 'name', type: 'search', value: search })}<button>Search</button></form>
  ${
    groups.length === 0
      ? empty('No group found.', 'Groups that are pushed already are not listed.')
      : html`<ul class="rows card">${groups.map((group) => foundRow(standIn, group))}</ul>`
  }
  <div class="actions"><a class="button" href="${home}">Cancel</a></div>`;
}

function foundRow({ store }: StandIn, { id, name }: Group): Markup {
  const known = store.imports.groups();
  const sameName = known.find((one) => one.name.toLowerCase() === name.toLowerCase());
  const choices = [
    { value: '', label: 'Create Group' },
    ...known.map((one) => ({ value: one.scimId, label: `Link Group: ${one.name}` })),
  ];
  return html`<li><span>${name} <small>${store.groups.memberIds(id).length} people</small></span>
    <form method="post" action="${home}/${id}/push" class="inline">
      ${known.length > 0 && select(`Match for ${name}`, 'target', sameName?.scimId ?? '', choices, `target-${id}`)}
      <button aria-label="Push ${name}">Push</button>
    </form></li>`;
}

function byRulePage(): Markup {
  return html`<h1>Push groups by rule</h1>
  <form method="post" action="${home}/rules" class="card">
    ${field({ label: 'Rule name', name: 'ruleName' })}
    ${field({ label: 'Group name starts with', name: 'prefix', required: true, help: 'Every group that matches is pushed, now and later.' })}
    <div class="actions"><button class="primary">Create Rule</button><a class="button" href="${home}">Cancel</a></div>
  </form>`;
}

function unlinkPage(action: string, what: string): Markup {
  return html`<h1>Unlink pushed group</h1><p class="lede">What should become of ${what} in the app?</p>
  <form method="post" action="${action}" class="card">
    ${radios('Group in the app', 'mode', 'delete', [
      {
        value: 'delete',
        label: 'Delete the group in the target app',
        help: 'Its people stay users of the app.',
      },
      {
        value: 'leave',
        label: 'Leave the group in the target app',
        help: 'Nothing is sent; its members stay.',
      },
    ])}
    <div class="actions"><button class="danger">Unlink</button><a class="button" href="${home}">Cancel</a></div>
  </form>`;
}
