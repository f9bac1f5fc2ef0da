/**
 * Runs the statements of a recording on SQLite with nothing above them, in a process of its own:
 * `node replay-sqlite.ts <file> <recording> <units a commit>`.
 */
import {
  openReader,
  openWriter,
} from '../../apps/server/src/database/dialect/sqlite/connection.ts';
import { type RecordedUnit, readRecording } from './recording.ts';

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

const begun = performance.now();
for (let index = 0; index < units.length; index += unitsPerCommit) {
  begin?.run();
  for (const unit of units.slice(index, index + unitsPerCommit)) {
    savepoint?.run();
    runUnit(unit);
    release?.run();
  }
  commit?.run();
}
const elapsed = performance.now() - begun;
console.log(JSON.stringify({ units: units.length, perSecond: (units.length * 1000) / elapsed }));

function runUnit({ statements }: RecordedUnit): void {
  for (const { text, values } of statements) {
    const statement = prepared[text];
    if (statement?.reader) statement.all(...values);
    else statement?.run(...values);
  }
}
