import { randomFillSync } from 'node:crypto';

const counterBits = 0xfff;
let lastMilliseconds = 0;
let counter = 0;
/** The first 13 characters of an id: the time. */
let timeText = '';

/** Bytes of an id; those of many are drawn at once, since each drawing is a call out of JavaScript. */
const BYTES = 9;
const pool = Buffer.alloc(512 * BYTES);
let drawn = pool.length;

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
    counter = pool.readUInt8(from + 8);
  } else if (counter < counterBits) {
    counter += 1;
  } else {
    setTime(lastMilliseconds + 1);
    counter = 0;
  }
  pool[from] = 0x80 | (pool.readUInt8(from) & 0x3f);
  const random = pool.toString('hex', from, from + 8);
  const count = (0x7000 | counter).toString(16);
  return `${timeText}-${count}-${random.slice(0, 4)}-${random.slice(4)}`;
}

function setTime(milliseconds: number): void {
  lastMilliseconds = milliseconds;
  const hex = milliseconds.toString(16).padStart(12, '0');
  timeText = `${hex.slice(0, 8)}-${hex.slice(8)}`;
}

/** Where the bytes of the next id stand in the pool. */
function draw(): number {
  if (drawn === pool.length) {
    randomFillSync(pool);
    drawn = 0;
  }
  drawn += BYTES;
  return drawn - BYTES;
}

/** When a UUIDv7 was made, UTC milliseconds. */
export function timeOfId(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}
