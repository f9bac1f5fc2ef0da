import type { DnsAnswer, Domain } from '@rollcall/api';
import { formatNumber } from '../../components/format.ts';
import type { Mark } from '../../components/status-mark.tsx';

/** A state as its mark and its word. */
export type Word = { readonly mark: Mark; readonly word: string };

export const domainStates: Readonly<Record<Domain['state'], Word>> = {
  pending: { mark: 'waiting', word: 'Pending' },
  verified: { mark: 'ok', word: 'Verified' },
  lapsing: { mark: 'warning', word: 'Lapsing' },
  lapsed: { mark: 'danger', word: 'Lapsed' },
};

export const dnsOutcomes: Readonly<Record<DnsAnswer['outcome'], Word>> = {
  found: { mark: 'ok', word: 'Found' },
  other_value: { mark: 'warning', word: 'Wrong value' },
  no_name: { mark: 'todo', word: 'Not there yet' },
  no_data: { mark: 'todo', word: 'No TXT record' },
  refused: { mark: 'off', word: 'Refused' },
  timeout: { mark: 'off', word: 'Timed out' },
  failed: { mark: 'off', word: 'Failed' },
};

/** A number that was counted up to a limit: “23”, “1,000+”. */
export function boundedNumber({ value, more }: Domain['people']): string {
  return more ? `${formatNumber(value)}+` : formatNumber(value);
}

/** “1 person”, “23 people”, “1,000+ people”. */
export function people(count: Domain['people']): string {
  return `${boundedNumber(count)} ${count.value === 1 && !count.more ? 'person' : 'people'}`;
}

/** Whether the domain counts: one that is lapsing still does. */
export function isVerified({ state }: Pick<Domain, 'state'>): boolean {
  return state === 'verified' || state === 'lapsing';
}

/**
 * Where an answered value parts from the expected one: what is right, what is wrong, and what should stand there. The
 * whole value is wrong where it does not even begin alike.
 */
export function deviation(answered: string, expected: string) {
  let same = 0;
  while (same < answered.length && answered[same] === expected[same]) same += 1;
  const right = same < expected.indexOf('=') ? 0 : same;
  return {
    right: answered.slice(0, right),
    wrong: answered.slice(right),
    missing: expected.slice(right),
  };
}
