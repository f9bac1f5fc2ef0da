import type { FastifyInstance } from 'fastify';
import { requirePerson } from '../provisioning/people-actions.ts';
import { ActionRefused } from '../provisioning/refused.ts';
import type { StandIn } from '../stand-in.ts';
import type { AppUser } from '../store/app-users.ts';
import { fullName, profileAttributes } from '../store/profile.ts';
import type { Console } from './console.ts';
import { button, type Form, field, text } from './forms.ts';
import { html, type Markup } from './html.ts';
import { appHeader, empty } from './layout.ts';

type ById = { Params: { id: string }; Body: Form; Querystring: { search?: string } };

/** The Assignments tab. */
export function registerAssignmentPages(server: FastifyInstance, console: Console): void {
  const { standIn, show, done } = console;
  const title = `${standIn.store.app.get().label} assignments`;
  const home = '/app/assignments';
  server.get(home, async (request, reply) =>
    show(request, reply, { title, section: 'app', live: true, body: listPage(standIn) }),
  );
  server.get<ById>(`${home}/people`, async (request, reply) => {
    const body = assignPeoplePage(standIn, request.query.search ?? '');
    return show(request, reply, { title: 'Assign to People', section: 'app', body });
  });
  server.get(`${home}/groups`, async (request, reply) =>
    show(request, reply, {
      title: 'Assign to Groups',
      section: 'app',
      body: assignGroupsPage(standIn),
    }),
  );
  server.post<ById>(`${home}/people/:id/assign`, async ({ params }, reply) => {
    standIn.people.assign(params.id);
    const name = fullName(requirePerson(standIn.store, params.id).profile);
    return done(reply, `${home}/people`, `${name} assigned.`);
  });
  server.post<ById>(`${home}/people/:id/remove`, async ({ params }, reply) => {
    standIn.people.unassign(params.id);
    return done(reply, home, 'Assignment removed.');
  });
  server.post<ById>(`${home}/people/:id/provision`, async ({ params }, reply) => {
    standIn.people.provision(params.id);
    return done(reply, home, 'Provisioning started.');
  });
  server.get<ById>(`${home}/people/:id`, async (request, reply) => {
    const body = editPage(standIn, requireAppUser(standIn, request.params.id));
    return show(request, reply, { title: 'Edit User Assignment', section: 'app', body });
  });
  server.post<ById>(`${home}/people/:id`, async ({ params, body }, reply) => {
    standIn.people.editAssignment(
      params.id,
      readAppProfile(requireAppUser(standIn, params.id), body),
    );
    return done(reply, home, 'Assignment saved.');
  });
  registerGroupAssignments(server, console, home);
}

function registerGroupAssignments(
  server: FastifyInstance,
  { standIn, done }: Console,
  home: string,
): void {
  server.post<ById>(`${home}/groups/:id/assign`, async ({ params }, reply) => {
    standIn.people.assignGroup(params.id);
    return done(reply, `${home}/groups`, 'Group assigned. Its people are provisioned.');
  });
  server.post<ById>(`${home}/groups/:id/remove`, async ({ params }, reply) => {
    standIn.people.unassignGroup(params.id);
    return done(reply, home, 'Group assignment removed.');
  });
}

function requireAppUser({ store }: StandIn, personId: string): AppUser {
  const user = store.appUsers.get(personId);
  if (user === undefined || !(user.assigned || user.direct)) {
    throw new ActionRefused('The person is not assigned.', 404);
  }
  return user;
}

const states: Readonly<Record<AppUser['state'], readonly [string, string]>> = {
  ASSIGNED: ['Not provisioned', 'warn'],
  PENDING: ['Pending', ''],
  PROVISIONED: ['Provisioned', 'good'],
  DEPROVISIONED: ['Deactivated', ''],
  ERROR: ['Error', 'bad'],
};

function listPage(standIn: StandIn): Markup {
  const { store } = standIn;
  const users = store.appUsers.list().filter(({ assigned, direct }) => assigned || direct);
  const groups = store.appUsers.groupIds().flatMap((id) => store.groups.get(id) ?? []);
  return html`${appHeader(standIn, 'Assignments')}
  <div class="actions"><a class="button primary" href="/app/assignments/people">Assign to People</a><a class="button" href="/app/assignments/groups">Assign to Groups</a></div>
  <h2>People</h2>
  ${
    users.length === 0
      ? empty('Nobody is assigned yet.', 'Assign the app to people, or to groups.')
      : html`<table><thead><tr><th scope="col">Person</th><th scope="col">Type</th><th scope="col">Username</th><th scope="col">Status</th><th scope="col"><span class="hidden">Actions</span></th></tr></thead>
      <tbody>${users.map((user) => userRow(standIn, user))}</tbody></table>`
  }
  <h2>Groups</h2>
  ${
    groups.length === 0
      ? html`<p class="help">No group is assigned.</p>`
      : html`<ul class="rows">${groups.map(
          ({ id, name }) =>
            html`<li><a href="/groups/${id}">${name}</a>${button(`/app/assignments/groups/${id}/remove`, 'Remove', { about: `group ${name}` })}</li>`,
        )}</ul>`
  }`;
}

