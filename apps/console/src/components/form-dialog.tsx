import type { ReactNode } from 'react';
import { useId } from 'react';
import { Banner } from './banner.tsx';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';

type FormDialogProps = {
  title: string;
  /** Verb and thing: “Create organization”. */
  submit: string;
  danger?: boolean;
  busy: boolean;
  /** What went wrong with the last try, where it belongs to no field. */
  error?: string | undefined;
  /** Why nothing can be submitted now, in words; the button stays reachable and says it. */
  reason?: string | undefined;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
};

/** A form over the page. Enter submits; nothing is sent twice. */
export function FormDialog(props: FormDialogProps) {
  const reasonId = useId();
  const { busy, error, reason } = props;
  return (
    <Dialog
      title={props.title}
      onClose={props.onClose}
      onSubmit={() => !busy && reason === undefined && props.onSubmit()}
      reason={reason && <span id={reasonId}>{reason}</span>}
      actions={
        <>
          <Button variant="quiet" onClick={props.onClose}>
            Cancel
          </Button>
          <Button
            type="submit"
            variant={props.danger ? 'danger' : 'primary'}
            inactive={reason !== undefined}
            busy={busy}
            aria-describedby={reason === undefined ? undefined : reasonId}
          >
            {props.submit}
          </Button>
        </>
      }
    >
      {error && <Banner tone="danger" title={error} />}
      {props.children}
    </Dialog>
  );
}
