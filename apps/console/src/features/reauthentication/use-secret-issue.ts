import { useState } from 'react';
import { sensitiveError, useSensitive } from './provider.tsx';

/**
 * Asks for something that holds a secret and keeps it. It lives in the state of the component that calls this and
 * nowhere else: not in the cache of queries or mutations, not in storage, not in the URL. When the component goes, the
 * secret is gone.
 */
export function useSecretIssue<Issued>(issueSecret: () => Promise<Issued>): {
  issued: Issued | undefined;
  busy: boolean;
  error: string | undefined;
  issue: () => void;
} {
  const sensitive = useSensitive();
  const [issued, setIssued] = useState<Issued>();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const run = async () => {
    setBusy(true);
    setError(undefined);
    try {
      setIssued(await sensitive(issueSecret));
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
