import { useId } from 'react';

const line =
  'fill-none stroke-line-strong stroke-[1.75] [stroke-linecap:round] [stroke-linejoin:round]';

/** A roll call that is not finished: rows of fives, and three strokes in the accent. */
export function Tally() {
  const id = useId();
  return (
    <svg aria-hidden="true" className="fade-right absolute inset-0 size-full">
      <defs>
        <pattern id={id} width="84" height="64" patternUnits="userSpaceOnUse">
          <path className={line} d="M10 8v28M21 8v28M32 8v28M43 8v28M2 30 51 14" />
        </pattern>
      </defs>
      <svg x="64" y="64" aria-hidden="true">
        <rect width="100%" height="512" fill={`url(#${id})`} />
        <rect y="512" width="168" height="64" fill={`url(#${id})`} />
        <path
          className="fill-none stroke-accent-text stroke-[2.25] [stroke-linecap:round]"
          d="M178 520v28M189 520v28M200 520v28"
        />
      </svg>
    </svg>
  );
}
