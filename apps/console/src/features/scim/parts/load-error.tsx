import { describeError, isNotFound } from '../../../api/api-error.ts';
import { ErrorState } from '../../../components/states.tsx';

/** A part that could not be loaded: what, why, the id for support, and *Try again*, unless it is not there at all. */
export function LoadError({
  what,
  error,
  onRetry,
}: {
  /** “The requests”. */
  what: string;
  error: unknown;
  onRetry: () => unknown;
}) {
  if (isNotFound(error)) {
    return (
      <ErrorState
        title={`${what} is not there`}
        detail="The link may be old, or what it led to was deleted."
      />
    );
  }
  return (
    <ErrorState
      title={`${what} could not be loaded`}
      {...describeError(error)}
      onRetry={() => void onRetry()}
    />
  );
}
