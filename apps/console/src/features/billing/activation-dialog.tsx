import { longest } from 'virtual:contract';
import { useState } from 'react';
import { isSchemaText } from '../../api/api-error.ts';
import { request } from '../../api/request.ts';
import { Field, Input } from '../../components/field.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { useCleanPaste } from '../../components/use-clean-paste.ts';
import { sensitiveError } from '../reauthentication/provider.tsx';
import { usePlanChange } from './use-plan-change.ts';

/** Spends an activation code. */
export function ActivationDialog({ onClose }: { onClose: () => void }) {
  const [code, setCode] = useState('');
  const [missing, setMissing] = useState(false);
  const paste = useCleanPaste(setCode);
  const change = usePlanChange(
    (accountId) => request('enterActivationCode', { params: { accountId }, body: { code } }),
    onClose,
  );
  const submit = () => {
    setMissing(code.trim() === '');
    if (code.trim() !== '') change.mutate();
  };
  return (
    <FormDialog
      title="Enter Activation Code"
      submit="Activate"
      busy={change.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field
        label="Activation code"
        help={paste.note ?? 'It came with your order. Each code works once.'}
        error={missing ? 'Enter the code.' : refusal(change.error)}
      >
        <Input
          autoFocus
          autoComplete="off"
          maxLength={longest.activationCode}
          spellCheck={false}
          className="font-mono"
          value={code}
          onPaste={paste.onPaste}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
      </Field>
    </FormDialog>
  );
}

function refusal(error: unknown): string | undefined {
  if (isSchemaText(error))
    return `A code has at most ${longest.activationCode} characters. Copy it once more.`;
  return sensitiveError(error);
}
