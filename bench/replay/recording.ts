import { readFileSync, writeFileSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';

/** One statement as the product sent it. */
export interface RecordedStatement {
  /** Index into `texts`. */
  readonly text: number;
  readonly values: readonly unknown[];
  /** On PostgreSQL: it was sent before the one before it was answered. */
  readonly together?: boolean;
}

/** What one request did to the database, in order; without BEGIN, savepoints and COMMIT. */
export interface RecordedUnit {
  /** On PostgreSQL: the connection, numbered from 0. */
  readonly connection: number;
  readonly statements: readonly RecordedStatement[];
  /** On PostgreSQL: COMMIT was sent before the last of them was answered. */
  readonly together?: boolean;
}

interface Text {
  readonly sql: string;
  /** On PostgreSQL: the name of the prepared statement. */
  readonly name: string | undefined;
  /** It ran outside of the unit; on SQLite on the handle that only reads. */
  readonly reads: boolean;
}

/** What a server process did while it was recorded. */
export interface Recording {
  readonly texts: readonly Text[];
  readonly units: readonly RecordedUnit[];
}

/** Collects a recording. */
export class Recorder {
  readonly #indexes = new Map<string, number>();
  readonly #texts: Text[] = [];
  readonly #units: RecordedUnit[] = [];

  statement(
    { sql, name, reads }: Text,
    values: readonly unknown[],
    together = false,
  ): RecordedStatement {
    const key = `${reads} ${sql}`;
    let text = this.#indexes.get(key);
    if (text === undefined) {
      text = this.#texts.push({ sql, name, reads }) - 1;
      this.#indexes.set(key, text);
    }
    return together ? { text, values, together } : { text, values };
  }

  /** Keeps the unit of a request, which logs itself; what the server writes on its own account is passed over. */
  unit(connection: number, statements: readonly RecordedStatement[], together = false): void {
    const isRequest = statements.some(({ text }) => this.#isLogLine(text));
    if (isRequest) this.#units.push({ connection, statements, together });
  }

  save(file: string): number {
    const recording: Recording = { texts: this.#texts, units: this.#units };
    writeFileSync(file, serialize(recording));
    return this.#units.length;
  }

  #isLogLine(text: number): boolean {
    return this.#texts[text]?.sql.startsWith('insert into "request_log"') === true;
  }
}

/** The share of a recording that a replay runs before it looks at the clock: the measured server was warm too. */
export const WARM_UP_SHARE = 0.25;

/** Reads what a `Recorder` has saved. */
export function readRecording(file: string): Recording {
  // Written by `save`.
  return deserialize(readFileSync(file)) as Recording;
}

/** Answers the parent's question for the recording, without keeping the process alive for it. */
export function answerParent(recorder: Recorder): void {
  process.on('message', ({ save }: { save: string }) => {
    process.send?.({ units: recorder.save(save) });
  });
  process.channel?.unref();
}
