import { useState } from 'react';
import { request } from '../../api/request.ts';
import { Field, Input } from '../../components/field.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { describeBrowser } from './describe-browser.ts';
import { makePasskey } from './passkey.ts';
import { useFactorChange } from './use-factor-change.ts';

/** Has the browser make a passkey, and keeps it. */
export function NewPasskeyDialog({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState(() => describeBrowser(navigator.userAgent));
  const [tried, setTried] = useState(false);
  const { submit, busy, error } = useFactorChange(
    async () => {
      const options = await request('beginPasskey', {});
      const response = await makePasskey(options);
      await request('addPasskey', { body: { name, response } });
    },
    `The passkey ${name.trim()} was added`,
    onClose,
  );
  const missing = name.trim() === '';
  const add = () => {
    setTried(true);
    if (!missing) submit();
  };
  return (
    <FormDialog
      title="Add a passkey"
      submit="Add passkey"
      busy={busy}
      error={error}
      onSubmit={add}
      onClose={onClose}
    >
      <Field
        label="Name"
        help="So that you know it again. Your browser asks next."
        error={tried && missing ? 'Give it a name.' : undefined}
      >
        <Input
          value={name}
          maxLength={100}
          autoComplete="off"
          onChange={(event) => setName(event.currentTarget.value)}
        />
      </Field>
    </FormDialog>
  );
}
