import type { IssuedToken } from '@rollcall/api';
import { useState } from 'react';
import { sensitiveError, useSensitive } from '../../reauthentication/provider.tsx';

/**
 * Asks for a token and holds it. It lives in the state of the component that calls this and nowhere else: not in the
 * cache of queries or mutations, not in storage, not in the URL. When the component goes, the token is gone.
 */
export function useTokenIssue(issueToken: () => Promise<IssuedToken>): {
  issued: IssuedToken | undefined;
  busy: boolean;
  error: string | undefined;
  issue: () => void;
} {
  const sensitive = useSensitive();
  const [issued, setIssued] = useState<IssuedToken>();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const run = async () => {
    setBusy(true);
    setError(undefined);
    try {
      setIssued(await sensitive(issueToken));
    } catch (failure) {
      setError(sensitiveError(failure));
    } finally {
      setBusy(false);
    }
  };
  const issue = () => {
    if (!busy) void run();
  };
  return { issued, busy, error, issue };
}
