const tones = {
  accent: { size: 4, width: 1.5, ground: 'fill-accent-bg', line: 'stroke-chart-changed' },
  warning: { size: 5, width: 2, ground: 'fill-warning-bg', line: 'stroke-chart-refused' },
} as const;

/** A hatched fill, told from a solid one without color. Use it as `fill="url(#id)"`. */
export function Hatch({ id, tone }: { id: string; tone: keyof typeof tones }) {
  const { size, width, ground, line } = tones[tone];
  return (
    <defs>
      <pattern
        id={id}
        width={size}
        height={size}
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect width={size} height={size} className={ground} />
        <path d={`M1 0v${size}`} strokeWidth={width} className={line} />
      </pattern>
    </defs>
  );
}
