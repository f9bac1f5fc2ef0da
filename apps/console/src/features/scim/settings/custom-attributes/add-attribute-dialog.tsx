import type { SchemaExtension } from '@rollcall/api';
import { useState } from 'react';
import { Checkbox, RadioGroup } from '../../../../components/choice.tsx';
import { Field, Input, Select } from '../../../../components/field.tsx';
import { FormDialog } from '../../../../components/form-dialog.tsx';
import { sensitiveError } from '../../../reauthentication/provider.tsx';
import {
  type AttributeDraft,
  canBeUnique,
  nameProblem,
  typeLabels,
  urnProblem,
} from './extensions.ts';
import { UniqueChoice } from './unique-choice.tsx';

const types = Object.entries(typeLabels);

/** Describes one more attribute, in an extension that exists or in a new one. */
export function AddAttributeDialog({
  extensions,
  busy,
  error,
  onSubmit,
  onClose,
}: {
  extensions: readonly SchemaExtension[];
  busy: boolean;
  error: unknown;
  onSubmit: (draft: AttributeDraft) => void;
  onClose: () => void;
}) {
  const [draft, setDraft] = useState<AttributeDraft>(() => emptyDraft(extensions));
  const [tried, setTried] = useState(false);
  const set = (part: Partial<AttributeDraft>) => setDraft((now) => ({ ...now, ...part }));
  const known = extensions.find(({ urn }) => urn.toLowerCase() === draft.urn.toLowerCase());
  const resourceType = known?.resourceType ?? draft.resourceType;
  const problems = { name: nameProblem(draft.name), urn: urnProblem(draft.urn) };
  const submit = () => {
    setTried(true);
    if (problems.name !== undefined || problems.urn !== undefined) return;
    onSubmit({ ...draft, resourceType });
  };
  return (
    <FormDialog
      title="Add a custom attribute"
      submit="Add attribute"
      busy={busy}
      error={sensitiveError(error)}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field
        label="Name"
        help="As the identity provider sends it, such as badgeNumber."
        error={tried ? problems.name : undefined}
      >
        <Input
          value={draft.name}
          autoComplete="off"
          onChange={(event) => set({ name: event.currentTarget.value.trim() })}
        />
      </Field>
      <Field
        label="External namespace"
        help="The URN of the schema extension, as the identity provider has it beside the attribute."
        error={tried ? problems.urn : undefined}
      >
        <Input
          value={draft.urn}
          autoComplete="off"
          onChange={(event) => set({ urn: event.currentTarget.value.trim() })}
        />
      </Field>
      {known === undefined && (
        <RadioGroup
          legend="Of"
          inline
          value={draft.resourceType}
          onChange={(chosen) => set({ resourceType: chosen })}
          choices={[
            { value: 'User', label: 'People' },
            { value: 'Group', label: 'Groups' },
          ]}
        />
      )}
      <Field label="Type">
        <Select
          value={draft.type}
          onChange={(event) => {
            const chosen = types.find(([type]) => type === event.currentTarget.value);
            // The entries are those of the labels.
            if (chosen) set({ type: chosen[0] as keyof typeof typeLabels });
          }}
        >
          {types.map(([type, label]) => (
            <option key={type} value={type}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      <Checkbox
        checked={draft.multiValued}
        onChange={(event) => set({ multiValued: event.currentTarget.checked })}
      >
        Has several values
      </Checkbox>
      {draft.type === 'string' && (
        <Checkbox
          checked={draft.caseExact}
          onChange={(event) => set({ caseExact: event.currentTarget.checked })}
        >
          Upper and lower case differ
        </Checkbox>
      )}
      {canBeUnique(draft) && (
        <UniqueChoice
          of={resourceType}
          checked={draft.unique}
          onChange={(unique) => set({ unique })}
        />
      )}
    </FormDialog>
  );
}

function emptyDraft([first]: readonly SchemaExtension[]): AttributeDraft {
  return {
    urn: first?.urn ?? 'urn:example:custom:2.0:User',
    resourceType: 'User',
    name: '',
    type: 'string',
    multiValued: false,
    caseExact: false,
    unique: false,
  };
}
