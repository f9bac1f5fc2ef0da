/** Preloaded into `rollcall start` on SQLite: counts units and commits, so that a replay can have batches of the same size. */
import BetterSqlite3 from 'better-sqlite3';

let units = 0;
let commits = 0;

const { exec, prepare } = BetterSqlite3.prototype;

BetterSqlite3.prototype.exec = function (this: BetterSqlite3.Database, source: string) {
  count(source);
  return exec.call(this, source);
};

BetterSqlite3.prototype.prepare = function (this: BetterSqlite3.Database, source: string) {
  const prepared: BetterSqlite3.Statement<unknown[]> = prepare.call(this, source);
  if (source !== 'commit' && source !== 'release unit') return prepared;
  const { run } = prepared;
  prepared.run = (...values: unknown[]) => {
    count(source);
    return run.apply(prepared, values);
  };
  return prepared;
  // The type of the driver is generic over the values of each statement; this passes any through.
} as typeof prepare;

process.on('message', (question: { readonly commits?: true }) => {
  if (question.commits) process.send?.({ units, commits });
});
process.channel?.unref();

function count(source: string): void {
  if (source === 'release unit') units += 1;
  else if (source === 'commit') commits += 1;
}
