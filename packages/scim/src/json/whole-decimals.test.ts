import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { finish } from '../steps.ts';
import { WholeDecimal } from './json-value.ts';
import { markWholeDecimals } from './whole-decimals.ts';

const decimals = `[${'1.0,'.repeat(2_000)}1.0]`;

describe('markWholeDecimals', () => {
  test('F-38 a long name with thousands of decimals behind it is read once', () => {
    const name = 'k'.repeat(5_000);
    const json = `{"${name}":{"":${decimals}}}`;
    const value = JSON.parse(json);
    const parse = vi.spyOn(JSON, 'parse');
    onTestFinished(() => parse.mockRestore());
    finish(markWholeDecimals(json, value));
    expect(parse.mock.calls).toEqual([[`"${name}"`], ['""']]);
    expect(value[name][''].at(-1)).toEqual(new WholeDecimal(1));
  });

  test('F-38 what decimals are nested in is entered once, not once for each', () => {
    const list: number[] = JSON.parse(decimals);
    let entered = 0;
    const value = {
      get list() {
        entered += 1;
        return list;
      },
    };
    finish(markWholeDecimals(`{"list":${decimals}}`, value));
    expect(entered).toBe(1);
    expect(list.at(-1)).toEqual(new WholeDecimal(1));
  });

  test('F-38 no step goes over more than some thousand characters', () => {
    const json = `[${'1.0,'.repeat(100_000)}1.0]`;
    const steps = markWholeDecimals(json, JSON.parse(json));
    expect([...steps].length).toBeGreaterThanOrEqual(json.length / 40_000);
  });
});
