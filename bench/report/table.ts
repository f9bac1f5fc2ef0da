import type { Measured, Round } from '../round.ts';
import { type Scenario, scenarios } from '../scenarios.ts';
import { groupSizes } from '../seed/seed.ts';
import { disturbanceLines } from './disturbance-table.ts';
import { peerLines } from './peer-table.ts';
import { type Results, type Series, type Spread, spreadOf } from './results.ts';
import { cells, percent, thousands, told } from './words.ts';

/** How far what must cost the same may lie apart: the slowest is at least this share of the fastest. */
const FLAT = 0.8;

/** The results as Markdown. */
export function reportOf(results: Results): string {
  return [
    '# Results',
    '',
    ...machineLines(results),
    '',
    ...(results.peers.length > 0
      ? peerLines(results)
      : [...results.series.flatMap((series) => ['', ...seriesLines(series)]), '']),
    ...sizeLines(results),
  ].join('\n');
}

function machineLines({ machine, secondsEach, connections, series }: Results): string[] {
  const versions = Object.entries(machine.packages).map(([name, version]) => `${name} ${version}`);
  const rounds = series[0]?.rounds.length ?? 0;
  return [
    `${machine.startedAt.slice(0, 10)}, commit ${machine.commit}: ${machine.processor}, ${machine.cores} cores shared by ` +
      `server, database and load generator, ${machine.memoryGigabytes} GB; ${machine.system}, Node ${machine.node}, ` +
      `${[...versions, ...machine.engines].join(', ')}.`,
    '',
    `${connections} keep-alive connections; ${rounds} rounds of ${secondsEach} s each, medians with least and most. ` +
      `Load of the machine before the run: ${machine.loadBefore.toFixed(1)}.`,
  ];
}

function seriesLines({ engine, size, rounds }: Series): string[] {
  const title = `## ${engine === 'sqlite' ? 'SQLite' : 'PostgreSQL'}, ${thousands(size)} users`;
  const measured = scenarios.filter(({ id }) => rounds.some((round) => id in round.scenarios));
  return [
    title,
    '',
    '| request | requests/s | p50 · p99 ms | CPU µs | beside it | share of it | target |',
    '|---|---:|---:|---:|---|---:|---|',
    ...measured.map((scenario) => scenarioLine(scenario, rounds, engine === 'sqlite')),
    ...flatnessLines(rounds),
    '',
    ...bareCost(rounds),
    `Raw commits of one small row: ${told(spreadOf(rounds.map((round) => round.rawCommits)))} a second. ` +
      `Anonymous memory of the server in the end: ${told(memoryOf(rounds))} MB.`,
    ...disturbanceLines(rounds),
  ];
}

function scenarioLine(scenario: Scenario, rounds: readonly Round[], hasTarget: boolean): string {
  const figures = rounds
    .map((round) => round.scenarios[scenario.id])
    .filter((one) => one !== undefined);
  const limits = rounds.map((round) => limitOf(scenario, round));
  const share = spreadOf(
    rounds.map((round, index) => ratio(round.scenarios[scenario.id], limits[index])),
  );
  const latency = (pick: (one: Measured) => number) =>
    (spreadOf(figures.map(pick))?.median ?? 0).toFixed(1);
  const cpu = spreadOf(figures.map(({ cpuMicroseconds }) => cpuMicroseconds));
  return cells([
    scenario.title,
    rateOf(scenario, spreadOf(figures.map(({ perSecond }) => perSecond))),
    `${latency(({ p50 }) => p50)} · ${latency(({ p99 }) => p99)}`,
    cpu === undefined ? '' : thousands(cpu.median),
    besideIt(scenario, spreadOf(limits), figures),
    percent(share),
    hasTarget && scenario.target !== undefined ? verdict(share, scenario.target) : '',
  ]);
}

/** Requests a second; of pages also the resources. */
function rateOf({ resources }: Scenario, rate: Spread | undefined): string {
  if (resources === undefined || rate === undefined) return told(rate);
  return `${told(rate)}; ${thousands(rate.median * resources)} resources`;
}

