import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from 'react';
import { ApiError } from '../../api/api-error.ts';
import { passkeyError } from '../profile/passkey.ts';
import { ReauthenticationDialog } from './dialog.tsx';
import { NotProved } from './proof.tsx';

type Act = <Result>(act: () => Promise<Result>) => Promise<Result>;

const ReauthenticationContext = createContext<Act | undefined>(undefined);

/** Holds the dialog that asks for a fresh local factor. Stands once, around the pages. */
export function ReauthenticationProvider({ children }: { children: ReactNode }) {
  const [asking, setAsking] = useState(false);
  const answer = useRef<(proved: boolean) => void>(undefined);
  const ask = useCallback(
    () =>
      new Promise<boolean>((resolve) => {
        answer.current = resolve;
        setAsking(true);
      }),
    [],
  );
  const close = (proved: boolean) => {
    setAsking(false);
    answer.current?.(proved);
  };
  const act = useCallback<Act>(
    async (sensitive) => {
      try {
        return await sensitive();
      } catch (error) {
        if (!needsProof(error)) throw error;
        if (!(await ask())) throw new NotProved();
        return await sensitive();
      }
    },
    [ask],
  );
  return (
    <ReauthenticationContext value={act}>
      {children}
      {asking && (
        <ReauthenticationDialog onProved={() => close(true)} onClose={() => close(false)} />
      )}
    </ReauthenticationContext>
  );
}

function needsProof(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'fresh_factor_required';
}

/**
 * Runs a sensitive act. Where the server answers that it needs a fresh local factor, the dialog asks for one and the
 * act is tried again; where the person closes the dialog, it throws {@link NotProved}. Use it in `mutationFn`:
 * `mutationFn: () => sensitive(() => request('removeUser', …))`.
 */
export function useSensitive(): Act {
  const act = useContext(ReauthenticationContext);
  if (!act) throw new Error('useSensitive needs a ReauthenticationProvider around it.');
  return act;
}

/** The words of an error of a sensitive act; none where the person declined. */
export function sensitiveError(error: unknown): string | undefined {
  if (!error || error instanceof NotProved) return undefined;
  const declined = passkeyError(error);
  if (declined) return declined;
  return error instanceof ApiError
    ? error.detail
    : 'The console itself failed. Load the page again.';
}
