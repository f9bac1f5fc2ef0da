import { cx } from './class-names.ts';

const paths = {
  menu: 'M2.5 4.5h11M2.5 8h11M2.5 11.5h7',
  down: 'm4.5 6.5 3.5 3.5 3.5-3.5',
  up: 'm4.5 9.5 3.5-3.5 3.5 3.5',
  left: 'm9.5 4.5-3.5 3.5 3.5 3.5',
  right: 'm6.5 4.5 3.5 3.5-3.5 3.5',
  search: 'M11.25 7a4.25 4.25 0 1 1-8.5 0 4.25 4.25 0 0 1 8.5 0Zm-1 3.25 3.25 3.25',
  check: 'm3.5 8.5 3 3 6-7',
  copy: 'M7 5.5h4.5A1.5 1.5 0 0 1 13 7v4.5a1.5 1.5 0 0 1-1.5 1.5H7a1.5 1.5 0 0 1-1.5-1.5V7A1.5 1.5 0 0 1 7 5.5ZM10.5 3H4.75C3.8 3 3 3.8 3 4.75v5.75',
  refresh: 'M13 8a5 5 0 1 1-1.6-3.65M13 2.75V5.5h-2.75',
  plus: 'M8 3.5v9M3.5 8h9',
  minus: 'M3.5 8h9',
  pause: 'M5.75 4v8M10.25 4v8',
  play: 'M5.5 3.75v8.5L12 8Z',
  download: 'M8 2.75v7.5M4.75 7.5 8 10.5l3.25-3M3 13.25h10',
  descending: 'M8 3.5v9M4.75 9.5 8 12.75l3.25-3.25',
  ascending: 'M8 12.5v-9M4.75 6.5 8 3.25l3.25 3.25',
  close: 'm4 4 8 8M12 4l-8 8',
  theme: 'M13.25 8a5.25 5.25 0 1 1-10.5 0 5.25 5.25 0 0 1 10.5 0Z',
} as const;

/** The name of a drawing that an {@link Icon} can show. */
export type IconName = keyof typeof paths;

const sizes = { '10': 'size-2.5', '12': 'size-3', '14': 'size-3.5', '16': 'size-4' } as const;

/** A line drawing beside a word; it is hidden from assistive technology, the word is not. */
export function Icon({
  name,
  size = '16',
  bold = false,
  className,
}: {
  name: IconName;
  /** Pixels. */
  size?: keyof typeof sizes;
  /** For the smallest sizes, where a thin line would fade. */
  bold?: boolean;
  className?: string;
}) {
  return (
    <svg
      viewBox="0 0 16 16"
      aria-hidden="true"
      className={cx(
        'flex-none fill-none stroke-current [stroke-linecap:round] [stroke-linejoin:round]',
        sizes[size],
        bold ? 'stroke-[2.25]' : 'stroke-[1.5]',
        className,
      )}
    >
      <path d={paths[name]} />
      {name === 'theme' && (
        <path d="M8 2.75v10.5a5.25 5.25 0 0 0 0-10.5Z" className="fill-current stroke-none" />
      )}
    </svg>
  );
}
