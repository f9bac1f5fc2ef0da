import type { EngineName } from '../options.ts';
import { comparable, scenarios } from '../scenarios.ts';
import { type PeerSeries, type Results, type Series, spreadOf } from './results.ts';
import { cells, thousands, told } from './words.ts';

/** Times as many requests as Jackson answers, by engine. */
const targets: Readonly<Record<string, Readonly<Record<EngineName, number>>>> = {
  get: { sqlite: 7, postgres: 4 },
  filter: { sqlite: 8, postgres: 5 },
  'list-groups': { sqlite: 7, postgres: 5 },
  post: { sqlite: 6, postgres: 3 },
  'patch-active': { sqlite: 4, postgres: 2 },
};

/** The product beside its peers, each with as many people, in the same rounds. */
export function peerLines({ series, peers }: Results): string[] {
  const columns = [...series.map(nameOf), ...peers.map(({ title }) => title)];
  const measured = scenarios.filter(({ id }) => comparable.includes(id));
  return [
    '',
    `## Beside its peers, ${thousands(series[0]?.size ?? 0)} users`,
    '',
    cells(['requests/s', ...columns]),
    cells(['---', ...columns.map(() => '---:')]),
    ...measured.map(({ id, title }) =>
      cells([
        title,
        ...[...series.map(ratesOf(id)), ...peers.map(peerRatesOf(id))].map((rates) =>
          told(spreadOf(rates)),
        ),
      ]),
    ),
    '',
    "Jackson's pages hold 50 resources, which the times below take into account; they tell no groups, and both lists stand beside them. PATCH members is of a group of 10.",
    '',
    '| times as many as Jackson | SQLite | PostgreSQL |',
    '|---|---|---|',
    ...measured.map(({ id, title }) =>
      cells([title, ...(['sqlite', 'postgres'] as const).map((engine) => times(id, engine))]),
    ),
    '',
  ];

  function times(id: string, engine: EngineName): string {
    const own = series.find((one) => one.engine === engine);
    const jackson = peers.find((one) => one.engine === engine && one.title.startsWith('Jackson'));
    if (own === undefined || jackson === undefined) return '–';
    const perPage = id.startsWith('list') ? JACKSON_PAGES : 1;
    const theirs = peerRatesOf(id === 'list-groups' ? 'list-first' : id)(jackson);
    const spread = spreadOf(
      ratesOf(id)(own).map((rate, round) => {
        const other = theirs[round];
        return rate === undefined || other === undefined ? undefined : (rate * perPage) / other;
      }),
    );
    if (spread === undefined) return '–';
    const { median, least, most } = spread;
    const target = targets[id]?.[engine];
    const verdict =
      target === undefined ? '' : `, ≥ ${target}: ${median >= target ? 'reached' : '**behind**'}`;
    return `${median.toFixed(1)} (${least.toFixed(1)}–${most.toFixed(1)})${verdict}`;
  }
}

/** A page of ours holds as many resources as two of Jackson's. */
const JACKSON_PAGES = 2;

function nameOf({ engine }: Series): string {
  return engine === 'sqlite' ? 'Rollcall on SQLite' : 'Rollcall on PostgreSQL';
}

function ratesOf(id: string) {
  return ({ rounds }: Series) => rounds.map((round) => round.scenarios[id]?.perSecond);
}

function peerRatesOf(id: string) {
  return ({ rounds }: PeerSeries) => rounds.map((round) => round[id]?.perSecond);
}
