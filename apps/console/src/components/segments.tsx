import { useId } from 'react';

/** A choice of one inside a page, all of it in sight: Okta, Microsoft Entra ID, Other. */
export function Segments<Value extends string>({
  label,
  options,
  value,
  onChange,
}: {
  label: string;
  options: readonly { value: Value; label: string }[];
  value: Value;
  onChange: (value: Value) => void;
}) {
  const name = useId();
  return (
    <fieldset className="inline-flex max-w-full min-w-0 flex-wrap rounded-md bg-active p-0.5">
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className="relative inline-flex h-6.5 flex-none items-center rounded-sm px-2.5 text-sm whitespace-nowrap text-ink-2 hover:text-ink has-checked:bg-panel has-checked:font-medium has-checked:text-ink has-checked:shadow-control has-focus-visible:shadow-focus"
        >
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            className="sr-only"
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}
