import type { MouseEvent as ReactMouseEvent, ReactNode } from 'react';
import { Checkbox } from './choice.tsx';
import { cx } from './class-names.ts';
import { Icon } from './icon.tsx';
import { SkeletonBar } from './skeleton.tsx';

/** One column of a {@link Table}. */
export type Column<Row> = {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /**
   * Where the cell goes when rows stack: `main` leads (with the link), `end` stands at its right, `meta` follows
   * beneath, `acts` under all of it, and `extra` is left out, already below 52 rem.
   */
  place: 'main' | 'end' | 'meta' | 'acts' | 'extra';
  /** The rows that have anything in it. Where none of them does, there is no such column. */
  only?: (row: Row) => boolean;
  numeric?: boolean;
  sortable?: boolean;
  /** A word in front of the value when rows stack, where the value does not explain itself. */
  stackedLabel?: string;
  className?: string;
};

/** Which column a table is sorted by. */
export type Sort = { by: string; direction: 'ascending' | 'descending' };

/** The rows that are ticked, and how ticks change. */
type Selection<Row> = {
  selected: ReadonlySet<string>;
  onChange: (selected: ReadonlySet<string>) => void;
  /** Names a row for its box: “Select Ada Example”. */
  nameOf: (row: Row) => string;
};

type TableProps<Row> = {
  /** Says what the rows are; read out, not shown. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  sort?: Sort | undefined;
  onSort?: (sort: Sort) => void;
  selection?: Selection<Row>;
  /** Key of the row whose drawer is open. */
  current?: string | undefined;
  /** Shows as many rows of bars instead, while the first answer is awaited. */
  loadingRows?: number | undefined;
};

/** A table loses its meaning with its `display`, so that a stacked one has to say it again. */
const roles = {
  table: { role: 'table' },
  rowgroup: { role: 'rowgroup' },
  row: { role: 'row' },
  columnheader: { role: 'columnheader' },
  cell: { role: 'cell' },
} as const;

/**
 * Rows of one kind. The first cell holds the link, and a click on the row follows it; numbers end at the right. In a
 * box narrower than 38 rem, a phone or the list beside a drawer, rows stack.
 */
export function Table<Row>(given: TableProps<Row>) {
  const props = { ...given, columns: filled(given) };
  return (
    <div className="table-box">
      <table
        {...roles.table}
        aria-busy={props.loadingRows !== undefined || undefined}
        className="table table--stack w-full border-collapse text-sm"
      >
        <caption className="sr-only">{props.caption}</caption>
        <Head {...props} />
        <tbody {...roles.rowgroup}>
          {props.loadingRows !== undefined
            ? Array.from({ length: props.loadingRows }, (_, index) => (
                <LoadingRow
                  // biome-ignore lint/suspicious/noArrayIndexKey: rows of bars are alike
                  key={index}
                  columns={props.columns}
                  index={index}
                />
              ))
            : props.rows.map((row) => <BodyRow key={props.keyOf(row)} row={row} {...props} />)}
        </tbody>
      </table>
    </div>
  );
}

/** A column of acts is there as long as nobody knows that there is none. */
function filled<Row>({ columns, rows, loadingRows }: TableProps<Row>): readonly Column<Row>[] {
  if (loadingRows !== undefined) return columns;
  return columns.filter(({ only }) => only === undefined || rows.some(only));
}

const headClass =
  'h-8 border-b border-line-strong px-3 text-left text-xs font-medium whitespace-nowrap text-ink-3 first:pl-2 last:pr-2';

