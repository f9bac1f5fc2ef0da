import { ApiError, describeError } from '../../api/api-error.ts';
import { Button, ButtonLink } from '../../components/button.tsx';
import { EntryText } from './entry-form.tsx';

/** The link of a mail that leads nowhere, and where another one comes from. */
export function CodeRefused({
  error,
  again,
  onRetry,
}: {
  error: Error;
  again: '/sign-in/reset' | '/sign-up';
  onRetry?: () => void;
}) {
  const { detail } = describeError(error);
  if (isFinal(error)) {
    return (
      <EntryText title="This link does not work" lead={detail}>
        <ButtonLink to={again} variant="primary" size="lg">
          Ask for another one
        </ButtonLink>
      </EntryText>
    );
  }
  return (
    <EntryText title="The link could not be checked" lead={detail}>
      {onRetry && (
        <Button size="lg" onClick={onRetry}>
          Try again
        </Button>
      )}
    </EntryText>
  );
}

/** Whether asking once more with the same link is of no use. */
export function isFinal(error: unknown): error is ApiError {
  const final = ['code_invalid', 'sign_up_closed', 'domain_locked', 'sso_required', 'email_taken'];
  return error instanceof ApiError && final.includes(error.code);
}

/** What is wrong with a new passphrase, where the server says so. */
export function passphraseProblem(error: unknown): string | undefined {
  const codes = ['passphrase_too_short', 'passphrase_too_common'];
  return error instanceof ApiError && codes.includes(error.code) ? error.detail : undefined;
}
