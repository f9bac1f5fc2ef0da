import { openDatabase, type Placeholders, statement } from '../../src/database/index.ts';

/**
 * A process to kill: writes units of two rows each for as long as it lives, and says `ok <number>` for each that was
 * acknowledged. Started as `node crash-writer.ts <url> [before-commit | after-commit]`; with a fault it kills itself there.
 */
const insertFact = statement('crash.insert-fact', (db, p: Placeholders<{ name: string }>) =>
  db.insertInto('database_facts').values({ name: p.name, value: '' }),
);

const CONCURRENT_UNITS = 20;
const UNITS_BEFORE_FAULT = 100;

const [url = '', fault] = process.argv.slice(2);
let commits = 0;

function die(): void {
  commits += 1;
  if (commits > UNITS_BEFORE_FAULT / CONCURRENT_UNITS) process.kill(process.pid, 'SIGKILL');
}

const database = await openDatabase({
  url,
  poolSize: 10,
  faults:
    fault === 'before-commit'
      ? { beforeCommit: die }
      : fault === 'after-commit'
        ? { afterCommit: die }
        : {},
});

let next = 0;

async function write(): Promise<never> {
  for (;;) {
    const number = next;
    next += 1;
    await database.write(async (tx) => {
      await tx.run(insertFact, { name: `crash-${number}-a` });
      await tx.run(insertFact, { name: `crash-${number}-b` });
    });
    process.stdout.write(`ok ${number}\n`);
  }
}

await Promise.all(Array.from({ length: CONCURRENT_UNITS }, write));
