import { randomFillSync } from 'node:crypto';

const counterBits = 0xfff;
let lastMilliseconds = 0;
let counter = 0;
/** The first 13 characters of an id: the time. */
let timeText = '';

/** Random bytes of an id: one for where the counter begins, then eight that begin with the variant. */
const BYTES = 9;
const DIGITS = BYTES * 2;
/** Those of many ids are drawn and written as digits at once, since each is a call out of JavaScript. */
const pool = Buffer.alloc(512 * BYTES);
let digits = '';
let drawn = 0;

/**
 * A UUIDv7 (RFC 9562 §5.7), lower case. Ids of one process are strictly increasing, also within a millisecond and when
 * the clock steps back; ids of two processes follow their clocks.
 *
 * @param at UTC milliseconds
 */
export function newId(at: number): string {
  const from = draw();
  if (at > lastMilliseconds) {
    setTime(at);
    counter = Number.parseInt(digits.slice(from, from + 2), 16);
  } else if (counter < counterBits) {
    counter += 1;
  } else {
    setTime(lastMilliseconds + 1);
    counter = 0;
  }
  const count = (0x7000 | counter).toString(16);
  return `${timeText}-${count}-${digits.slice(from + 2, from + 6)}-${digits.slice(from + 6, from + DIGITS)}`;
}

function setTime(milliseconds: number): void {
  lastMilliseconds = milliseconds;
  const hex = milliseconds.toString(16).padStart(12, '0');
  timeText = `${hex.slice(0, 8)}-${hex.slice(8)}`;
}

/** Where the digits of the next id stand. */
function draw(): number {
  if (drawn === digits.length) fill();
  drawn += DIGITS;
  return drawn - DIGITS;
}

function fill(): void {
  randomFillSync(pool);
  for (let at = 1; at < pool.length; at += BYTES) pool[at] = 0x80 | (pool.readUInt8(at) & 0x3f);
  digits = pool.toString('hex');
  drawn = 0;
}

/** When a UUIDv7 was made, UTC milliseconds. */
export function timeOfId(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}
