import type { FastifyInstance } from 'fastify';
import { ActionRefused } from '../provisioning/refused.ts';
import type { Exchange } from '../store/exchanges.ts';
import type { Console } from './console.ts';
import { button } from './forms.ts';
import { html, type Markup } from './html.ts';
import { empty, time } from './layout.ts';

const pageSize = 100;

/** Every request that was sent, and its answer. */
export function registerRequestPages(
  server: FastifyInstance,
  { standIn, show, done }: Console,
): void {
  const { exchanges } = standIn.store;
  server.get<{ Querystring: { before?: string } }>('/requests', async (request, reply) => {
    const { before } = request.query;
    const list = exchanges.list(pageSize, before === undefined ? undefined : Number(before));
    const live = before === undefined;
    return show(request, reply, {
      title: 'Requests sent',
      section: 'requests',
      live,
      body: listPage(list),
    });
  });
  server.post('/requests/clear', async (_request, reply) => {
    exchanges.clear();
    return done(reply, '/requests', 'The log is empty.');
  });
  server.get<{ Params: { id: string } }>('/requests/:id', async (request, reply) => {
    const exchange = exchanges.get(Number(request.params.id));
    if (exchange === undefined)
      throw new ActionRefused('This request is not in the log any more.', 404);
    const title = `${exchange.method} ${shorten(exchange.url)}`;
    return show(request, reply, { title, section: 'requests', body: detailPage(exchange) });
  });
}

function listPage(list: readonly Exchange[]): Markup {
  const last = list.at(-1);
  return html`<div class="title"><h1>Requests sent</h1>${list.length > 0 && html`<div class="actions">${button('/requests/clear', 'Clear')}</div>`}</div>
  ${
    list.length === 0
      ? empty('Nothing has been sent yet.', 'Test the connector, assign a person, or push a group.')
      : html`<table class="log"><thead><tr><th scope="col">Time (UTC)</th><th scope="col">Request</th><th scope="col">Status</th><th scope="col">For</th><th scope="col" class="number">Time</th></tr></thead>
    <tbody>${list.map(row)}</tbody></table>
    ${list.length === pageSize && last !== undefined && html`<div class="actions"><a class="button" href="/requests?before=${last.id}">Older</a></div>`}`
  }`;
}

function row(exchange: Exchange): Markup {
  const { id, at, method, url, purpose, duration, notes } = exchange;
  return html`<tr><td data-label="Time (UTC)">${time(at)}</td>
  <td data-label="Request"><a href="/requests/${id}"><code>${method} ${shorten(url)}</code></a>${notes.length > 0 && html` <span class="chip warn">${notes.length} ${notes.length === 1 ? 'note' : 'notes'}</span>`}</td>
  <td data-label="Status">${status(exchange)}</td><td data-label="For">${purpose}</td>
  <td data-label="Time" class="number">${duration} ms</td></tr>`;
}

function status({ status: code }: Exchange): Markup {
  if (code === null) return html`<span class="chip bad">No answer</span>`;
  return html`<span class="chip ${code < 300 ? 'good' : 'bad'}">${code}</span>`;
}

/** Path and query behind the host, readable. */
function shorten(url: string): string {
  const { pathname, search } = new URL(url);
  const path = /\/(Users|Groups)\b.*/.exec(pathname)?.[0] ?? pathname;
  try {
    return path + decodeURIComponent(search.replaceAll('+', ' '));
  } catch {
    return path + search;
  }
}

function detailPage(exchange: Exchange): Markup {
  const { method, url, purpose, at, duration, notes } = exchange;
  return html`<p><a href="/requests">Requests sent</a></p>
  <h1 class="wrap">${method} ${shorten(url)}</h1>
  <p class="lede">${status(exchange)} ${purpose} · ${time(at)} UTC · ${duration} ms</p>
  ${notes.length > 0 && html`<div class="notice problem"><ul>${notes.map((note) => html`<li>${note}</li>`)}</ul></div>`}
  <section class="card"><h2>Request</h2><pre>${method} ${url}</pre>${message(exchange.requestHeaders, exchange.requestBody)}</section>
  <section class="card"><h2>Answer</h2>${exchange.status === null ? html`<p>No answer arrived.</p>` : message(exchange.responseHeaders, exchange.responseBody)}</section>`;
}

function message(headers: Readonly<Record<string, string>>, body: string | null): Markup {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return html`<h3>Headers</h3><pre>${lines.join('\n')}</pre>${body !== null && body !== '' && html`<h3>Body</h3><pre>${pretty(body)}</pre>`}`;
}

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
