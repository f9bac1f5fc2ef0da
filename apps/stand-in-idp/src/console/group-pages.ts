import type { FastifyInstance } from 'fastify';
import { requireGroup } from '../provisioning/group-actions.ts';
import type { StandIn } from '../stand-in.ts';
import type { Group } from '../store/groups.ts';
import { fullName } from '../store/profile.ts';
import type { Console } from './console.ts';
import { button, type Form, field, text } from './forms.ts';
import { html, type Markup } from './html.ts';
import { empty } from './layout.ts';

type ById = { Params: { id: string }; Body: Form };
type ByMember = { Params: { id: string; personId: string } };

/** Directory > Groups. */
export function registerGroupPages(server: FastifyInstance, console: Console): void {
  const { standIn, show, done, refuse } = console;
  server.get('/groups', async (request, reply) =>
    show(request, reply, { title: 'Groups', section: 'groups', body: listPage(standIn) }),
  );
  server.post<{ Body: Form }>('/groups', async (request, reply) => {
    const name = text(request.body, 'name');
    if (name === '') return refuse(reply, '/groups', 'Name is required.');
    const group = standIn.groups.add(name, text(request.body, 'description'));
    return done(reply, `/groups/${group.id}`, `Group ${name} added.`);
  });
  server.get<ById>('/groups/:id', async (request, reply) => {
    const group = requireGroup(standIn.store, request.params.id);
    return show(request, reply, {
      title: group.name,
      section: 'groups',
      body: groupPage(standIn, group),
    });
  });
  server.post<ById>('/groups/:id', async (request, reply) => {
    const { id } = request.params;
    const name = text(request.body, 'name');
    if (name === '') return refuse(reply, `/groups/${id}`, 'Name is required.');
    standIn.groups.rename(id, name, text(request.body, 'description'));
    return done(reply, `/groups/${id}`, 'Group saved.');
  });
  server.post<ById>('/groups/:id/remove', async ({ params }, reply) => {
    standIn.groups.remove(params.id);
    return done(reply, '/groups', 'Group deleted.');
  });
  server.post<ByMember>('/groups/:id/people/:personId/add', async ({ params }, reply) => {
    standIn.groups.addMember(params.id, params.personId);
    return done(reply, `/groups/${params.id}`, 'Person added to the group.');
  });
  server.post<ByMember>('/groups/:id/people/:personId/remove', async ({ params }, reply) => {
    standIn.groups.removeMember(params.id, params.personId);
    return done(reply, `/groups/${params.id}`, 'Person removed from the group.');
  });
}

function listPage({ store }: StandIn): Markup {
  const groups = store.groups.list();
  return html`<h1>Groups</h1>
  ${
    groups.length === 0
      ? empty('There is no group yet.', 'Add the first one below.')
      : html`<table><thead><tr><th scope="col">Group</th><th scope="col">Description</th><th scope="col" class="number">People</th></tr></thead>
    <tbody>${groups.map(
      ({ id, name, description }) => html`<tr>
      <td data-label="Group"><a href="/groups/${id}">${name}</a></td>
      <td data-label="Description">${description}</td>
      <td data-label="People" class="number">${store.groups.memberIds(id).length}</td></tr>`,
    )}</tbody></table>`
  }
  <form method="post" action="/groups" class="card"><h2>Add group</h2>
    <div class="grid">${field({ label: 'Name', name: 'name', required: true })}${field({ label: 'Description', name: 'description' })}</div>
    <div class="actions"><button class="primary">Save</button></div>
  </form>`;
}

function groupPage({ store }: StandIn, group: Group): Markup {
  const { id, name, description } = group;
  const members = new Set(store.groups.memberIds(id));
  const people = store.people.list();
  const list = (inGroup: boolean, action: 'add' | 'remove', label: string) =>
    html`<ul class="rows">${people
      .filter((person) => members.has(person.id) === inGroup)
      .map(
        (
          person,
        ) => html`<li><span><a href="/people/${person.id}">${fullName(person.profile)}</a> <small>${person.profile.login}</small></span>
        ${button(`/groups/${id}/people/${person.id}/${action}`, label, { about: fullName(person.profile) })}</li>`,
      )}</ul>`;
  return html`<div class="title"><h1>${name}</h1><div class="actions">${button(`/groups/${id}/remove`, 'Delete', { kind: 'danger', about: `group ${name}` })}</div></div>
  <p class="lede">${members.size} ${members.size === 1 ? 'person' : 'people'}${description !== '' && html` · ${description}`}</p>
  <section class="card"><h2>People</h2>${members.size === 0 && html`<p>Nobody is in this group yet.</p>`}${list(true, 'remove', 'Remove')}</section>
  <section class="card"><h2>Assign people</h2>${list(false, 'add', 'Add')}</section>
  <form method="post" action="/groups/${id}" class="card"><h2>Group settings</h2>
    <div class="grid">${field({ label: 'Name', name: 'name', value: name, required: true })}${field({ label: 'Description', name: 'description', value: description })}</div>
    <div class="actions"><button class="primary">Save</button></div>
  </form>`;
}
