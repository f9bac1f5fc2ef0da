import type { Random } from './random.ts';

const pieces = [
  '"',
  '\\',
  '[',
  ']',
  '(',
  ')',
  '{',
  '}',
  ',',
  ':',
  ' ',
  '.',
  '$',
  '%',
  '\0',
  '\ufeff',
];
const words = [
  'and',
  'or',
  'not',
  'eq',
  'pr',
  'null',
  'true',
  '\\u0000',
  '\\ud800',
  '1e999',
  '__proto__',
];

/** Bytes of a text with a few of them changed, dropped, doubled or moved. */
export function mutated(random: Random, text: string): Buffer {
  let bytes = Buffer.from(text);
  const times = 1 + random.below(4);
  for (let time = 0; time < times; time += 1) bytes = mutatedOnce(random, bytes);
  return bytes;
}

function mutatedOnce(random: Random, bytes: Buffer): Buffer<ArrayBuffer> {
  const at = random.below(bytes.length + 1);
  const end = Math.min(bytes.length, at + 1 + random.below(8));
  const [head, middle, tail] = [
    bytes.subarray(0, at),
    bytes.subarray(at, end),
    bytes.subarray(end),
  ];
  switch (random.below(6)) {
    case 0:
      return Buffer.concat([head, tail]);
    case 1:
      return Buffer.concat([head, middle, middle, tail]);
    case 2:
      return Buffer.concat([head, Buffer.from(random.pick(pieces)), middle, tail]);
    case 3:
      return Buffer.concat([head, Buffer.from(random.pick(words)), tail]);
    case 4:
      return Buffer.concat([head, Buffer.from([random.below(256)]), tail]);
    default:
      return Buffer.concat([tail, middle, head]);
  }
}
