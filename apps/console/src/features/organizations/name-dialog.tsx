import { useState } from 'react';
import { Field, Input } from '../../components/field.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';

/** Asks for the name of an organization. */
export function NameDialog(props: {
  title: string;
  verb: string;
  name: string;
  onName: (name: string) => void;
  submit: () => void;
  busy: boolean;
  error: string | undefined;
  onClose: () => void;
}) {
  const [tried, setTried] = useState(false);
  const missing = props.name.trim() === '';
  const submit = () => {
    setTried(true);
    if (!missing) props.submit();
  };
  return (
    <FormDialog
      title={props.title}
      submit={props.verb}
      busy={props.busy}
      onSubmit={submit}
      onClose={props.onClose}
    >
      <Field
        label="Organization name"
        error={tried && missing ? 'Give the organization a name.' : props.error}
      >
        <Input
          value={props.name}
          maxLength={100}
          autoComplete="off"
          onChange={(event) => props.onName(event.currentTarget.value)}
        />
      </Field>
    </FormDialog>
  );
}
