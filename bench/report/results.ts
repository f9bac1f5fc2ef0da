import type { EngineName } from '../options.ts';
import type { PeerRound } from '../peer-bench.ts';
import type { Round } from '../round.ts';
import type { Machine } from './machine.ts';

/** What a run measured, as it is written to `results/`. */
export interface Results {
  readonly machine: Machine;
  readonly secondsEach: number;
  readonly connections: number;
  readonly series: readonly Series[];
  readonly peers: readonly PeerSeries[];
}

/** The rounds of one peer. */
export interface PeerSeries {
  readonly title: string;
  /** Where it keeps its data; undefined for memory. */
  readonly engine: EngineName | undefined;
  readonly rounds: readonly PeerRound[];
}

/** The rounds of one engine at one size. */
export interface Series {
  readonly engine: EngineName;
  readonly size: number;
  readonly rounds: readonly Round[];
}

/** Several rounds of one figure. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** Median and extremes; undefined where no round has the figure. */
export function spreadOf(values: readonly (number | undefined)[]): Spread | undefined {
  const sorted = values.filter((value) => value !== undefined).sort((a, b) => a - b);
  const [least] = sorted;
  const most = sorted.at(-1);
  if (least === undefined || most === undefined) return undefined;
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? most;
  const median = sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
  return { median, least, most };
}
