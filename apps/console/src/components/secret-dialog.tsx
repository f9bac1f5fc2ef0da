import { type ReactNode, useId, useState } from 'react';
import { Banner } from './banner.tsx';
import { Button } from './button.tsx';
import { Checkbox } from './choice.tsx';
import { Dialog, type Step } from './dialog.tsx';
import { useKeepOpen } from './use-keep-open.ts';

export type SecretDialogProps = {
  title: string;
  /** What is chosen, and at the end where the secret is shown. */
  steps: readonly Step[];
  /** The open step while there is something to choose, from 0. */
  step?: number;
  /** What is shown once it is made, and what it is called: “token”. */
  secret: { name: string; content: ReactNode } | undefined;
  /** How another one is made: “You can make another one with Refresh Token.” */
  another: string;
  busy: boolean;
  error: string | undefined;
  /** The primary button of the open step: “Generate”. */
  submit: string;
  onSubmit: () => void;
  /** To the step before; the first has *Cancel* instead. */
  onBack?: (() => void) | undefined;
  onClose: () => void;
  children: ReactNode;
};

/** Everything that makes a secret: choices first, then the secret, once, until it is stored. */
export function SecretDialog(props: SecretDialogProps) {
  const { title, steps, step = 0, secret, onBack, onClose } = props;
  const [stored, setStored] = useState(false);
  const reasonId = useId();
  const leaving = useKeepOpen(secret !== undefined && !stored);
  const finish = () => {
    leaving.current = true;
    onClose();
  };
  // Both are one dialog to React, so that the focus comes back to where the first step was opened from.
  if (!secret) {
    return (
      <Dialog
        title={title}
        steps={steps}
        step={step}
        onClose={onClose}
        onSubmit={props.onSubmit}
        actions={
          <>
            <Button variant="quiet" onClick={onBack ?? onClose}>
              {onBack ? 'Back' : 'Cancel'}
            </Button>
            <Button type="submit" variant="primary" busy={props.busy}>
              {props.submit}
            </Button>
          </>
        }
      >
        {props.error && <Banner tone="danger" title={props.error} />}
        {props.children}
      </Dialog>
    );
  }
  const question = `Close without storing the ${secret.name}? ${props.another}`;
  return (
    <Dialog
      title={title}
      steps={steps}
      step={steps.length - 1}
      onClose={finish}
      guard={stored ? undefined : { question, close: 'Close', stay: 'Go back' }}
      reason={!stored && <span id={reasonId}>Tick the box to finish.</span>}
      actions={
        <Button
          variant="primary"
          inactive={!stored}
          aria-describedby={stored ? undefined : reasonId}
          onClick={finish}
        >
          Done
        </Button>
      }
    >
      {secret.content}
      <Checkbox checked={stored} onChange={(event) => setStored(event.currentTarget.checked)}>
        I have stored the {secret.name} in a safe place
      </Checkbox>
    </Dialog>
  );
}
