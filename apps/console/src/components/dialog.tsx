import { Dialog as Radix } from 'radix-ui';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Button } from './button.tsx';
import { cx } from './class-names.ts';
import { Icon } from './icon.tsx';
import { useFocusReturn } from './use-focus-return.ts';

/** One step of a dialog; a finished one says what was chosen. */
export type Step = { name: string; chosen?: string };

/** What would be lost by closing, and the words of the two ways. */
type CloseGuard = { question: string; close: string; stay: string };

type DialogProps = {
  title: string;
  /** Steps and the one that is open, from 0. */
  steps?: readonly Step[];
  step?: number;
  onClose: () => void;
  /** While set, Escape, the scrim and the corner ask before they close. */
  guard?: CloseGuard | undefined;
  /** In the foot, at the left: why the primary button cannot be pressed. */
  reason?: ReactNode;
  /** In the foot, at the right: the primary button last. */
  actions: ReactNode;
  /** Set where the body is a form: Enter submits, and the primary button has `type="submit"`. */
  onSubmit?: (() => void) | undefined;
  children: ReactNode;
};

/** A dialog over the page: focus stays inside, Escape closes or asks, and focus goes back to where it came from. */
export function Dialog(props: DialogProps) {
  const [asking, setAsking] = useState(false);
  const returnFocus = useFocusReturn();
  const tryClose = () => (props.guard ? setAsking(true) : props.onClose());
  return (
    <Radix.Root open onOpenChange={(open) => !open && tryClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-20 grid animate-fade grid-cols-[minmax(0,1fr)] place-items-start justify-items-center overflow-y-auto bg-scrim p-3 tablet:px-4 tablet:pt-[8.5vh] tablet:pb-4">
          <Radix.Content
            aria-describedby={undefined}
            onOpenAutoFocus={enterAtChosen}
            onCloseAutoFocus={returnFocus}
            className="w-full max-w-dialog animate-rise rounded-lg bg-overlay shadow-dialog focus-visible:rounded-lg focus-visible:shadow-dialog"
          >
            <Frame {...props}>
              <DialogHead {...props} />
              <div className="grid gap-4 px-4 pt-4 pb-6 tablet:px-6">{props.children}</div>
              {asking && props.guard ? (
                <GuardFoot
                  guard={props.guard}
                  onStay={() => setAsking(false)}
                  onClose={props.onClose}
                />
              ) : (
                <Foot>
                  {props.reason && <div className="mr-auto text-sm text-ink-2">{props.reason}</div>}
                  {props.actions}
                </Foot>
              )}
            </Frame>
          </Radix.Content>
        </Radix.Overlay>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** A group of radio buttons is entered at the one that is chosen, as with the Tab key, and not at its first. */
function enterAtChosen(event: Event) {
  const content = event.currentTarget;
  if (!(content instanceof HTMLElement)) return;
  const first = content.querySelector('input, select, textarea, button, a');
  const chosen = content.querySelector<HTMLElement>('input[type=radio]:checked');
  if (!chosen || !first?.matches('input[type=radio]')) return;
  event.preventDefault();
  chosen.focus();
}

function Frame({ onSubmit, children }: Pick<DialogProps, 'onSubmit' | 'children'>) {
  if (!onSubmit) return children;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
    </form>
  );
}

function DialogHead({ title, steps, step = 0 }: DialogProps) {
  return (
    <header className="px-4 pt-5 tablet:px-6">
      <div className="flex items-baseline justify-between gap-4 text-sm text-ink-3">
        <Radix.Title className="min-w-0 text-md font-strong wrap-anywhere text-ink">
          {title}
        </Radix.Title>
        {steps && (
          <span className="flex-none">
            Step {step + 1} of {steps.length}
          </span>
        )}
      </div>
      {steps && <Steps steps={steps} step={step} />}
    </header>
  );
}

function Steps({ steps, step }: { steps: readonly Step[]; step: number }) {
  return (
    <ol className="mt-4 flex gap-3">
      {steps.map((one, index) => (
        <li
          key={one.name}
          aria-current={index === step ? 'step' : undefined}
          className={cx(
            'flex-1 border-t-2 pt-2 text-xs text-ink-2',
            index < step && 'border-accent-line',
            index === step && 'border-accent',
            index > step && 'border-line',
          )}
        >
          <b className="flex items-center gap-1 text-ink">
            {index < step && <Icon name="check" size="12" bold className="text-accent-text" />}
            {one.name}
          </b>
          {index <= step && one.chosen}
        </li>
      ))}
    </ol>
  );
}

function Foot({ children }: { children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-end gap-3 rounded-b-lg border-t border-line bg-chrome px-4 py-3 tablet:px-6">
      {children}
    </div>
  );
}

function GuardFoot({
  guard,
  onStay,
  onClose,
}: {
  guard: CloseGuard;
  onStay: () => void;
  onClose: () => void;
}) {
  const stay = useRef<HTMLButtonElement>(null);
  useEffect(() => stay.current?.focus(), []);
  return (
    <div role="alert">
      <Foot>
        <p className="mr-auto flex-[1_1_14rem] text-sm text-ink">{guard.question}</p>
        <Button variant="danger" onClick={onClose}>
          {guard.close}
        </Button>
        <Button ref={stay} onClick={onStay}>
          {guard.stay}
        </Button>
      </Foot>
    </div>
  );
}
