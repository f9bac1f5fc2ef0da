import { Readable } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readBody } from './body.ts';

const megabyte = 1024 * 1024;

const read = (parts: readonly Uint8Array[]) =>
  readBody(Readable.from(parts.map((part) => Buffer.from(part))), {}, megabyte, 'generic');

/** Bytes, and where they are cut. */
const cutAnywhere = (bytes: Buffer, cuts: readonly number[]) => {
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  return [...places, bytes.length].map((to, at) => bytes.subarray(places[at - 1] ?? 0, to));
};

test('H-08 a text is the same wherever the network cuts it, in the middle of a character too', async () => {
  const text = fc.string({ unit: 'binary', minLength: 1 }).filter((one) => one.isWellFormed());
  await fc.assert(
    fc.asyncProperty(text, fc.array(fc.nat()), async (sent, cuts) => {
      expect((await read(cutAnywhere(Buffer.from(sent), cuts))).text).toBe(sent);
    }),
  );
});

test('H-08 bytes are refused wherever they are cut exactly where they are no UTF-8 as a whole', async () => {
  const isUtf8 = (bytes: Uint8Array) => {
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes) !== undefined;
    } catch {
      return false;
    }
  };
  const near = fc.constantFrom(0x41, 0x80, 0xbf, 0xc3, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0xff);
  const bytes = fc.uint8Array({ minLength: 1 });
  const alike = fc.array(near, { minLength: 1 }).map((codes) => Uint8Array.from(codes));
  await fc.assert(
    fc.asyncProperty(fc.oneof(bytes, alike), fc.array(fc.nat()), async (sent, cuts) => {
      const answer = read(cutAnywhere(Buffer.from(sent), cuts)).then(
        () => 'read',
        ({ status }) => status,
      );
      expect(await answer).toBe(isUtf8(sent) ? 'read' : 400);
    }),
  );
});
