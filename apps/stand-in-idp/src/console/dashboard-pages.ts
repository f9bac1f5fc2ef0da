import type { FastifyInstance } from 'fastify';
import type { StandIn } from '../stand-in.ts';
import type { Task } from '../store/jobs.ts';
import type { Console } from './console.ts';
import { type Form, texts } from './forms.ts';
import { html, type Markup } from './html.ts';
import { empty, time, versionOf } from './layout.ts';

/** Dashboard > Tasks. */
export function registerDashboardPages(
  server: FastifyInstance,
  { standIn, show, done, refuse }: Console,
): void {
  server.get('/', async (_request, reply) => reply.redirect('/dashboard'));
  server.get('/dashboard', async (request, reply) =>
    show(request, reply, {
      title: 'Dashboard',
      section: 'dashboard',
      live: true,
      body: dashboard(standIn),
    }),
  );
  server.post<{ Body: Form }>('/dashboard/tasks/retry', async ({ body }, reply) => {
    const ids = texts(body, 'task').map(Number);
    if (ids.length === 0) return refuse(reply, '/dashboard', 'Select the tasks to retry first.');
    standIn.retryTasks(ids);
    return done(
      reply,
      '/dashboard',
      `${ids.length} ${ids.length === 1 ? 'task is' : 'tasks are'} tried again.`,
    );
  });
  server.get('/version', async () => ({ version: versionOf(standIn) }));
}

function dashboard(standIn: StandIn): Markup {
  const { store, runner } = standIn;
  const tasks = store.tasks.list();
  const { active, paused } = runner.load();
  const figures = [
    ['People', store.people.list().length],
    ['Groups', store.groups.list().length],
    ['Assigned', store.appUsers.list().filter(({ assigned }) => assigned).length],
    ['Pushed groups', store.pushes.list().length],
    ['Jobs under way', active],
    ['Waiting after 429', paused],
  ] as const;
  return html`<h1>Dashboard</h1>
  <section class="card"><dl class="figures">${figures.map(([label, count]) => html`<div><dt>${label}</dt><dd>${count}</dd></div>`)}</dl></section>
  <h2>Tasks</h2>
  ${
    tasks.length === 0
      ? empty('No tasks.', 'Provisioning that failed stands here until it is tried again.')
      : html`<form method="post" action="/dashboard/tasks/retry">
      <table><thead><tr><th scope="col"><input type="checkbox" data-all="task" aria-label="Select all tasks"></th><th scope="col">Task</th><th scope="col">Since</th></tr></thead>
      <tbody>${tasks.map(taskRow)}</tbody></table>
      <div class="actions"><button class="primary">Retry Selected</button></div></form>`
  }`;
}

function taskRow({ id, title, error, createdAt }: Task): Markup {
  return html`<tr><td data-label="Selected"><input type="checkbox" name="task" value="${id}" aria-label="Select: ${title}"></td>
  <td data-label="Task">${title}: <span class="error">${error}</span></td><td data-label="Since">${time(createdAt)}</td></tr>`;
}
