import { describe, expect, it } from 'vitest';
import { offendingPiece } from './offending-piece.ts';

const users = '/scim/d/v2/Users';
const sent = (body: unknown) => ({ request: { headers: {}, body } });
const none = sent(undefined);

describe('The piece of a request that an error speaks of', () => {
  it('stands in the filter at its position, although the same text comes before', () => {
    const filter = encodeURIComponent('eq eq "x"');
    const detail = 'The filter needs an operator, but there is "eq" at position 4. Write it like …';
    expect(offendingPiece({ path: `${users}?filter=${filter}`, detail, ...none })).toEqual({
      source: 'Filter',
      before: 'eq ',
      piece: 'eq',
      after: ' "x"',
    });
  });

  it('stands in the filter where the error gives no position, without regard to case', () => {
    const detail = 'The filter names "shoesize", which User does not have.';
    const path = `${users}?count=1&filter=active+eq+true+and+shoeSize+gt+40`;
    expect(offendingPiece({ path, detail, ...none })).toMatchObject({
      before: 'active eq true and ',
      piece: 'shoeSize',
    });
  });

  it('stands in a body that could not be read at its line and column', () => {
    const body = '{\n  "a": 1,\n  oops\n}';
    const detail =
      'The body is not valid JSON: a name must be in double quotes at line 3, column 3.';
    expect(offendingPiece({ path: users, detail, ...sent(body) })).toMatchObject({
      source: 'Body',
      before: '{\n  "a": 1,\n  ',
      piece: 'o',
    });
  });

  it('stands in a body that could be read where the quoted piece is', () => {
    const body = { Operations: [{ op: 'replace', path: 'shoeSize', value: 1 }] };
    const detail = 'The path "shoeSize" names nothing that User has.';
    expect(offendingPiece({ path: users, detail, ...sent(body) })?.piece).toBe('shoeSize');
  });

  it('shows some of a long text on each side', () => {
    const filter = `${'userName pr and '.repeat(20)}boo eq 1`;
    const detail = 'The filter names "boo", which User does not have.';
    const piece = offendingPiece({ path: `${users}?filter=${filter}`, detail, ...none });
    expect(piece?.before).toMatch(/^….{120}$/);
    expect(piece?.after).toBe(' eq 1');
  });

  it.each([
    ['nothing is quoted', `${users}?filter=a`, 'The filter has 9,000 characters.'],
    ['the piece was taken out of the log', `${users}?filter=a`, 'The filter names "b".'],
    ['there is neither filter nor body', users, 'startIndex must be a whole number, not "x".'],
    ['there is no detail', users, null],
  ])('is not shown where %s', (_case, path, detail) => {
    expect(offendingPiece({ path, detail, ...none })).toBeUndefined();
  });
});
