import { createLink } from '@tanstack/react-router';
import type { ComponentProps, MouseEvent } from 'react';
import { type ButtonSize, type ButtonVariant, buttonClass } from './button-class.ts';
import { StatusMark } from './status-mark.tsx';

type Look = { variant?: ButtonVariant; size?: ButtonSize };

type ButtonProps = Omit<ComponentProps<'button'>, 'disabled'> &
  Look & {
    /**
     * Cannot be pressed now. It keeps its place in the focus order, so that its reason can be read: put the reason
     * beside it and name it with `aria-describedby`.
     */
    inactive?: boolean | undefined;
    /** Works on it: shows a clock and takes no press. The text should say how far it is. */
    busy?: boolean | undefined;
  };

/** A button. Its text starts with a verb; `…` at its end says that a dialog follows. */
export function Button({
  variant = 'plain',
  size = 'md',
  inactive = false,
  busy = false,
  type = 'button',
  className,
  onClick,
  children,
  ...rest
}: ButtonProps) {
  const blocked = inactive || busy;
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (blocked) event.preventDefault();
    else onClick?.(event);
  };
  return (
    <button
      {...rest}
      type={type}
      onClick={press}
      aria-disabled={blocked || undefined}
      aria-busy={busy || undefined}
      className={buttonClass({
        // A press that is being worked on loses its fill, not its contrast.
        variant: busy ? 'plain' : variant,
        size,
        inactive,
        className,
      })}
    >
      {busy && <StatusMark mark="waiting" />}
      {children}
    </button>
  );
}

function ButtonAnchor({ variant, size, className, ...rest }: ComponentProps<'a'> & Look) {
  return (
    <a
      {...rest}
      className={buttonClass({
        ...(variant && { variant }),
        ...(size && { size }),
        className,
      })}
    />
  );
}

/** A link that looks like a button: it leads somewhere and changes nothing. */
export const ButtonLink = createLink(ButtonAnchor);
