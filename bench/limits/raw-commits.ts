/** Commits of one small row each, in a process of its own: `node raw-commits.ts <database url> <milliseconds>`. */
import pg from 'pg';
import { openWriter } from '../../apps/server/src/database/dialect/sqlite/handles.ts';
import { CONNECTIONS } from '../load.ts';

const [url = '', duration = ''] = process.argv.slice(2);
const milliseconds = Number(duration);
const commits = url.startsWith('sqlite:') ? onSqlite() : await onPostgres();
console.log(JSON.stringify({ perSecond: commits }));

/** One after the other, as SQLite takes them; with the settings of the product's own handle. */
function onSqlite(): number {
  const handle = openWriter(url.slice('sqlite:'.length));
  handle.exec('create table if not exists raw_commits (id integer primary key, value text) strict');
  const insert = handle.prepare('insert into raw_commits (value) values (?)');
  const begun = performance.now();
  let count = 0;
  while (performance.now() - begun < milliseconds) {
    insert.run('a small row');
    count += 1;
  }
  handle.close();
  return (count * 1000) / (performance.now() - begun);
}

/** On as many connections as the product has. */
async function onPostgres(): Promise<number> {
  const clients = Array.from({ length: CONNECTIONS }, () => new pg.Client(url));
  await Promise.all(clients.map((client) => client.connect()));
  await clients[0]?.query(
    'create table if not exists raw_commits (id bigserial primary key, value text)',
  );
  const begun = performance.now();
  let count = 0;
  const commitOn = async (client: pg.Client) => {
    while (performance.now() - begun < milliseconds) {
      const text = 'insert into raw_commits (value) values ($1)';
      await client.query({ name: 'raw', text, values: ['a small row'] });
      count += 1;
    }
  };
  await Promise.all(clients.map(commitOn));
  const perSecond = (count * 1000) / (performance.now() - begun);
  await Promise.all(clients.map((client) => client.end()));
  return perSecond;
}