function userRow({ store }: StandIn, user: AppUser): Markup {
  const { personId, profile, scimId, error } = user;
  const person = store.people.get(personId);
  const name = person === undefined ? personId : fullName(person.profile);
  const [state, kind] = states[user.state];
  const base = `/app/assignments/people/${personId}`;
  const through = store.appUsers.groupsThatAssign(personId).join(', ');
  return html`<tr>
    <td data-label="Person"><a href="/people/${personId}">${name}</a></td>
    <td data-label="Type">${user.direct ? 'Individual' : `Group: ${through}`}</td>
    <td data-label="Username">${profile.userName}</td>
    <td data-label="Status"><span class="chip ${kind}">${state}</span>${scimId !== null && html` <small>id <code>${scimId}</code></small>`}${error !== null && html`<p class="error">${error}</p>`}</td>
    <td class="actions"><a class="button" href="${base}" aria-label="Edit ${name}">Edit</a>
      ${(user.state === 'ASSIGNED' || user.state === 'ERROR') && button(`${base}/provision`, 'Provision User', { about: name })}
      ${user.direct && button(`${base}/remove`, 'Remove', { about: name, kind: 'danger' })}</td></tr>`;
}

function assignPeoplePage(standIn: StandIn, search: string): Markup {
  const wanted = search.trim().toLowerCase();
  const people = standIn.store.people
    .list()
    .filter(
      ({ id, status }) =>
        status !== 'DEPROVISIONED' && standIn.store.appUsers.get(id)?.direct !== true,
    )
    .filter(({ profile }) =>
      `${fullName(profile)} ${profile.login}`.toLowerCase().includes(wanted),
    );
  return html`<h1>Assign ${standIn.store.app.get().label} to People</h1>
  <form class="search" role="search">${field({ label: 'Search people', name: 'search', type: 'search', value: search })}<button>Search</button></form>
  ${
    people.length === 0
      ? empty('Nobody to assign.', 'Everybody found is assigned already.')
      : html`<ul class="rows card">${people.map(({ id, profile }) => {
          const name = fullName(profile);
          return html`<li><span>${name} <small>${profile.login}</small></span>${button(`/app/assignments/people/${id}/assign`, 'Assign', { about: name })}</li>`;
        })}</ul>`
  }
  <div class="actions"><a class="button primary" href="/app/assignments">Done</a></div>`;
}

function assignGroupsPage({ store }: StandIn): Markup {
  const assigned = new Set(store.appUsers.groupIds());
  const groups = store.groups.list().filter(({ id }) => !assigned.has(id));
  return html`<h1>Assign ${store.app.get().label} to Groups</h1>
  <p class="lede">Each present and future member is provisioned. Okta does not support one group for both assignment and push.</p>
  ${
    groups.length === 0
      ? empty('No group to assign.', 'Every group is assigned already.')
      : html`<ul class="rows card">${groups.map(
          ({ id, name }) =>
            html`<li><span>${name} <small>${store.groups.memberIds(id).length} people</small></span>${button(`/app/assignments/groups/${id}/assign`, 'Assign', { about: `group ${name}` })}</li>`,
        )}</ul>`
  }
  <div class="actions"><a class="button primary" href="/app/assignments">Done</a></div>`;
}

/** The attributes of the app's own profile, in the app's names. */
const appAttributes = [
  { name: 'userName', label: 'User Name' },
  ...profileAttributes
    .filter(({ name }) => name !== 'login')
    .map(({ name, label, appName }) => ({ name: appName ?? name, label })),
];

function editPage({ store }: StandIn, user: AppUser): Markup {
  const person = store.people.get(user.personId);
  return html`<h1>Edit User Assignment</h1>
  <p class="lede">${person === undefined ? user.personId : fullName(person.profile)}. The app's own copy of the profile; the person's profile stays as it is.</p>
  <form method="post" action="/app/assignments/people/${user.personId}" class="card">
    <div class="grid">${appAttributes.map(({ name, label }) => field({ label, name, value: user.profile[name] }))}</div>
    <div class="actions"><button class="primary">Save</button><a class="button" href="/app/assignments">Cancel</a></div>
  </form>`;
}

function readAppProfile(user: AppUser, form: Form): Record<string, string> {
  const profile: Record<string, string> = {};
  for (const { name } of appAttributes) {
    const value = text(form, name);
    if (value !== '') profile[name] = value;
  }
  return { userName: user.profile.userName ?? '', ...profile };
}
