import { type ReactNode, useId } from 'react';
import { cx } from './class-names.ts';
import { Icon } from './icon.tsx';
import { useCopy } from './use-copy.ts';

type CopyValueProps = {
  value: string;
  /** What is copied, for the button's name: “connector URL”. */
  name: string;
  /** Breaks the value over lines, where it has to be checked by eye. */
  wrap?: boolean;
  secret?: boolean;
  labelId?: string;
};

/** A value on sunken ground with *Copy* welded to it; without a label, for tables of values. */
export function CopyValue({ value, name, wrap = false, secret = false, labelId }: CopyValueProps) {
  return (
    <div
      className={cx(
        'flex min-w-0 flex-1 basis-48 items-stretch rounded-md border bg-sunken',
        secret ? 'border-line-control' : 'border-line-strong',
      )}
    >
      <code
        {...(labelId && { role: 'textbox', 'aria-readonly': true, 'aria-labelledby': labelId })}
        className={cx(
          'min-w-0 flex-1 px-2.5 text-xs max-tablet:wrap-anywhere max-tablet:whitespace-normal',
          wrap
            ? 'py-1.5 leading-4.5 wrap-anywhere'
            : 'no-scrollbar overflow-x-auto py-[5px] leading-5 whitespace-nowrap',
          secret && 'font-medium',
        )}
      >
        {value}
      </code>
      <CopyButton value={value} name={name} />
    </div>
  );
}

function CopyButton({ value, name }: { value: string; name: string }) {
  const { state, copy } = useCopy();
  const done = state === 'copied';
  return (
    <button
      type="button"
      aria-label={`Copy ${name}`}
      onClick={() => void copy(value)}
      className={cx(
        'inline-flex min-w-17.5 flex-none items-center justify-center gap-1.5 rounded-r-[5px] border-l border-line-strong px-2.5 text-xs font-medium focus-visible:inset-ring-2 focus-visible:inset-ring-focus focus-visible:rounded-r-[5px] focus-visible:shadow-none',
        done ? 'bg-ok-bg text-ok-text' : 'bg-panel text-ink-2 hover:bg-hover hover:text-ink',
      )}
    >
      <Icon name={done ? 'check' : 'copy'} size="14" />
      {state === 'idle' ? 'Copy' : done ? 'Copied' : 'Select it'}
    </button>
  );
}

/** A labelled value to carry elsewhere. */
export function CopyField({
  label,
  help,
  ...value
}: Omit<CopyValueProps, 'labelId' | 'name'> & {
  label: string;
  name?: string;
  help?: ReactNode;
}) {
  const id = useId();
  return (
    <div>
      <span id={id} className="mb-1.5 block text-sm font-medium">
        {label}
      </span>
      <CopyValue {...value} name={value.name ?? label} labelId={id} />
      {help && <div className="mt-1.5 text-sm text-ink-2">{help}</div>}
    </div>
  );
}

/** A secret that can be seen only now. Its owner must hold it in memory alone and drop it on closing. */
export function SecretField({
  label,
  value,
  warning,
}: {
  label: string;
  value: string;
  /** That this is the only time, and what is kept instead. */
  warning: ReactNode;
}) {
  return (
    <div className="grid gap-4">
      <CopyField label={label} value={value} wrap secret />
      <Note tone="warning">{warning}</Note>
    </div>
  );
}

/** A remark beside the text, with a rule at its left. */
export function Note({
  tone = 'plain',
  children,
}: {
  tone?: 'plain' | 'warning';
  children: ReactNode;
}) {
  return (
    <div
      className={cx(
        'note border-l-2 pl-3 text-sm',
        tone === 'warning' ? 'border-warning-mark text-ink' : 'border-line-strong text-ink-2',
      )}
    >
      {children}
    </div>
  );
}
