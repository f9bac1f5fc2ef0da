import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Field, Input } from '../../components/field.tsx';

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
    <Dialog
      title={props.title}
      onClose={props.onClose}
      onSubmit={submit}
      actions={
        <>
          <Button variant="quiet" onClick={props.onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" busy={props.busy}>
            {props.verb}
          </Button>
        </>
      }
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
    </Dialog>
  );
}
