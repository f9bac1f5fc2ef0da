import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatCount, formatRelative, formatUtcDay, formatWeekday } from './format.ts';

const zone = process.env.TZ;

beforeAll(() => {
  process.env.TZ = 'Europe/Vienna';
});

afterAll(() => {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

const now = new Date('2027-03-02T08:52:40Z');

describe('formatRelative', () => {
  it.each([
    ['2027-03-02T08:52:39.500Z', 'just now'],
    ['2027-03-02T08:52:28Z', '12 s ago'],
    ['2027-03-02T08:49:20Z', '3 min ago'],
    ['2027-03-02T07:40:00Z', '1 h ago'],
    ['2027-03-01T23:30:00Z', '9 h ago'],
    ['2027-03-01T15:20:00Z', 'Yesterday'],
    ['2027-02-26T09:00:00Z', '4 days ago'],
    ['2027-02-23T09:00:00Z', '23 Feb'],
    ['2026-12-11T09:00:00Z', '11 Dec 2026'],
  ])('says when %s was', (moment, words) => {
    expect(formatRelative(moment, now)).toBe(words);
  });

  it('keeps hours just after midnight, when yesterday is minutes away', () => {
    expect(formatRelative('2027-03-01T22:30:00Z', new Date('2027-03-01T23:45:00Z'))).toBe(
      '1 h ago',
    );
  });

  it.each([
    ['2027-03-02T08:53:00Z', 'in a moment'],
    ['2027-03-02T09:10:00Z', 'in 18 min'],
    ['2027-03-03T12:00:00Z', 'Tomorrow'],
    ['2027-03-06T12:00:00Z', 'in 4 days'],
    ['2027-11-24T12:00:00Z', '24 Nov'],
    ['2028-11-24T12:00:00Z', '24 Nov 2028'],
  ])('says when %s will be', (moment, words) => {
    expect(formatRelative(moment, now)).toBe(words);
  });

  it('counts days by the calendar across the change to summer time', () => {
    const monday = new Date('2027-03-29T10:00:00Z');
    expect(formatRelative('2027-03-27T12:00:00Z', monday)).toBe('2 days ago');
  });
});

describe('dates', () => {
  it('keeps a UTC day where it is, west and east of Greenwich', () => {
    for (const TZ of ['America/Los_Angeles', 'Pacific/Auckland']) {
      process.env.TZ = TZ;
      expect(formatUtcDay('2027-02-06')).toBe('6 Feb');
    }
    process.env.TZ = 'Europe/Vienna';
  });

  it('writes the day of Home out', () => {
    expect(formatWeekday(new Date('2026-11-24T10:00:00Z'))).toBe('Tuesday, 24 November 2026');
  });
});

it('counts one and many', () => {
  expect(formatCount(1, 'person waits', 'people wait')).toBe('1 person waits');
  expect(formatCount(1629, 'person', 'people')).toBe('1,629 people');
  expect(formatCount(0, 'person', 'people')).toBe('0 people');
});
