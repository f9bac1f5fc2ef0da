import { day } from './duration.ts';

/** A moment as the contract writes it: ISO 8601 in UTC. */
export function instantOf(at: number): string;
export function instantOf(at: number | null): string | null;
export function instantOf(at: number | null): string | null {
  return at === null ? null : isoText(at);
}

/**
 * A moment in ISO 8601, to the millisecond and in UTC, as `Date` writes it, which takes several times as long: a list of people
 * has two each.
 *
 * @param at UTC milliseconds; throws `RangeError` for a day that `Date` cannot tell
 */
export function isoText(at: number): string {
  const date = Math.floor(at / day);
  if (date !== lastDate) {
    lastText = new Date(date * day).toISOString().slice(0, -'00:00:00.000Z'.length);
    lastDate = date;
  }
  const time = at - date * day;
  const seconds = Math.floor(time / 1000);
  const minutes = Math.floor(seconds / 60);
  const clock = `${twoDigits[Math.floor(minutes / 60)]}:${twoDigits[minutes % 60]}:${twoDigits[seconds % 60]}`;
  return `${lastText}${clock}.${threeDigits(time % 1000)}Z`;
}

/** Most of the moments that are written one after the other are of one day. */
let lastDate = Number.NaN;
let lastText = '';

const twoDigits = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));

function threeDigits(number: number): string {
  if (number >= 100) return String(number);
  return number >= 10 ? `0${number}` : `00${number}`;
}
