import { randomBytes } from 'node:crypto';

const counterBits = 0xfff;
let lastMilliseconds = 0;
let counter = 0;

/**
 * A UUIDv7 (RFC 9562 §5.7), lower case. Ids of one process are strictly increasing, also within a millisecond and when
 * the clock steps back; ids of two processes follow their clocks.
 *
 * @param at UTC milliseconds
 */
export function newId(at: number): string {
  if (at > lastMilliseconds) {
    lastMilliseconds = at;
    counter = randomBytes(1).readUInt8();
  } else if (counter < counterBits) {
    counter += 1;
  } else {
    lastMilliseconds += 1;
    counter = 0;
  }
  const bytes = randomBytes(16);
  bytes.writeUIntBE(lastMilliseconds, 0, 6);
  bytes.writeUInt16BE(0x7000 | counter, 6);
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** When a UUIDv7 was made, UTC milliseconds. */
export function timeOfId(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}
