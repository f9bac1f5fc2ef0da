import type { IssuedToken, Provider } from '@rollcall/api';
import { type ReactNode, useId, useState } from 'react';
import { Banner } from '../../../components/banner.tsx';
import { Button } from '../../../components/button.tsx';
import { Dialog, type Step } from '../../../components/dialog.tsx';
import { Credentials } from './credentials.tsx';
import { useKeepOpen } from './use-keep-open.ts';

const guard = {
  question: 'Close without storing the token? You can make another one with Refresh Token.',
  close: 'Close',
  stay: 'Go back',
} as const;

type TokenDialogProps = {
  title: string;
  /** What is chosen, and at the end *Credentials*. */
  steps: readonly Step[];
  /** The open step while there is something to choose, from 0. */
  step?: number;
  /** The token, once it is made: the last step shows it. */
  issued: IssuedToken | undefined;
  provider: Provider;
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

/** Everything that makes a token: choices first, then both values, once, until they are stored. */
export function TokenDialog(props: TokenDialogProps) {
  const { title, steps, step = 0, issued, onBack, onClose } = props;
  const [stored, setStored] = useState(false);
  const reasonId = useId();
  const leaving = useKeepOpen(issued !== undefined && !stored);
  const finish = () => {
    leaving.current = true;
    onClose();
  };
  // Both are one dialog to React, so that the focus comes back to where the first step was opened from.
  if (!issued) {
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
  return (
    <Dialog
      title={title}
      steps={steps}
      step={steps.length - 1}
      onClose={finish}
      guard={stored ? undefined : guard}
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
      <Credentials issued={issued} provider={props.provider} stored={stored} onStored={setStored} />
    </Dialog>
  );
}
