import { Button } from '../../components/button.tsx';
import { Note } from '../../components/copy-field.tsx';
import { useCopy } from '../../components/use-copy.ts';

/** Recovery codes to carry away. */
export function RecoveryCodes({ codes }: { codes: readonly string[] }) {
  const { state, copy } = useCopy();
  return (
    <>
      <p className="text-ink-2">Each proves once that it is you, when your phone is not at hand.</p>
      <ul
        aria-label="Recovery codes"
        className="grid grid-cols-2 gap-x-6 gap-y-1 rounded-md border border-line bg-sunken px-4 py-3 font-mono text-sm"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div>
        <Button size="sm" onClick={() => void copy(codes.join('\n'))}>
          {state === 'copied' ? 'Copied all' : 'Copy all as text'}
        </Button>
      </div>
      <Note tone="warning">This is the only time that you can see these codes.</Note>
    </>
  );
}