function bareCost(rounds: readonly Round[]): string[] {
  const costs = (['user', 'page'] as const).flatMap((kind) => {
    const cpu = spreadOf(rounds.map(({ bare }) => bare[kind]?.cpuMicroseconds));
    return cpu === undefined ? [] : [`${Math.round(cpu.median)} µs for a ${kind}`];
  });
  return costs.length === 0 ? [] : [`CPU of the bare route: ${costs.join(', ')}.`];
}

function limitOf({ id, limit }: Scenario, round: Round): number | undefined {
  if (limit === 'bare_user') return round.bare.user?.perSecond;
  if (limit === 'bare_page') return round.bare.page?.perSecond;
  return round.scenarios[id]?.replay;
}

function ratio(measured: Measured | undefined, limit: number | undefined): number | undefined {
  return measured === undefined || limit === undefined ? undefined : measured.perSecond / limit;
}

function besideIt(
  scenario: Scenario,
  limit: Spread | undefined,
  figures: readonly Measured[],
): string {
  if (limit === undefined) return '';
  if (scenario.limit !== 'replay') return `bare route ${told(limit)}`;
  const batch = spreadOf(figures.map(({ unitsPerCommit }) => unitsPerCommit))?.median ?? 1;
  return `its statements, ${batch} a commit: ${told(limit)}`;
}

/** The slowest of the group sizes against the fastest, and the deepest page against the first, round by round. */
function flatnessLines(rounds: readonly Round[]): string[] {
  const members = groupSizes.map((size) => `members-${size}`);
  return [
    ...flatnessLine(rounds, members, ['PATCH members, slowest size', 'fastest size']),
    ...flatnessLine(rounds, ['list-first', 'list-deep'], ['list, slower page', 'faster page']),
  ];
}

function flatnessLine(
  rounds: readonly Round[],
  ids: readonly string[],
  [slowest, fastest]: readonly [string, string],
): string[] {
  const shares = rounds.map((round) => {
    const spread = spreadOf(ids.map((id) => round.scenarios[id]?.perSecond));
    return spread && spread.least / spread.most;
  });
  const share = spreadOf(shares);
  if (share === undefined) return [];
  const target = verdict(share, FLAT, 'within 25 %');
  return [cells([slowest, '', '', '', fastest, percent(share), target])];
}

function memoryOf(rounds: readonly Round[]): Spread | undefined {
  return spreadOf(rounds.map(({ anonymousMegabytes }) => anonymousMegabytes));
}

function verdict(
  { median }: Spread = { median: 0, least: 0, most: 0 },
  target: number,
  words?: string,
): string {
  return `${words ?? `≥ ${Math.round(target * 100)} %`}: ${median >= target ? 'reached' : '**behind**'}`;
}

/** How rates change from the smallest to the largest size. */
function sizeLines({ series }: Results): string[] {
  const engines = [...new Set(series.map(({ engine }) => engine))];
  const lines = engines.flatMap((engine) => {
    const own = series.filter((one) => one.engine === engine);
    const [smallest] = own;
    const largest = own.at(-1);
    if (smallest === undefined || largest === undefined || smallest === largest) return [];
    const name = engine === 'sqlite' ? 'SQLite' : 'PostgreSQL';
    const sizes = `${thousands(largest.size)} against ${thousands(smallest.size)}`;
    return scenarios.flatMap(({ id, title }) => {
      const share = spreadOf(
        largest.rounds.map((round, index) => {
          const small = smallest.rounds[index]?.scenarios[id];
          return ratio(round.scenarios[id], small?.perSecond);
        }),
      );
      return share === undefined ? [] : [cells([name, title, sizes, percent(share)])];
    });
  });
  if (lines.length === 0) return [];
  return [
    '## The same at every size?',
    '',
    '| engine | request | users | rate |',
    '|---|---|---|---:|',
    ...lines,
    '',
  ];
}
