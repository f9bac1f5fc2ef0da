import { type ReactNode, useId } from 'react';
import { gridValues } from './chart-scale.ts';
import { formatNumber } from './format.ts';
import { Hatch } from './hatch.tsx';
import { Icon } from './icon.tsx';

/** How a series is drawn: refused is hatched and failed solid, so that they part without color. */
type SeriesTone = 'changed' | 'unchanged' | 'refused' | 'failed';

/** One kind of thing that is counted; series pile up from the first. */
export type Series = { id: string; label: string; tone: SeriesTone };

/** One bar: what it stands for and one number a series. */
export type Column = { label: string; values: readonly number[] };

type BarChartProps = {
  /** What is counted, for assistive technology; the numbers are in the table. */
  label: string;
  /** What a column is, over the table's first column: “Day”. */
  columnName: string;
  series: readonly Series[];
  columns: readonly Column[];
};

const top = 14;
const base = 132;
const height = 154;

/** Bars by day with a table of the same numbers beneath. Percent across, pixels up, so that it stretches without blur. */
export function BarChart({ label, columnName, series, columns }: BarChartProps) {
  const hatch = useId();
  const highest = Math.max(0, ...columns.map((column) => sum(column.values)));
  const grid = gridValues(highest);
  const scale = (base - top) / Math.max(highest, grid.at(-1) ?? 1);
  return (
    <div>
      <svg
        role="img"
        aria-label={`${label}. The table below holds the numbers.`}
        height={height}
        className="ml-7 block w-[calc(100%-1.75rem)] overflow-visible text-xs"
      >
        <Hatch id={hatch} tone="warning" />
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
        <Labels columns={columns} />
        <line x1="-28" x2="100%" y1={base} y2={base} className="stroke-line-strong" />
      </svg>
      <ChartTable label={label} columnName={columnName} series={series} columns={columns} />
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

const fills: Record<Exclude<SeriesTone, 'refused'>, string> = {
  changed: 'fill-chart-changed',
  unchanged: 'fill-chart-unchanged',
  failed: 'fill-chart-failed',
};

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
    const fill = tone === 'refused' ? { fill: `url(#${props.hatch})` } : { className: fills[tone] };
    return [
      <rect
        key={id}
        x={`${(props.x + props.width * 0.14).toFixed(2)}%`}
        y={y}
        width={`${(props.width * 0.72).toFixed(2)}%`}
        // A hair of ground parts the series.
        height={Math.max(tall - 0.8, 0.5)}
        {...fill}
      />,
    ];
  });
  const numbers = series.map(
    ({ label }, index) => `${formatNumber(column.values[index] ?? 0)} ${label.toLowerCase()}`,
  );
  return (
    <g>
      <title>{`${column.label}: ${numbers.join(', ')}`}</title>
      {parts}
    </g>
  );
}

/** A label a week, and the last one where it has room. */
function Labels({ columns }: { columns: readonly Column[] }) {
  const last = columns.length - 1;
  return columns.map((column, index) => {
    const isLast = index === last;
    const shown = isLast || (index % 7 === 0 && last - index > 3);
    if (!shown) return null;
    return (
      <text
        key={column.label}
        x={isLast ? '100%' : `${(((index + 0.5) / columns.length) * 100).toFixed(2)}%`}
        y={base + 17}
        textAnchor={isLast ? 'end' : 'middle'}
        className="fill-ink-3"
      >
        {column.label}
      </text>
    );
  });
}

function ChartTable({ label, columnName, series, columns }: BarChartProps) {
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
          </tr>
        </thead>
        <tbody>
          {columns.map((column) => (
            <tr key={column.label} className="border-b border-line">
              <th scope="row" className="py-1 text-left font-normal">
                {column.label}
              </th>
              {series.map((one, index) => (
                <td key={one.id} className="py-1 text-right">
                  {formatNumber(column.values[index] ?? 0)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

/** What the fills stand for, with the totals. */
export function ChartLegend({ series, columns }: Pick<BarChartProps, 'series' | 'columns'>) {
  const hatch = useId();
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-ink-2">
      {series.map(({ id, label, tone }, index) => (
        <li key={id} className="flex items-center gap-1.5">
          <Swatch tone={tone} hatch={hatch} />
          {label}
          <strong className="text-ink">
            {formatNumber(sum(columns.map((column) => column.values[index] ?? 0)))}
          </strong>
        </li>
      ))}
    </ul>
  );
}

function Swatch({ tone, hatch }: { tone: SeriesTone; hatch: string }): ReactNode {
  return (
    <svg aria-hidden="true" className="size-2.5 flex-none overflow-hidden rounded-[2px]">
      {tone === 'refused' && <Hatch id={hatch} tone="warning" />}
      <rect
        width="10"
        height="10"
        {...(tone === 'refused' ? { fill: `url(#${hatch})` } : { className: fills[tone] })}
      />
    </svg>
  );
}
