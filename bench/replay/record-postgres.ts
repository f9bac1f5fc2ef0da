/** Preloaded into `rollcall start`: records the statements of every write unit. */
import pg, { type QueryConfig } from 'pg';
import { answerParent, type RecordedStatement, Recorder } from './recording.ts';

interface Watched {
  readonly number: number;
  /** Queries that are not answered yet. */
  waiting: number;
  unit: RecordedStatement[] | undefined;
}

const recorder = new Recorder();
const watched = new Map<pg.Client, Watched>();
/** Read outside of any unit: it goes with the next one, whose request read it. */
let reads: RecordedStatement[] = [];
answerParent(recorder);

/** The one signature, of the driver's many, that the product uses. */
type Query = (this: pg.Client, config: string | QueryConfig) => Promise<unknown>;
const { prototype } = pg.Client as unknown as { prototype: { query: Query } };
const { query } = prototype;

prototype.query = function (config) {
  const client = watch(this);
  if (typeof config === 'object') record(client, config);
  client.waiting += 1;
  return query.call(this, config).finally(() => {
    client.waiting -= 1;
  });
};

function watch(client: pg.Client): Watched {
  const known = watched.get(client);
  if (known !== undefined) return known;
  const added = { number: watched.size, waiting: 0, unit: undefined };
  watched.set(client, added);
  return added;
}

function record(client: Watched, { text, name, values = [] }: QueryConfig): void {
  if (text.startsWith('begin')) {
    client.unit = reads;
    reads = [];
  } else if (text === 'commit') {
    if (client.unit !== undefined) recorder.unit(client.number, client.unit, client.waiting > 0);
    client.unit = undefined;
  } else if (text === 'rollback') {
    client.unit = undefined;
  } else {
    const together = client.waiting > 0;
    const isRead = client.unit === undefined;
    const statement = recorder.statement({ sql: text, name, reads: isRead }, [...values], together);
    (client.unit ?? reads).push(statement);
  }
}
