import { type ComponentProps, createContext, type ReactNode, useContext, useId } from 'react';
import { cx } from './class-names.ts';
import { StatusMark } from './status-mark.tsx';

type FieldIds = { id: string; describedBy: string | undefined; invalid: boolean };

const FieldContext = createContext<FieldIds | undefined>(undefined);

type FieldProps = {
  label: string;
  /** What belongs in it, beneath the control. */
  help?: ReactNode;
  /** What is wrong and how to put it right; takes the place of the help. */
  error?: string | undefined;
  className?: string;
  children: ReactNode;
};

/** A label above its control, and help or error beneath; the control inside finds its ids by itself. */
export function Field({ label, help, error, className, children }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const describedBy = error || help ? noteId : undefined;
  return (
    <FieldContext value={{ id, describedBy, invalid: Boolean(error) }}>
      <div className={className}>
        <label htmlFor={id} className="mb-1.5 block text-sm font-medium">
          {label}
        </label>
        {children}
        {error ? (
          <FieldError id={noteId}>{error}</FieldError>
        ) : (
          help && (
            <div id={noteId} className="mt-1.5 text-sm text-ink-2">
              {help}
            </div>
          )
        )}
      </div>
    </FieldContext>
  );
}

/** The line that says what is wrong with one field. */
export function FieldError({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <p id={id} className="mt-1.5 flex gap-1.5 text-sm text-danger-text">
      <StatusMark mark="danger" className="mt-[3px]" />
      {children}
    </p>
  );
}

const control =
  'w-full rounded-md border bg-panel text-ink placeholder:text-ink-3 focus-visible:rounded-md focus-visible:border-focus focus-visible:shadow-none focus-visible:outline-2 focus-visible:-outline-offset-1 focus-visible:outline-focus';

function controlClass(ids: FieldIds | undefined, className: string, height: string) {
  return cx(
    control,
    height,
    ids?.invalid
      ? 'border-danger-mark outline-1 -outline-offset-1 outline-danger-mark'
      : 'border-line-control',
    className,
  );
}

function fieldAttributes(ids: FieldIds | undefined) {
  if (!ids) return {};
  return {
    id: ids.id,
    'aria-describedby': ids.describedBy,
    'aria-invalid': ids.invalid || undefined,
  } as const;
}

/** One line of text. */
export function Input({
  large = false,
  className,
  ...rest
}: ComponentProps<'input'> & { large?: boolean }) {
  const ids = useContext(FieldContext);
  return (
    <input
      {...fieldAttributes(ids)}
      {...rest}
      className={controlClass(ids, cx('px-2.5', className), large ? 'h-10' : 'h-control')}
    />
  );
}

/** Several lines of text. */
export function TextArea({ className, ...rest }: ComponentProps<'textarea'>) {
  const ids = useContext(FieldContext);
  return (
    <textarea
      {...fieldAttributes(ids)}
      {...rest}
      className={controlClass(ids, cx('block resize-y px-2.5 py-1.5', className), 'h-auto')}
    />
  );
}

/** One of several, in the browser's own list: it works with every input device and under a strict policy. */
export function Select({ className, children, ...rest }: ComponentProps<'select'>) {
  const ids = useContext(FieldContext);
  return (
    <select
      {...fieldAttributes(ids)}
      {...rest}
      className={controlClass(ids, cx('pr-2 pl-2', className), 'h-control')}
    >
      {children}
    </select>
  );
}
