import { useId } from 'react';
import { formatNumber } from './format.ts';
import { Hatch } from './hatch.tsx';

/** Seats at a glance: used, reserved by invitations, left. Geometry stands in attributes, which every policy allows. */
export function SeatBar({
  used,
  reserved,
  purchased,
}: {
  used: number;
  reserved: number;
  purchased: number;
}) {
  const hatch = useId();
  const left = Math.max(0, purchased - used - reserved);
  const share = (count: number) => `${shareOf(count, purchased).toFixed(2)}%`;
  const sentence = `${formatNumber(used)} used, ${formatNumber(reserved)} reserved, ${formatNumber(left)} left of ${formatNumber(purchased)}`;
  return (
    <div>
      <svg
        role="img"
        aria-label={sentence}
        className="block h-2 w-full overflow-hidden rounded-full bg-active"
      >
        <Hatch id={hatch} tone="accent" />
        <rect width={share(used)} height="8" className="fill-chart-changed" />
        <rect x={share(used)} width={share(reserved)} height="8" fill={`url(#${hatch})`} />
      </svg>
      <ul className="mt-3 text-xs text-ink-2">
        <SeatLine
          label="Used"
          value={used}
          swatch={<rect width="10" height="10" className="fill-chart-changed" />}
        />
        <SeatLine
          label="Reserved by invitations"
          value={reserved}
          swatch={<rect width="10" height="10" fill={`url(#${hatch})`} />}
        />
        <SeatLine
          label={`Left of ${formatNumber(purchased)}`}
          value={left}
          swatch={
            <rect
              x=".5"
              y=".5"
              width="9"
              height="9"
              rx="1.5"
              className="fill-none stroke-line-control"
            />
          }
        />
      </ul>
    </div>
  );
}

/** In percent; the first seat of very many is in sight too. */
function shareOf(count: number, purchased: number): number {
  if (count === 0 || purchased === 0) return 0;
  return Math.max((count / purchased) * 100, 0.8);
}

function SeatLine({
  label,
  value,
  swatch,
}: {
  label: string;
  value: number;
  swatch: React.ReactNode;
}) {
  return (
    <li className="flex items-center gap-1.5 py-[5px]">
      <svg aria-hidden="true" className="size-2.5 flex-none overflow-hidden rounded-[2px]">
        {swatch}
      </svg>
      {label}
      <strong className="ml-auto text-ink">{formatNumber(value)}</strong>
    </li>
  );
}
