import type { FastifyInstance } from 'fastify';
import type { DnsZone, TxtRecord } from './dns-zone.ts';
import { escaped, page } from './page.ts';

/** Where somebody does what they would do at their DNS provider: add and remove TXT records. */
export function registerDnsPage(server: FastifyInstance, zone: DnsZone): void {
  server.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, new URLSearchParams(String(body))),
  );
  server.get('/dns', (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(page('DNS', form + table(zone.records))),
  );
  server.post('/dns/add', ({ body }, reply) => {
    const record = recordOf(body);
    if (record.host.trim() !== '' && record.value.trim() !== '') zone.add(record);
    return reply.redirect('/dns', 303);
  });
  server.post('/dns/remove', ({ body }, reply) => {
    zone.remove(recordOf(body));
    return reply.redirect('/dns', 303);
  });
}

function recordOf(body: unknown): TxtRecord {
  if (!(body instanceof URLSearchParams)) return { host: '', value: '' };
  return { host: body.get('host') ?? '', value: body.get('value') ?? '' };
}

const form = `<p>In place of your DNS provider: the server of this demo asks here whether a domain is yours.</p>
<form method="post" action="/dns/add">
<label for="host">Host</label><input id="host" name="host" required autocomplete="off" spellcheck="false" placeholder="_rollcall.example.com">
<label for="value">TXT value</label><input id="value" name="value" required autocomplete="off" spellcheck="false" placeholder="rollcall-verification=…">
<button>Add record</button></form>`;

function table(records: readonly TxtRecord[]): string {
  if (records.length === 0) return '<p>There is no record yet.</p>';
  const rows = records.map(row).join('');
  return `<table><thead><tr><th>Host</th><th>TXT value</th><th>Remove</th></tr></thead><tbody>${rows}</tbody></table>`;
}

function row({ host, value }: TxtRecord): string {
  const fields = [
    ['host', host],
    ['value', value],
  ].map(
    ([name = '', text = '']) => `<input type="hidden" name="${name}" value="${escaped(text)}">`,
  );
  return `<tr><td>${escaped(host)}</td><td>${escaped(value)}</td><td><form method="post" action="/dns/remove">${fields.join('')}<button aria-label="Remove ${escaped(host)}">Remove</button></form></td></tr>`;
}
