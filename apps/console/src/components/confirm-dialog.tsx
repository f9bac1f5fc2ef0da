import { type ReactNode, useId, useState } from 'react';
import { Banner } from './banner.tsx';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { Field, Input } from './field.tsx';

type ConfirmDialogProps = {
  /** A question that names what is done: “Remove Ada Example?” */
  title: string;
  /** The consequences, with real numbers. */
  children: ReactNode;
  /** Verb and number: “Remove 3 users”. Left out until the consequences are known: till then there is only *Cancel*. */
  confirm: string | undefined;
  danger?: boolean;
  busy?: boolean;
  /** What went wrong with the last try. */
  error?: string | undefined;
  /** A name to type first, for what cannot be undone. */
  typeToConfirm?: { label: string; text: string } | undefined;
  onConfirm: () => void;
  onClose: () => void;
};

/** Asks before something that has consequences, and says them. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const [typed, setTyped] = useState('');
  const reasonId = useId();
  const { typeToConfirm } = props;
  const open = !typeToConfirm || typed.trim() === typeToConfirm.text;
  const wrong = typeToConfirm && !typeToConfirm.text.startsWith(typed.trim());
  return (
    <Dialog
      title={props.title}
      onClose={props.onClose}
      onSubmit={() => props.confirm && open && !props.busy && props.onConfirm()}
      reason={!open && <span id={reasonId}>Type the name to go on.</span>}
      actions={
        <>
          <Button variant="quiet" onClick={props.onClose}>
            Cancel
          </Button>
          {props.confirm && (
            <Button
              type="submit"
              variant={props.danger ? 'danger' : 'primary'}
              inactive={!open}
              busy={props.busy}
              aria-describedby={open ? undefined : reasonId}
            >
              {props.confirm}
            </Button>
          )}
        </>
      }
    >
      {props.error && <Banner tone="danger" title={props.error} />}
      <div className="grid gap-3 text-ink-2">{props.children}</div>
      {typeToConfirm && (
        <Field
          label={typeToConfirm.label}
          error={wrong ? `That is not the name. It is ${typeToConfirm.text}.` : undefined}
        >
          <Input
            value={typed}
            autoComplete="off"
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        </Field>
      )}
    </Dialog>
  );
}
