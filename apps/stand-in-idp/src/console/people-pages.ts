import type { FastifyInstance, FastifyReply } from 'fastify';
import { requirePerson } from '../provisioning/people-actions.ts';
import { LoginTaken, type Person } from '../store/people.ts';
import {
  fullName,
  missingAttributes,
  type Profile,
  profileAttributes,
  readProfile,
} from '../store/profile.ts';
import type { Console } from './console.ts';
import { button, checkbox, type Form, field, text, ticked } from './forms.ts';
import { html, type Markup } from './html.ts';
import { empty } from './layout.ts';

type ById = { Params: { id: string }; Body: Form };

/** Directory > People. */
export function registerPeoplePages(server: FastifyInstance, console: Console): void {
  const { standIn, show, done } = console;
  server.get<{ Querystring: { search?: string } }>('/people', async (request, reply) =>
    show(request, reply, {
      title: 'People',
      section: 'people',
      body: listPage(standIn.store.people.list(), request.query.search ?? ''),
    }),
  );
  server.get('/people/new', async (request, reply) =>
    show(request, reply, { title: 'Add Person', section: 'people', body: addPage({}) }),
  );
  server.post<{ Body: Form }>('/people', async (request, reply) =>
    addPerson(console, request.body, reply),
  );
  server.get<ById>('/people/:id', async (request, reply) => {
    const person = requirePerson(standIn.store, request.params.id);
    const groups = standIn.store.groups.ofPerson(person.id).map(({ name }) => name);
    return show(request, reply, {
      title: fullName(person.profile),
      section: 'people',
      body: personPage(person, groups),
    });
  });
  server.post<ById>('/people/:id', async (request, reply) =>
    savePerson(console, requirePerson(standIn.store, request.params.id), request.body, reply),
  );
  registerLifecycle(server, console);
  server.post<ById>('/people/:id/password', async (request, reply) => {
    const { id } = request.params;
    standIn.people.setPassword(id, text(request.body, 'password'));
    return done(reply, `/people/${id}`, 'Password set.');
  });
}

const outcomes = {
  activate: 'Person activated.',
  deactivate: 'Person deactivated. Their app assignments are gone.',
  suspend: 'Person suspended. Nothing is sent to the app.',
  unsuspend: 'Person unsuspended. Nothing is sent to the app.',
  remove: 'Person deleted.',
} as const;

const actions = ['activate', 'deactivate', 'suspend', 'unsuspend', 'remove'] as const;

function registerLifecycle(server: FastifyInstance, { standIn, done }: Console): void {
  for (const action of actions) {
    server.post<ById>(`/people/:id/${action}`, async ({ params }, reply) => {
      standIn.people[action](params.id);
      const path = action === 'remove' ? '/people' : `/people/${params.id}`;
      return done(reply, path, outcomes[action]);
    });
  }
}

function addPerson(console: Console, form: Form, reply: FastifyReply) {
  const profile = readProfile(form);
  const withLogin = { ...profile, login: profile.login ?? profile.email ?? '' };
  const problem = profileProblem(readProfile(withLogin));
  const again = (error: string) =>
    console.again(reply, 'Add Person', 'people', addPage(withLogin, error));
  if (problem !== undefined) return again(problem);
  try {
    const status = ticked(form, 'activateNow') ? 'ACTIVE' : 'STAGED';
    const person = console.standIn.people.add(readProfile(withLogin), status, null);
    return console.done(reply, `/people/${person.id}`, `${fullName(profile)} added.`);
  } catch (error) {
    if (error instanceof LoginTaken) return again(error.message);
    throw error;
  }
}

function savePerson(console: Console, person: Person, form: Form, reply: FastifyReply) {
  const profile = readProfile(form);
  const again = (error: string) =>
    console.again(
      reply,
      fullName(person.profile),
      'people',
      personPage({ ...person, profile }, [], error),
    );
  const problem = profileProblem(profile);
  if (problem !== undefined) return again(problem);
  try {
    console.standIn.people.update(person.id, profile);
    return console.done(reply, `/people/${person.id}`, 'Profile saved.');
  } catch (error) {
    if (error instanceof LoginTaken) return again(error.message);
    throw error;
  }
}

function profileProblem(profile: Profile): string | undefined {
  const missing = missingAttributes(profile);
  return missing.length === 0 ? undefined : `Required: ${missing.join(', ')}.`;
}