function Head<Row>({ columns, sort, onSort, selection, rows, keyOf }: TableProps<Row>) {
  return (
    <thead {...roles.rowgroup}>
      <tr {...roles.row}>
        {selection && (
          <th {...roles.columnheader} scope="col" className={cx(headClass, 'is-select w-8 pr-0')}>
            <SelectAll rows={rows} keyOf={keyOf} selection={selection} />
          </th>
        )}
        {columns.map((column) => {
          const sorted = sort?.by === column.id ? sort.direction : undefined;
          return (
            <th
              key={column.id}
              {...roles.columnheader}
              scope="col"
              aria-sort={sorted}
              className={cx(
                headClass,
                column.numeric && 'text-right',
                column.place === 'extra' && 'is-extra',
                column.className,
              )}
            >
              {column.sortable && onSort ? (
                <SortButton column={column} sorted={sorted} onSort={onSort} />
              ) : (
                column.header
              )}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

function SortButton<Row>({
  column,
  sorted,
  onSort,
}: {
  column: Column<Row>;
  sorted: Sort['direction'] | undefined;
  onSort: (sort: Sort) => void;
}) {
  const next = sorted === 'descending' ? 'ascending' : 'descending';
  return (
    <button
      type="button"
      onClick={() => onSort({ by: column.id, direction: next })}
      className={cx(
        'inline-flex min-h-target items-center gap-[3px] hover:text-ink',
        sorted && 'text-ink',
      )}
    >
      {column.header}
      {sorted && <Icon name={sorted} size="12" />}
    </button>
  );
}

function SelectAll<Row>({
  rows,
  keyOf,
  selection,
}: {
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  selection: Selection<Row>;
}) {
  const count = rows.filter((row) => selection.selected.has(keyOf(row))).length;
  const all = rows.length > 0 && count === rows.length;
  return (
    <Checkbox
      aria-label="Select all rows shown"
      checked={all}
      mixed={count > 0 && !all}
      onChange={() => selection.onChange(new Set(all ? [] : rows.map(keyOf)))}
    />
  );
}

function BodyRow<Row>({ row, columns, keyOf, selection, current }: TableProps<Row> & { row: Row }) {
  const key = keyOf(row);
  const selected = selection?.selected.has(key) ?? false;
  const isCurrent = current === key;
  return (
    <tr
      {...roles.row}
      onClick={followRowLink}
      aria-selected={selection ? selected : undefined}
      aria-current={isCurrent || undefined}
      className={cx(
        'has-[.row-link]:cursor-pointer',
        selected || isCurrent ? 'bg-accent-bg' : 'has-[.row-link]:hover:bg-hover',
        isCurrent && 'shadow-[inset_2px_0_0_var(--accent)]',
      )}
    >
      {selection && (
        <td {...roles.cell} className="is-select w-8">
          <Checkbox
            aria-label={`Select ${selection.nameOf(row)}`}
            checked={selected}
            onChange={() => selection.onChange(toggled(selection.selected, key))}
          />
        </td>
      )}
      {columns.map((column) => (
        <td
          key={column.id}
          {...roles.cell}
          data-label={column.stackedLabel}
          className={cx(`is-${column.place}`, column.numeric && 'text-right', column.className)}
        >
          {(column.only?.(row) ?? true) && column.cell(row)}
        </td>
      ))}
    </tr>
  );
}

const controls = 'a, button, input, label, select, textarea, summary';

/**
 * A click anywhere on a row is one on its link, with its keys, so that a new tab is a new tab; the keyboard has the link
 * itself. What stands in the row and can be pressed keeps its own meaning, and text can be selected.
 */
function followRowLink(event: ReactMouseEvent<HTMLTableRowElement>) {
  const { currentTarget: row, target, nativeEvent } = event;
  // A menu that was opened from the row stands elsewhere in the document, and its clicks bubble here all the same.
  if (!(target instanceof Element) || !row.contains(target)) return;
  if (target.closest(controls) || selectsText(row)) return;
  const link = row.querySelector<HTMLElement>('.row-link');
  // A drawer gives focus back to where it came from.
  link?.focus({ preventScroll: true });
  link?.dispatchEvent(new MouseEvent('click', nativeEvent));
}

function selectsText(row: HTMLElement): boolean {
  const selection = window.getSelection();
  return selection !== null && !selection.isCollapsed && selection.containsNode(row, true);
}

function toggled(selected: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(selected);
  if (!next.delete(key)) next.add(key);
  return next;
}

const widths = ['w-3/5', 'w-2/5', 'w-4/5', 'w-1/2'] as const;

function LoadingRow<Row>({ columns, index }: { columns: readonly Column<Row>[]; index: number }) {
  return (
    <tr {...roles.row}>
      {columns.map((column, at) => (
        <td key={column.id} {...roles.cell} className={`is-${column.place}`}>
          <SkeletonBar className={cx(widths[(index + at) % widths.length], 'min-w-12')} />
        </td>
      ))}
    </tr>
  );
}

/** The second line in a row's first cell: an address, an id. */
export function CellNote({ children }: { children: ReactNode }) {
  return <span className="block text-xs wrap-anywhere text-ink-3">{children}</span>;
}

/** The class of the link that leads a row: a click anywhere on the row follows it. */
export const rowLinkClass = 'row-link font-medium text-ink';
