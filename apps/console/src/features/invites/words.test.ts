import { expect, it } from 'vitest';
import { readDomains, ruleInWords } from './words.ts';

it('reads domains as people list them', () => {
  expect(readDomains(' a.example, b.example;\nc.example\n')).toEqual([
    'a.example',
    'b.example',
    'c.example',
  ]);
  expect(readDomains(' ')).toEqual([]);
});

it('tells a rule in words', () => {
  expect(ruleInWords({ rule: 'all', domains: [] })).toBe('All domains');
  expect(ruleInWords({ rule: 'custom', domains: ['a.example', 'b.example'] })).toBe(
    'Custom domains: a.example, b.example',
  );
});
