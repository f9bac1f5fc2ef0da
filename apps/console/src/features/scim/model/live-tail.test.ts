import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { longestTail, pendingLabel, receive, release, startTail } from './live-tail.ts';

const page = (ids: readonly number[], nextCursor: string | null = 'older') => ({
  items: ids.map((id) => ({ id: String(id) })),
  nextCursor,
});
const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => Number(id));

describe('the live tail of the request log', () => {
  test('what comes in while nobody holds the rows stands on top', () => {
    const tail = receive(startTail(page([3, 2, 1])), page([5, 4, 3]), false);
    expect(ids(tail.shown)).toEqual([5, 4, 3, 2, 1]);
    expect(tail.nextCursor).toBe('older');
  });

  test('while the rows are held nothing shown moves, and what is new is counted', () => {
    const held = receive(startTail(page([3, 2, 1])), page([5, 4, 3]), true);
    expect(ids(held.shown)).toEqual([3, 2, 1]);
    expect(pendingLabel(held)).toBe('2 new');
    const more = receive(held, page([6, 5, 4]), true);
    expect(pendingLabel(more)).toBe('3 new');
    expect(ids(release(more).shown)).toEqual([6, 5, 4, 3, 2, 1]);
  });

  test('letting go lets in what waited, even when nothing newer has come', () => {
    const held = receive(startTail(page([2, 1])), page([3, 2]), true);
    expect(ids(receive(held, page([3, 2]), false).shown)).toEqual([3, 2, 1]);
  });

  test('an answer that leaves a gap starts the list anew once it is let in', () => {
    const held = receive(startTail(page([2, 1])), page([9, 8], 'before 8'), true);
    expect(pendingLabel(held)).toBe('2 or more new');
    const tail = release(held);
    expect(ids(tail.shown)).toEqual([9, 8]);
    expect(tail.nextCursor).toBe('before 8');
  });

  test('the first rows of an empty log are no gap', () => {
    const tail = receive(startTail(page([], null)), page([2, 1], null), true);
    expect(pendingLabel(tail)).toBe('2 new');
  });

  test('a list that has grown very long starts anew', () => {
    const many = Array.from({ length: longestTail }, (_, at) => longestTail - at);
    const newest = [longestTail + 1, longestTail];
    expect(ids(receive(startTail(page(many)), page(newest), false).shown)).toEqual(newest);
  });

  test('no row stands twice and newer rows stand first, whatever comes in which order of holding', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.boolean()), { maxLength: 20 }),
        (steps) => {
          let newest = 3;
          let tail = startTail(page([3, 2, 1]));
          for (const [count, hold] of steps) {
            newest += count;
            const latest = Array.from({ length: 4 }, (_, at) => newest - at).filter((id) => id > 0);
            const before = ids(tail.shown);
            tail = receive(tail, page(latest), hold);
            if (hold) expect(ids(tail.shown)).toEqual(before);
          }
          const shown = ids(release(tail).shown);
          expect(shown[0]).toBe(newest);
          expect(shown).toEqual([...new Set(shown)].toSorted((a, b) => b - a));
        },
      ),
    );
  });
});
