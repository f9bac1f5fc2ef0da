import { describeError } from '../../../api/api-error.ts';
import { ErrorState } from '../../../components/states.tsx';

/** A part that could not be loaded: what, why, the id for support, and *Try again*. */
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
  return (
    <ErrorState
      title={`${what} could not be loaded`}
      {...describeError(error)}
      onRetry={() => void onRetry()}
    />
  );
}
