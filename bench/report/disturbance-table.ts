import type { Disturbed } from '../disturbances.ts';
import { disturbances } from '../disturbances.ts';
import type { Round } from '../round.ts';
import { spreadOf } from './results.ts';
import { cells, percent } from './words.ts';

/** How long the event loop may stand still, in milliseconds, and how much slower others may become. */
const STALL = 25;
const SLOWER = 2;

/** What heavy requests do to everybody else. */
export function disturbanceLines(rounds: readonly Round[]): string[] {
  const lines = disturbances.flatMap(({ id }) => {
    const figures = rounds
      .map((round) => round.disturbances[id])
      .filter((one) => one !== undefined);
    return figures.length === 0 ? [] : [lineOf(figures)];
  });
  if (lines.length === 0) return [];
  return [
    '',
    "| meanwhile | takes ms | longest stall ms | others' GET p99 ms, alone · meanwhile | slower | target |",
    '|---|---:|---:|---:|---:|---|',
    ...lines,
  ];
}

function lineOf(figures: readonly Disturbed[]): string {
  const median = (pick: (one: Disturbed) => number) => spreadOf(figures.map(pick))?.median ?? 0;
  const stall = median(({ longestStall }) => longestStall);
  const slower = spreadOf(figures.map(({ alone, meanwhile }) => meanwhile / alone));
  const reached = stall <= STALL && (slower?.median ?? 0) <= SLOWER;
  return cells([
    figures[0]?.title ?? '',
    Math.round(median(({ takes }) => takes)).toString(),
    stall.toFixed(1),
    `${median(({ alone }) => alone).toFixed(1)} · ${median(({ meanwhile }) => meanwhile).toFixed(1)}`,
    percent(slower),
    `≤ ${STALL} ms, ≤ ${SLOWER} times: ${reached ? 'reached' : '**behind**'}`,
  ]);
}
