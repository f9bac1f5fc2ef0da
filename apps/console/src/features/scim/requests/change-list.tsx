import { DottedName } from '../../../components/dotted-name.tsx';
import type { Change } from '../model/difference.ts';

/** Attributes with what they were and what they are. */
export function ChangeList({ changes }: { changes: readonly Change[] }) {
  return (
    <dl className="overflow-hidden rounded-md border border-line text-sm tablet:grid tablet:grid-cols-[fit-content(45%)_minmax(0,1fr)]">
      {changes.map(({ label, was, is }, index) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: a label may stand twice, for what went and for what came
          key={index}
          className="grid grid-cols-[minmax(0,1fr)] not-first:border-t not-first:border-line tablet:col-span-2 tablet:grid-cols-subgrid"
        >
          <dt className="px-3 pt-2 wrap-break-word text-ink-2 tablet:pb-2">
            <DottedName name={label} />
          </dt>
          <dd className="px-3 pb-2 wrap-anywhere tablet:border-l tablet:border-line tablet:pt-2">
            {was !== null && (
              <>
                <span className="sr-only">was </span>
                <del className="text-ink-2 decoration-danger-mark">{was}</del>{' '}
                <span aria-hidden="true" className="text-ink-3">
                  →
                </span>{' '}
                <span className="sr-only">, is </span>
              </>
            )}
            {is ?? <span className="text-ink-3">nothing</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
