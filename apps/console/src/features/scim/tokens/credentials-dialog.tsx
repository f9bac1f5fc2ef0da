import type { IssuedToken, Provider } from '@rollcall/api';
import { useBlocker } from '@tanstack/react-router';
import { useId, useRef, useState } from 'react';
import { Button } from '../../../components/button.tsx';
import { Checkbox } from '../../../components/choice.tsx';
import { CopyField, SecretField } from '../../../components/copy-field.tsx';
import { Dialog, type Step } from '../../../components/dialog.tsx';
import { announce } from '../../../components/live-region.tsx';
import { useCopy } from '../../../components/use-copy.ts';
import { useSession } from '../../../shell/account.ts';
import { tokenPlace } from '../model/recipe.ts';
import { credentialsAsText } from '../model/token.ts';

const guard = {
  question: 'Close without storing the token? You can make another one with Refresh Token.',
  close: 'Close',
  stay: 'Go back',
} as const;

/** The last step of everything that makes a token: both values, once, until they are stored. */
export function CredentialsDialog({
  title,
  steps,
  issued,
  provider,
  onClose,
}: {
  title: string;
  steps: readonly Step[];
  issued: IssuedToken;
  provider: Provider;
  onClose: () => void;
}) {
  const [stored, setStored] = useState(false);
  const reasonId = useId();
  const { productName } = useSession();
  const leaving = useKeepOpen(!stored);
  const close = () => {
    leaving.current = true;
    onClose();
  };
  return (
    <Dialog
      title={title}
      steps={steps}
      step={steps.length - 1}
      onClose={close}
      guard={stored ? undefined : guard}
      reason={!stored && <span id={reasonId}>Tick the box to finish.</span>}
      actions={
        <Button
          variant="primary"
          inactive={!stored}
          aria-describedby={stored ? undefined : reasonId}
          onClick={close}
        >
          Done
        </Button>
      }
    >
      <CopyField label="Connector URL" name="connector URL" value={issued.connectorUrl} wrap />
      <SecretField
        label="Token"
        value={issued.token}
        warning={`This is the only time that you can see this token. ${productName} keeps only its fingerprint.`}
      />
      <p className="text-sm text-ink-2">{tokenPlace(provider)}</p>
      <CopyAll text={credentialsAsText(issued, productName)} />
      <Checkbox checked={stored} onChange={(event) => setStored(event.currentTarget.checked)}>
        I have stored the token in a safe place
      </Checkbox>
    </Dialog>
  );
}

function CopyAll({ text }: { text: string }) {
  const { state, copy } = useCopy();
  return (
    <div>
      <Button size="sm" onClick={() => void copy(text)}>
        {state === 'copied' ? 'Copied all' : 'Copy all as text'}
      </Button>
    </div>
  );
}

/**
 * The browser's *Back* and *Reload* would throw the token away as surely as closing does. Set the answer's `current`
 * before leaving on purpose.
 */
function useKeepOpen(keep: boolean) {
  const leaving = useRef(false);
  useBlocker({
    disabled: !keep,
    enableBeforeUnload: () => keep && !leaving.current,
    shouldBlockFn: () => {
      if (leaving.current) return false;
      announce('Store the token first, then tick the box.');
      return true;
    },
  });
  return leaving;
}
