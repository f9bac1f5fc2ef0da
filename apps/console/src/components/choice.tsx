import { type ComponentProps, type ReactNode, useEffect, useId, useRef } from 'react';
import { cx } from './class-names.ts';

type CheckboxProps = Omit<ComponentProps<'input'>, 'type' | 'children'> & {
  /** Some of what it stands for is ticked. */
  mixed?: boolean;
  children?: ReactNode;
};

/** A box to tick, with its words beside it. Without words it needs an `aria-label`. */
export function Checkbox({ mixed = false, children, className, ...rest }: CheckboxProps) {
  const ref = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (ref.current) ref.current.indeterminate = mixed;
  }, [mixed]);
  const id = useId();
  const box = <input id={id} {...rest} ref={ref} type="checkbox" className="checkbox mt-0.5" />;
  if (!children) return box;
  return (
    <label htmlFor={rest.id ?? id} className={cx('flex items-start gap-2.5', className)}>
      {box}
      <span>{children}</span>
    </label>
  );
}

/** One way to go, with what it means beneath it. */
export type Choice<Value extends string> = {
  value: Value;
  label: ReactNode;
  help?: ReactNode;
};

type RadioGroupProps<Value extends string> = {
  legend: ReactNode;
  /** Keeps the legend for assistive technology only, where a heading already says it. */
  legendHidden?: boolean;
  choices: readonly Choice<Value>[];
  value: Value;
  onChange: (value: Value) => void;
  /** Side by side, for short choices. */
  inline?: boolean;
};

/** A choice of one, all of it in sight. */
export function RadioGroup<Value extends string>(props: RadioGroupProps<Value>) {
  const name = useId();
  return (
    <fieldset>
      <legend className={props.legendHidden ? 'sr-only' : 'mb-2 text-sm font-medium'}>
        {props.legend}
      </legend>
      <div className={props.inline ? 'flex flex-wrap gap-x-5 gap-y-2' : 'grid gap-2.5'}>
        {props.choices.map((choice) => (
          <label key={choice.value} className="flex items-start gap-2.5">
            <input
              type="radio"
              name={name}
              value={choice.value}
              checked={choice.value === props.value}
              onChange={() => props.onChange(choice.value)}
              className="checkbox mt-0.5"
            />
            <span>
              {choice.label}
              {choice.help && <span className="block text-sm text-ink-2">{choice.help}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
