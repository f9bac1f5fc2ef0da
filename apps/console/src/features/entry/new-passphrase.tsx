import { cx } from '../../components/class-names.ts';
import { Field, Input } from '../../components/field.tsx';
import { passphraseStrength } from './passphrase-strength.ts';

const colors = [
  'fill-active',
  'fill-danger-mark',
  'fill-warning-mark',
  'fill-ok-mark',
  'fill-ok-mark',
] as const;

/** A new passphrase, with how strong it is. There are no rules but its length. */
export function NewPassphraseField({
  label = 'Passphrase',
  large = false,
  value,
  error,
  onChange,
}: {
  label?: string;
  large?: boolean;
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}) {
  const { level, words } = passphraseStrength(value);
  return (
    <Field
      label={label}
      error={error}
      help={
        <>
          <svg aria-hidden="true" className="mb-1.5 block h-1 w-full overflow-hidden rounded-full">
            <rect width="100%" height="4" className="fill-active" />
            <rect width={`${level * 25}%`} height="4" className={cx(colors[level])} />
          </svg>
          {words}
        </>
      }
    >
      <Input
        type="password"
        name="passphrase"
        autoComplete="new-password"
        large={large}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </Field>
  );
}
