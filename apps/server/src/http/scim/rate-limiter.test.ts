import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RateLimiter } from './rate-limiter.ts';

const start = Date.UTC(2026, 10, 24, 9);

it('lets a burst pass, then one request each time its share of a second is over', () => {
  const limiter = new RateLimiter({ rate: 10, burst: 3, keys: 10 });
  const take = (after: number) => limiter.take('a', start + after);
  expect([take(0), take(0), take(0), take(0), take(40)]).toEqual([0, 0, 0, 100, 60]);
  expect([take(99), take(100), take(100), take(200)]).toEqual([1, 0, 100, 0]);
  expect([take(500), take(500), take(500), take(500)]).toEqual([0, 0, 0, 100]);
});

it('tells the wait without counting, and counts what has passed without asking', () => {
  const limiter = new RateLimiter({ rate: 10, burst: 1, keys: 10 });
  expect([limiter.wait('a', start), limiter.wait('a', start)]).toEqual([0, 0]);
  limiter.count('a', start);
  limiter.count('a', start, 2);
  expect(limiter.wait('a', start)).toBe(300);
});

it('counts each key by itself', () => {
  const limiter = new RateLimiter({ rate: 1, burst: 1, keys: 10 });
  expect([limiter.take('a', start), limiter.take('b', start)]).toEqual([0, 0]);
  expect([limiter.take('a', start), limiter.take('b', start)]).toEqual([1_000, 1_000]);
});

it('lets a request pass that costs more than is left, and those after it wait for it', () => {
  const limiter = new RateLimiter({ rate: 10, burst: 5, keys: 10 });
  expect(limiter.take('a', start, 1_000)).toBe(0);
  expect(limiter.take('a', start)).toBe(99_600);
  expect(limiter.take('a', start + 99_600)).toBe(0);
});

it('holds nobody up for longer than their own burst when the clock is set back', () => {
  const limiter = new RateLimiter({ rate: 10, burst: 5, keys: 10 });
  limiter.take('a', start + 3_600_000);
  expect(limiter.take('a', start)).toBeLessThanOrEqual(100_000);
});

it('remembers as many keys as it says, and forgets older ones', () => {
  const limiter = new RateLimiter({ rate: 1, burst: 1, keys: 100 });
  limiter.take('first', start);
  for (let at = 1; at < 100; at += 1) limiter.take(`other ${at}`, start);
  expect(limiter.take('first', start)).toBe(1_000);
  for (let at = 100; at < 300; at += 1) limiter.take(`other ${at}`, start);
  expect(limiter.take('first', start)).toBe(0);
});

/** The definition: a bucket that begins full, leaks in whole numbers, and may be overdrawn by one request. */
function bucket({ rate, burst }: { rate: number; burst: number }) {
  // In thousandths of a request.
  let left = burst * 1_000;
  let last = 0;
  return (at: number, cost: number): boolean => {
    left = Math.min(burst * 1_000, left + (at - last) * rate);
    last = at;
    if (left < 1_000) return false;
    left -= cost * 1_000;
    return true;
  };
}

it('admits exactly what a bucket would that fills at the rate, for whatever comes, and tells the shortest wait', () => {
  const request = fc.record({
    gap: fc.nat(3_000),
    cost: fc.integer({ min: 1, max: 20 }),
  });
  const limit = fc.record({
    rate: fc.integer({ min: 1, max: 100_000 }),
    burst: fc.integer({ min: 1, max: 50 }),
  });
  fc.assert(
    fc.property(limit, fc.array(request, { maxLength: 60 }), ({ rate, burst }, requests) => {
      const limiter = new RateLimiter({ rate, burst, keys: 10 });
      const admits = bucket({ rate, burst });
      let at = 0;
      for (const { gap, cost } of requests) {
        at += gap;
        const wait = limiter.take('a', start + at, cost);
        expect(wait === 0).toBe(admits(at, cost));
        if (wait === 0) continue;
        expect(limiter.take('a', start + at + wait - 1)).toBe(1);
        at += wait;
        expect(limiter.take('a', start + at)).toBe(0);
        expect(admits(at, 1)).toBe(true);
      }
    }),
  );
});