function listPage(people: readonly Person[], search: string): Markup {
  const wanted = search.trim().toLowerCase();
  const found = people.filter(({ profile }) =>
    `${fullName(profile)} ${profile.login} ${profile.email}`.toLowerCase().includes(wanted),
  );
  return html`<div class="title"><h1>People</h1><a class="button primary" href="/people/new">Add person</a></div>
  <form class="search" role="search">${field({ label: 'Search people', name: 'search', type: 'search', value: search })}<button>Search</button></form>
  ${
    found.length === 0
      ? empty('Nobody found.', 'Search for part of a name or an email.')
      : html`<table><thead><tr><th scope="col">Person</th><th scope="col">Username</th><th scope="col">Status</th></tr></thead>
    <tbody>${found.map(
      ({ id, profile, status }) => html`<tr>
      <td data-label="Person"><a href="/people/${id}">${fullName(profile)}</a></td>
      <td data-label="Username">${profile.login}</td>
      <td data-label="Status">${statusChip(status)}</td></tr>`,
    )}</tbody></table>`
  }`;
}

/** A person's status as a chip. */
function statusChip(status: Person['status']): Markup {
  const labels = {
    STAGED: ['Staged', ''],
    ACTIVE: ['Active', 'good'],
    SUSPENDED: ['Suspended', 'warn'],
    DEPROVISIONED: ['Deactivated', ''],
  } as const;
  const [label, kind] = labels[status];
  return html`<span class="chip ${kind}">${label}</span>`;
}

function addPage(profile: Profile, error?: string): Markup {
  const first = profileAttributes.slice(0, 4);
  return html`<h1>Add Person</h1>
  ${error !== undefined && html`<p class="notice problem" role="alert">${error}</p>`}
  <form method="post" action="/people" class="card">
    ${first.map(({ name, label, required }) =>
      field({
        label,
        name,
        value: profile[name],
        required: required === true && name !== 'login',
        ...(name === 'login' ? { help: 'Left empty, the primary email is taken.' } : {}),
      }),
    )}
    ${checkbox('Activate now', 'activateNow', true)}
    <details><summary>More attributes</summary>${attributeFields(profileAttributes.slice(4), profile)}</details>
    <div class="actions"><button class="primary">Save</button><a class="button" href="/people">Cancel</a></div>
  </form>`;
}

function attributeFields(attributes: typeof profileAttributes, profile: Profile): Markup {
  return html`<div class="grid">${attributes.map(({ name, label, required }) =>
    field({ label, name, value: profile[name], required: required === true }),
  )}</div>`;
}

function personPage(person: Person, groups: readonly string[], error?: string): Markup {
  const { id, profile, status } = person;
  const about = fullName(profile);
  return html`<div class="title"><h1>${about}</h1><div class="actions">${lifecycleButtons(id, status)}</div></div>
  <p class="lede">${statusChip(status)} ${profile.login}</p>
  ${error !== undefined && html`<p class="notice problem" role="alert">${error}</p>`}
  <form method="post" action="/people/${id}" class="card"><h2>Profile</h2>
    ${attributeFields(profileAttributes, profile)}
    <div class="actions"><button class="primary">Save</button></div>
  </form>
  <section class="card"><h2>Groups</h2><p>${groups.length === 0 ? 'In no group.' : groups.join(', ')}</p></section>
  <form method="post" action="/people/${id}/password" class="card"><h2>Password</h2>
    ${field({ label: 'New password', name: 'password', type: 'password', required: true, help: 'Pushed where Sync Password sends the Okta password.' })}
    <div class="actions"><button>Set Password</button></div>
  </form>
  <p class="help">User id <code>${id}</code></p>`;
}

function lifecycleButtons(id: string, status: Person['status']): Markup[] {
  const act = (
    action: (typeof actions)[number],
    label: string,
    kind: 'plain' | 'danger' = 'plain',
  ) => button(`/people/${id}/${action}`, label, { kind });
  switch (status) {
    case 'STAGED':
      return [act('activate', 'Activate'), act('deactivate', 'Deactivate', 'danger')];
    case 'ACTIVE':
      return [
        button(`/people/${id}/clear-sessions`, 'Clear user sessions'),
        act('suspend', 'Suspend'),
        act('deactivate', 'Deactivate', 'danger'),
      ];
    case 'SUSPENDED':
      return [act('unsuspend', 'Unsuspend'), act('deactivate', 'Deactivate', 'danger')];
    case 'DEPROVISIONED':
      return [act('activate', 'Activate'), act('remove', 'Delete', 'danger')];
  }
}
