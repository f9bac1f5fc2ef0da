import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codeOf, refusalOf } from '../../test/support.ts';
import { ScimError } from '../message/error.ts';
import { WholeDecimal } from './json-value.ts';
import { defaultJsonLimits, parseJson, parseJsonInSteps } from './parse-json.ts';

describe('parseJson', () => {
  test('H-08 reads what JSON allows', () => {
    const text = '{"a":[1,-2.5e3,true,false,null,"\\u0041\\n"],"b":{}}';
    const [decimal, b] = [new WholeDecimal(-2500), {}];
    expect(parseJson(text)).toEqual({ a: [1, decimal, true, false, null, 'A\n'], b });
  });

  test('A-19 tells whole numbers that are not written as such, wherever they stand', () => {
    const written = (text: string) => Object(parseJson(text));
    for (const text of ['1.0', '-1.0', '1e2', '1E2', '1.5e1', '-10e-1', '0.0']) {
      const decimal = new WholeDecimal(Number(text));
      expect(written(`[${text},{"a":${text}}]`), text).toEqual([decimal, { a: decimal }]);
      expect(written(`{"list":[${'{},'.repeat(2_000)}${text}]}`).list.at(-1)).toEqual(decimal);
      expect(JSON.stringify(written(text))).toBe(`${Number(text)}`);
    }
    for (const text of ['1', '-1', '0', '1.5', '1e-2', '1e300', '9007199254740993.0']) {
      expect(written(`[${text},true,false,"1e2"]`), text).toEqual([
        Number(text),
        true,
        false,
        '1e2',
      ]);
    }
  });

  test('A-19 tells them in any text of JSON, and long after the first thousands of characters', () => {
    const number = fc.constantFrom('0', '-1', '1.5', '1.0', '-2.50e1', '1e2', '1e-1', '1e300');
    const name = fc.constantFrom('"a"', '"1"', '"\\u0061b"', '"__proto__"', '",[{:}]\\""', '"1.0"');
    const { tree } = fc.letrec<{ tree: string }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        number,
        fc.constantFrom('true', 'false', 'null', '"e1.0"', '"\\\\"', '{}', '[ ]'),
        fc.array(tie('tree')).map((items) => `[${items.join(' , ')}]`),
        fc
          .uniqueArray(fc.tuple(name, tie('tree')), { selector: ([one]) => one })
          .map((members) => `{${members.map((member) => member.join(' :')).join(',\n')}}`),
      ),
    }));
    fc.assert(
      fc.property(tree, fc.boolean(), (text, isLong) => {
        const json = isLong ? `{"pad":"${'.'.repeat(100_000)}","of":${text}}` : text;
        expect(parseJson(json)).toEqual(JSON.parse(json, withDecimals));
      }),
    );
  });

  test('H-09 skips a leading byte-order mark', () => {
    expect(parseJson('\uFEFF{"a":1}')).toEqual({ a: 1 });
  });

  test.each([
    ['an empty body', '', 1, 1],
    ['an object that does not end', '{', 1, 2],
    ['a trailing comma', '[1,]', 1, 4],
    ['a missing colon', '{"a" 1}', 1, 6],
    ['a bare word', '{"a":\n  yes}', 2, 3],
    ['a name without quotes', '{a:1}', 1, 2],
    ['something after the value', '{} {}', 1, 4],
    ['a number with a leading zero', '[01]', 1, 3],
    ['an unknown escape', '"\\x"', 1, 2],
    ['a raw control character', '"a\tb"', 1, 3],
    ['a text that does not end', '["a', 1, 4],
    ['U+0000 in a text (I-03)', '{"a":"x\\u0000"}', 1, 6],
    ['U+0000 in a name', '{"a\\u0000":1}', 1, 2],
    ['half of a surrogate pair (I-05)', '{"a":"\\ud800"}', 1, 6],
    ['half of a surrogate pair, raw', '{"a":"\ud800"}', 1, 6],
    ['an exact duplicate (A-08)', '{"userName":"a","userName":"b"}', 1, 17],
    ['a duplicate in another case (A-07)', '{"userName":"a",\n"username":"b"}', 2, 1],
    ['a duplicate written with an escape', '{"ab":1,"\\u0061b":2}', 1, 9],
    ['a duplicate deep inside', '{"x":[{"y":{"a":1,"A":2}}]}', 1, 19],
  ])('H-08 refuses %s with line and column', (_, text, line, column) => {
    const refusal = refusalOf(() => parseJson(text));
    expect(refusal.scimType).toBe('invalidSyntax');
    expect(refusal.detail).toContain(`at line ${line}, column ${column}.`);
  });

  test('A-07 finds a duplicate among many names', () => {
    const names = Array.from({ length: 40 }, (_, index) => `"name${index}":1`);
    expect(codeOf(() => parseJson(`{${names.join(',')},"NAME7":2}`))).toBe('invalidSyntax');
  });

  test('a member named __proto__ is an own member and changes no prototype', () => {
    const value = parseJson('{"__proto__":{"polluted":true}}');
    expect(Object.keys(Object(value))).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect('polluted' in {}).toBe(false);
  });

  test('F-38 refuses deep nesting before it costs anything', () => {
    const refusal = refusalOf(() => parseJson('['.repeat(1_000_000)));
    expect(refusal.detail).toContain('32 deep');
    const limits = { ...defaultJsonLimits, depth: 2 };
    expect(parseJson('[[1]]', limits)).toEqual([[1]]);
    expect(codeOf(() => parseJson('[[[1]]]', limits))).toBe('invalidSyntax');
  });

  test('F-38 refuses an object with more than a thousand members, wherever it stands and whatever surrounds it', () => {
    const object = (count: number) =>
      `{${Array.from({ length: count }, (_, index) => `"name${index}":{"a":1}`).join(',')}}`;
    for (const around of ['%', '[[],%]', '{"a":[{"b":1,"c":%}],"d":1}']) {
      const refusal = refusalOf(() => parseJson(around.replace('%', object(1_001))));
      expect([refusal.scimType, refusal.detail]).toEqual([
        'invalidSyntax',
        'The body has an object of more than 1000 members. Send those that SCIM knows.',
      ]);
      expect(parseJson(around.replace('%', object(990)))).toBeDefined();
    }
  });

  test('F-38 takes a group of 100,000 members with all that is said of them, and refuses millions of values', () => {
    const member = '{"value":"1","$ref":"2","display":"3","type":"User"}';
    const members = `{"members":[${member}${`,${member}`.repeat(99_999)}]}`;
    expect(Object(parseJson(members)).members).toHaveLength(100_000);
    const refusal = refusalOf(() => parseJson(`[${'0,'.repeat(1_000_000)}0]`));
    expect(refusal.detail).toBe('The body has more than 600000 values. Send several requests.');
    expect(codeOf(() => parseJson(`[${'{},'.repeat(600_000)}0]`))).toBe('invalidSyntax');
  });

  test('brackets inside a text do not count as nesting', () => {
    expect(parseJson(JSON.stringify('[{"\\'.repeat(100)))).toBe('[{"\\'.repeat(100));
  });

  test('takes exactly the texts that JSON.parse takes, apart from its own rules', () => {
    const texts = fc.oneof(
      fc.json({ maxDepth: 5 }),
      fc.string({ unit: fc.constantFrom(...'{}[]",:\\u0019ae-+.tfn \n\tA\0') }),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const strict = outcome(() => parseJson(text));
        const native = outcome(() => JSON.parse(text, withDecimals));
        if (strict instanceof ScimError) expect(strict.detail).toMatch(/line \d+, column \d+|deep/);
        else expect(strict).toEqual(native);
        if (native instanceof SyntaxError) expect(strict).toBeInstanceOf(ScimError);
      }),
      { numRuns: 2_000 },
    );
  });

  test('reads a long array in pieces as it would be read whole, and finds what is wrong beside a cut', () => {
    const frames = [
      '{"a":[],"list":%,"b":{"c":1}}',
      '{"1":%,"0":[2]}',
      '{"__proto__":%}',
      '{"a":%,"a":1}',
      '[%]',
      '%',
    ];
    const long = fc.record({
      frame: fc.constantFrom(...frames),
      items: fc.constantFrom(999, 1_000, 1_001, 2_000, 2_001),
      // Beside the first cut, beside the second, at the end.
      at: fc.oneof(fc.integer({ min: 990, max: 1_010 }), fc.integer({ min: 1_990, max: 2_001 })),
      item: fc.constantFrom(
        '{"value":"a\\"]"}',
        '{"v,[":[{},1e2,{"\\\\\\"":{"__proto__":1.0}}]}',
        '{"v":1,"V":2}',
        '',
        ',',
        ']',
        '}',
        '[1]',
        '{"a":1}]',
        '"\\u0000"',
        '"\ud800"',
      ),
    });
    fc.assert(
      fc.property(long, ({ frame, items, at, item }) => {
        const list = Array.from({ length: items }, (_, index) => `{"value":"${index}"}`);
        const text = frame.replace(
          '%',
          () => `[${list.with(Math.min(at, items - 1), item).join(',')}]`,
        );
        const strict = outcome(() => parseJson(text));
        const native = outcome(() => JSON.parse(text, withDecimals));
        if (strict instanceof ScimError) expect(strict.detail).toMatch(/line \d+, column \d+/);
        else expect(strict).toEqual(native);
        if (native instanceof SyntaxError) expect(strict).toBeInstanceOf(ScimError);
      }),
    );
  });

  test('no step reads more than a thousand items of a group of 100,000', () => {
    const members = Array.from({ length: 100_000 }, (_, value) => ({ value: `${value}` }));
    const steps = parseJsonInSteps(JSON.stringify({ members }));
    expect([...steps].length).toBeGreaterThanOrEqual(100);
  });

  test('no step looks for a fault in more than some thousand characters, however deep they stand', () => {
    const text = `${'['.repeat(30)}${'{"a":1},'.repeat(100_000)}`;
    const steps = parseJsonInSteps(text);
    let taken = 0;
    const refusal = refusalOf(() => {
      for (const _ of steps) taken += 1;
    });
    expect(refusal.detail).toContain(`line 1, column ${text.length + 1}.`);
    expect(taken).toBeGreaterThanOrEqual(text.length / 20_000);
  });

  test('takes whatever JSON.stringify writes of objects whose names differ', () => {
    const name = fc.string({ unit: fc.constantFrom(...'abcdé😀"\\ ') });
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 3 },
        fc.string({ unit: fc.constantFrom(...'ab"\\\n{[:😀é') }),
        fc.double({ noDefaultInfinity: true, noNaN: true }).map((value) => value || 0),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(name, tie('tree'), { maxKeys: 4, noNullPrototype: true }),
      ),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        expect(parseJson(JSON.stringify(value))).toEqual(value);
      }),
    );
  });
});

/** Slow, and right: native parsing tells how each number is written. */
function withDecimals(_: string, value: unknown, { source = '' }: { source?: string } = {}) {
  const isDecimal = Number.isSafeInteger(value) && /[.e]/i.test(source);
  return isDecimal ? new WholeDecimal(Number(value)) : value;
}

function outcome(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}
