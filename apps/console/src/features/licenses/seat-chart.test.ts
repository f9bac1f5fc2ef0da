import type { SeatWeek } from '@rollcall/api';
import { describe, expect, it } from 'vitest';
import { seatChart, seatForecast } from './seat-chart.ts';

const DAY = 86_400_000;

/** Weeks up to that of 1 March 2027, oldest first. */
function weeksOf(used: readonly number[], purchased = 100): SeatWeek[] {
  const last = Date.UTC(2027, 2, 1);
  return used.map((count, index) => ({
    week: new Date(last - (used.length - 1 - index) * 7 * DAY).toISOString().slice(0, 10),
    purchased,
    used: count,
    reserved: 1,
  }));
}

describe('The plot of seats', () => {
  it('spans a year, and says nothing of the weeks before the first known one', () => {
    const { columns, limit } = seatChart(weeksOf([5, 6]));
    expect(columns).toHaveLength(53);
    expect(columns.at(-3)).toMatchObject({ label: 'Week of 15 Feb 2027', values: [] });
    expect(columns.at(-1)).toMatchObject({
      label: 'Week of 1 Mar 2027',
      values: [6, 1],
      tick: 'Mar 2027',
    });
    expect(limit.values.slice(-3)).toEqual([undefined, 100, 100]);
  });

  it('names every third month once', () => {
    const ticks = seatChart(weeksOf([1])).columns.flatMap(({ tick }) => tick ?? []);
    expect(ticks).toEqual(['Jun', 'Sept', 'Dec', 'Mar 2027']);
  });
});

describe('The forecast of seats', () => {
  it.each([
    [[80, 82, 84, 86, 89], 'At 2 new people a week, the seats last about 4 weeks.'],
    [[60, 70, 80, 98], 'At 13 new people a week, the seats last less than a week.'],
  ])('for %j says %s', (used, sentence) => {
    expect(seatForecast(weeksOf(used))).toBe(sentence);
  });

  it.each([
    ['nothing grows', [80, 80, 80, 80, 80]],
    ['it shrinks', [80, 70, 60, 50, 40]],
    ['too little is known', [10, 90]],
    ['none is left', [60, 70, 80, 99]],
    ['they last for half a year', [1, 2, 3, 4, 5]],
  ])('says nothing where %s', (_case, used) => {
    expect(seatForecast(weeksOf(used))).toBeUndefined();
  });
});
