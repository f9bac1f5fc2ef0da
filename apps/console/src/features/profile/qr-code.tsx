import qrcode from 'qrcode-generator';

/** Modules of quiet ground around the picture (ISO/IEC 18004, 9.1). */
const QUIET = 4;

/** A text as a QR code, dark on light in both themes, as cameras want it. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const code = qrcode(0, 'M');
  code.addData(text);
  code.make();
  const size = code.getModuleCount();
  const modules = Array.from({ length: size * size }, (_, index) => index)
    .filter((index) => code.isDark(Math.floor(index / size), index % size))
    .map((index) => `M${(index % size) + QUIET} ${Math.floor(index / size) + QUIET}h1v1h-1z`)
    .join('');
  const side = size + QUIET * 2;
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${side} ${side}`}
      shapeRendering="crispEdges"
      className="size-48 rounded-md border border-line"
    >
      <rect width={side} height={side} fill="#fff" />
      <path d={modules} fill="#000" />
    </svg>
  );
}
