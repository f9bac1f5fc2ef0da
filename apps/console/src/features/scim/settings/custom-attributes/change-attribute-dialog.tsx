import type { ExtensionAttribute, SchemaExtension } from '@rollcall/api';
import { useState } from 'react';
import { FormDialog } from '../../../../components/form-dialog.tsx';
import { sensitiveError } from '../../../reauthentication/provider.tsx';
import { UniqueChoice } from './unique-choice.tsx';

/** Switches whether the values of an attribute are unique; all else of it is fixed from the start. */
export function ChangeAttributeDialog({
  resourceType,
  urn,
  name,
  attribute,
  busy,
  error,
  valuesExist,
  onSubmit,
  onClose,
}: {
  resourceType: SchemaExtension['resourceType'];
  urn: string;
  name: string;
  /** As it is now; undefined where somebody else has removed it meanwhile. */
  attribute: ExtensionAttribute | undefined;
  busy: boolean;
  error: unknown;
  /** Whether `error` says that there are values, which is a matter of the choice. */
  valuesExist: boolean;
  onSubmit: (unique: boolean) => void;
  onClose: () => void;
}) {
  const isUnique = attribute?.uniqueness === 'server';
  const [unique, setUnique] = useState(isUnique);
  const problem = sensitiveError(error);
  return (
    <FormDialog
      title={`Change the attribute ${name}`}
      submit="Save"
      busy={busy}
      error={valuesExist ? undefined : problem}
      reason={reasonOf(attribute, unique === isUnique)}
      onSubmit={() => onSubmit(unique)}
      onClose={onClose}
    >
      <p className="text-ink-2">
        <code className="break-all">{`${urn}:${name}`}</code>
      </p>
      <UniqueChoice
        of={resourceType}
        checked={unique}
        error={valuesExist ? `This cannot be switched once values exist. ${problem}` : undefined}
        onChange={setUnique}
      />
    </FormDialog>
  );
}

function reasonOf(attribute: ExtensionAttribute | undefined, same: boolean): string | undefined {
  if (attribute === undefined) return 'Somebody else has removed it.';
  return same ? 'Nothing has changed.' : undefined;
}
