import { type ReactNode, useId } from 'react';
import { gridValues } from './chart-scale.ts';
import { formatNumber } from './format.ts';
import { Hatch } from './hatch.tsx';
import { Icon } from './icon.tsx';

/** How a series is drawn: what was refused or is reserved is hatched, so that series part without color. */
type SeriesTone = 'changed' | 'unchanged' | 'refused' | 'failed' | 'reserved';

/** One kind of thing that is counted; series pile up from the first. */
export type Series = { id: string; label: string; tone: SeriesTone };

/** One bar: what it stands for, one number a series (none where nothing is known), and what stands beneath it, if anything. */
export type Column = { label: string; values: readonly number[]; tick?: string | undefined };

/** A limit over the bars: its value at each column, from the first column that has one. */
export type Limit = { label: string; values: readonly (number | undefined)[] };

type BarChartProps = {
  /** What is counted, for assistive technology; the numbers are in the table. */
  label: string;
  /** What a column is, over the table's first column: “Day”. */
  columnName: string;
  series: readonly Series[];
  columns: readonly Column[];
  limit?: Limit | undefined;
};

const top = 14;
const base = 132;
const height = 154;

/** Bars with a table of the same numbers beneath. Percent across, pixels up, so that it stretches without blur. */
export function BarChart({ label, columnName, series, columns, limit }: BarChartProps) {
  const hatch = useId();
  const highest = Math.max(
    0,
    ...columns.map((column) => sum(column.values)),
    ...(limit?.values.map((value) => value ?? 0) ?? []),
  );
  const grid = gridValues(highest);
  const scale = (base - top) / (grid.at(-1) ?? 1);
  return (
    <div>
      <svg
        role="img"
        aria-label={`${label}. The table below holds the numbers.`}
        height={height}
        className="ml-7 block w-[calc(100%-1.75rem)] overflow-visible text-xs"
      >
        <Hatches id={hatch} series={series} />
        <Grid values={grid} scale={scale} />
        {columns.map((column, index) => (
          <Bar
            key={column.label}
            column={column}
            series={series}
            scale={scale}
            hatch={hatch}
            x={(index / columns.length) * 100}
            width={100 / columns.length}
          />
        ))}
        {limit && <LimitLine values={limit.values} scale={scale} />}
        <Labels columns={columns} />
        <line x1="-28" x2="100%" y1={base} y2={base} className="stroke-line-strong" />
      </svg>
      <ChartTable
        label={label}
        columnName={columnName}
        series={series}
        columns={columns}
        limit={limit}
      />
    </div>
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function Grid({ values, scale }: { values: readonly number[]; scale: number }) {
  return values.map((value) => {
    const y = base - value * scale;
    return (
      <g key={value}>
        <line x1="-28" x2="100%" y1={y} y2={y} className="stroke-chart-grid" />
        <text x="-28" y={y - 4} className="fill-ink-3">
          {formatNumber(value)}
        </text>
      </g>
    );
  });
}

const solid = {
  changed: 'fill-chart-changed',
  unchanged: 'fill-chart-unchanged',
  failed: 'fill-chart-failed',
} as const;

const hatched = { refused: 'warning', reserved: 'accent' } as const;

function isHatched(tone: SeriesTone): tone is keyof typeof hatched {
  return tone in hatched;
}

/** The patterns that the series need, once a drawing. */
function Hatches({ id, series }: { id: string; series: readonly Pick<Series, 'tone'>[] }) {
  return series
    .map(({ tone }) => tone)
    .filter(isHatched)
    .map((tone) => <Hatch key={tone} id={`${id}${tone}`} tone={hatched[tone]} />);
}

function fillOf(tone: SeriesTone, hatch: string): { fill: string } | { className: string } {
  return isHatched(tone) ? { fill: `url(#${hatch}${tone})` } : { className: solid[tone] };
}

function Bar(props: {
  column: Column;
  series: readonly Series[];
  scale: number;
  hatch: string;
  x: number;
  width: number;
}) {
  const { column, series, scale } = props;
  let y = base;
  const parts = series.flatMap(({ id, tone }, index) => {
    const value = column.values[index] ?? 0;
    if (value === 0) return [];
    const tall = Math.max(value * scale, 1);
    y -= tall;
    return [
      <rect
        key={id}
        x={`${(props.x + props.width * 0.14).toFixed(2)}%`}
        y={y}
        width={`${(props.width * 0.72).toFixed(2)}%`}
        // A hair of ground parts the series.
        height={Math.max(tall - 0.8, 0.5)}
        {...fillOf(tone, props.hatch)}
      />,
    ];
  });
  const numbers = column.values.map(
    (value, index) => `${formatNumber(value)} ${series[index]?.label.toLowerCase()}`,
  );
  return (
    <g>
      <title>{`${column.label}: ${numbers.join(', ') || 'not known'}`}</title>
      {parts}
    </g>
  );
}

function Labels({ columns }: { columns: readonly Column[] }) {
  return columns.map(({ label, tick }, index) => {
    if (tick === undefined) return null;
    const isLast = index === columns.length - 1;
    return (
      <text
        key={label}
        x={isLast ? '100%' : `${(((index + 0.5) / columns.length) * 100).toFixed(2)}%`}
        y={base + 17}
        textAnchor={isLast ? 'end' : 'middle'}
        className="fill-ink-3"
      >
        {tick}
      </text>
    );
  });
}

/** A step at each column where the limit changes, with its value before the step and at the end. */
function LimitLine({ values, scale }: { values: Limit['values']; scale: number }) {
  const runs = runsOf(values);
  const across = (index: number) => `${((index / values.length) * 100).toFixed(2)}%`;
  return runs.map(({ value, from, to }, index) => {
    const y = base - value * scale;
    const next = runs[index + 1];
    return (
      <g key={from} className="stroke-ink [stroke-width:1.5]">
        <line x1={across(from)} x2={across(to)} y1={y} y2={y} />
        {next && <line x1={across(to)} x2={across(to)} y1={y} y2={base - next.value * scale} />}
        <text x={across(to)} dx="-4" y={y - 6} textAnchor="end" className="fill-ink-2 stroke-none">
          {formatNumber(value)}
        </text>
      </g>
    );
  });
}

/** Neighbors of one value as one run; `to` is the column after its last. */
function runsOf(values: Limit['values']): { value: number; from: number; to: number }[] {
  const runs: { value: number; from: number; to: number }[] = [];
  for (const [index, value] of values.entries()) {
    const last = runs.at(-1);
    if (value === undefined) continue;
    if (last?.value === value) last.to = index + 1;
    else runs.push({ value, from: index, to: index + 1 });
  }
  return runs;
}

function ChartTable({ label, columnName, series, columns, limit }: BarChartProps) {
  return (
    <details className="group mt-1">
      <summary className="inline-flex min-h-target items-center gap-1 text-xs text-ink-2">
        <Icon name="right" size="12" className="group-open:rotate-90" />
        Show as a table
      </summary>
      <table className="w-full text-xs">
        <caption className="sr-only">{label}</caption>
        <thead>
          <tr className="border-b border-line-strong text-ink-3">
            <th scope="col" className="py-1 text-left font-medium">
              {columnName}
            </th>
            {series.map((one) => (
              <th key={one.id} scope="col" className="py-1 text-right font-medium">
                {one.label}
              </th>
            ))}
            {limit && (
              <th scope="col" className="py-1 text-right font-medium">
                {limit.label}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {columns.map((column, row) => (
            <tr key={column.label} className="border-b border-line">
              <th scope="row" className="py-1 text-left font-normal">
                {column.label}
              </th>
              {series.map((one, index) => (
                <td key={one.id} className="py-1 text-right">
                  {numberText(column.values[index])}
                </td>
              ))}
              {limit && <td className="py-1 text-right">{numberText(limit.values[row])}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function numberText(value: number | undefined): string {
  return value === undefined ? 'not known' : formatNumber(value);
}

/** What the fills and the line stand for, with the totals where the columns add up to any. */
export function ChartLegend({
  series,
  columns,
  limit,
}: Pick<BarChartProps, 'series' | 'limit'> & { columns?: readonly Column[] }) {
  const hatch = useId();
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-ink-2">
      {series.map(({ id, label, tone }, index) => (
        <li key={id} className="flex items-center gap-1.5">
          <Swatch tone={tone} hatch={hatch} />
          {label}
          {columns && (
            <strong className="text-ink">
              {formatNumber(sum(columns.map((column) => column.values[index] ?? 0)))}
            </strong>
          )}
        </li>
      ))}
      {limit && (
        <li className="flex items-center gap-1.5">
          <svg aria-hidden="true" className="size-2.5 flex-none">
            <path d="M0 5h10" className="stroke-ink [stroke-width:1.5]" />
          </svg>
          {limit.label}
        </li>
      )}
    </ul>
  );
}

function Swatch({ tone, hatch }: { tone: SeriesTone; hatch: string }): ReactNode {
  return (
    <svg aria-hidden="true" className="size-2.5 flex-none overflow-hidden rounded-[2px]">
      <Hatches id={hatch} series={[{ tone }]} />
      <rect width="10" height="10" {...fillOf(tone, hatch)} />
    </svg>
  );
}
