/**
 * Runs the statements of a recording on SQLite with nothing above them, in a process of its own:
 * `node replay-sqlite.ts <file> <recording> <units a commit>`.
 */
import { openReader, openWriter } from '../../apps/server/src/database/dialect/sqlite/handles.ts';
import { type RecordedUnit, readRecording, WARM_UP_SHARE } from './recording.ts';

const [file = '', recorded = '', batch = ''] = process.argv.slice(2);
const unitsPerCommit = Number(batch);
const { texts, units } = readRecording(recorded);
const writer = openWriter(file);
const reader = openReader(file);
const [begin, savepoint, release, commit] = [
  'begin immediate',
  'savepoint unit',
  'release unit',
  'commit',
].map((source) => writer.prepare(source));
const prepared = texts.map(({ sql, reads }) => (reads ? reader : writer).prepare<unknown[]>(sql));

const warmUp = Math.floor(units.length * WARM_UP_SHARE);
runAll(units.slice(0, warmUp));
const begun = performance.now();
runAll(units.slice(warmUp));
const elapsed = performance.now() - begun;
const counted = units.length - warmUp;
console.log(JSON.stringify({ units: counted, perSecond: (counted * 1000) / elapsed }));

function runAll(list: readonly RecordedUnit[]): void {
  for (let index = 0; index < list.length; index += unitsPerCommit) {
    begin?.run();
    for (const unit of list.slice(index, index + unitsPerCommit)) {
      savepoint?.run();
      runUnit(unit);
      release?.run();
    }
    commit?.run();
  }
}

function runUnit({ statements }: RecordedUnit): void {
  for (const { text, values } of statements) {
    const statement = prepared[text];
    if (statement?.reader) statement.all(...values);
    else statement?.run(...values);
  }
}
