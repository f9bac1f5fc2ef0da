import { expect, it } from 'vitest';
import { fingerprint } from './fingerprint.ts';
import { schemaSteps } from './migrations/index.ts';

const of = (...statements: string[]) => fingerprint({ statements: () => statements }, 'sqlite');

const table = 'create table teams (\n  id text primary key,\n  name text not null\n)';

it('does not tell line breaks and indents apart', () => {
  expect(of(table.replaceAll('\n', '\n\t\t'))).toBe(of(table));
  expect(of(table.replaceAll(/\s+/g, ' '))).toBe(of(table));
});

it.each([
  ['a column', [table.replace('name', 'label')]],
  ['a type', [table.replace('name text', 'name integer')]],
  ['a case', [table.replace('name', 'Name')]],
  ['one more statement', [table, 'create index teams_name on teams (name)']],
  ['no statement', []],
])('tells another text apart: %s', (_, statements) => {
  expect(of(...statements)).not.toBe(of(table));
});

it('tells the order of statements apart, and where one ends', () => {
  expect(of('a', 'b')).not.toBe(of('b', 'a'));
  expect(of('a', 'b')).not.toBe(of('a b'));
});

it('is another one on each engine', () => {
  for (const step of schemaSteps) {
    expect(fingerprint(step, 'postgres')).not.toBe(fingerprint(step, 'sqlite'));
  }
});
