/** Preloaded into `rollcall start`: records the statements of every write unit. */
import BetterSqlite3 from 'better-sqlite3';
import { answerParent, type RecordedStatement, Recorder } from './recording.ts';

const recorder = new Recorder();
let current: RecordedStatement[] = [];
answerParent(recorder);

const { prepare, exec } = BetterSqlite3.prototype;

BetterSqlite3.prototype.exec = function (this: BetterSqlite3.Database, source: string) {
  boundary(source);
  return exec.call(this, source);
};

BetterSqlite3.prototype.prepare = function (this: BetterSqlite3.Database, source: string) {
  const prepared: BetterSqlite3.Statement<unknown[]> = prepare.call(this, source);
  const { run, all } = prepared;
  const record = (values: readonly unknown[]) => {
    if (boundary(source)) return;
    const text = { sql: source, name: undefined, reads: this.readonly };
    current.push(recorder.statement(text, values));
  };
  prepared.run = (...values: unknown[]) => {
    record(values);
    return run.apply(prepared, values);
  };
  prepared.all = (...values: unknown[]) => {
    record(values);
    return all.apply(prepared, values);
  };
  return prepared;
  // The type of the driver is generic over the values of each statement; this passes any through.
} as typeof prepare;

/** Units stand one after the other between a savepoint and its release. True for what opens or ends something. */
function boundary(source: string): boolean {
  if (source === 'release unit') {
    recorder.unit(0, current);
    current = [];
  } else if (source.startsWith('rollback')) {
    current = [];
  }
  return /^(begin|commit|savepoint|release|rollback|pragma)\b/i.test(source);
}
