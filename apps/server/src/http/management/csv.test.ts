import { expect, it } from 'vitest';
import { csvLine } from './csv.ts';

it('quotes what would break a line, and leaves the rest', () => {
  expect(csvLine(['Ada', 'a,b', 'say "hi"', 'two\nlines', 7, null])).toBe(
    'Ada,"a,b","say ""hi""","two\nlines",7,\r\n',
  );
});

it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1'])('makes the formula %j a text', (formula) => {
  expect(csvLine([formula])).toBe(`'${formula}\r\n`);
});

it('leaves numbers alone', () => {
  expect(csvLine([-5])).toBe('-5\r\n');
});
