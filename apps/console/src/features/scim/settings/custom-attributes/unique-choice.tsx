import type { SchemaExtension } from '@rollcall/api';
import { useId } from 'react';
import { Checkbox } from '../../../../components/choice.tsx';
import { FieldError } from '../../../../components/field.tsx';

const others: Record<SchemaExtension['resourceType'], string> = {
  User: 'a second person',
  Group: 'a second group',
};

/** Whether each value is there once, with what follows from it, or why it cannot be switched. */
export function UniqueChoice({
  of,
  checked,
  error,
  onChange,
}: {
  of: SchemaExtension['resourceType'];
  checked: boolean;
  error?: string | undefined;
  onChange: (unique: boolean) => void;
}) {
  const noteId = useId();
  return (
    <div>
      <Checkbox
        checked={checked}
        aria-describedby={noteId}
        aria-invalid={error !== undefined || undefined}
        onChange={(event) => onChange(event.currentTarget.checked)}
      >
        Unique in this directory
      </Checkbox>
      <div id={noteId} aria-live="polite" className="ml-6.5 wrap-anywhere">
        {error === undefined ? (
          <p className="text-sm text-ink-2">
            A request that would give {others[of]} the same value is refused, and Requests says who
            has it. This cannot be switched once values exist.
          </p>
        ) : (
          <FieldError>{error}</FieldError>
        )}
      </div>
    </div>
  );
}
