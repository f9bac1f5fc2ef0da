import type { RequestEntry } from '@rollcall/api';
import { useEffect, useState } from 'react';
import { receive, release, startTail, type Tail, type TailPage } from '../model/live-tail.ts';

/**
 * The rows of a live list. `listKey` names the question that was asked: another one starts the list anew. While `hold`
 * is true what comes waits in `pending`; `letIn` lets it in at once.
 */
export function useLiveTail(
  page: TailPage<RequestEntry> | undefined,
  listKey: string,
  hold: boolean,
): { tail: Tail<RequestEntry> | undefined; letIn: () => void } {
  const [state, setState] = useState<{ key: string; tail: Tail<RequestEntry> }>();
  useEffect(() => {
    if (!page) return;
    setState((now) => ({
      key: listKey,
      tail: now?.key === listKey ? receive(now.tail, page, hold) : startTail(page),
    }));
  }, [page, listKey, hold]);
  const letIn = () => setState((now) => now && { ...now, tail: release(now.tail) });
  return { tail: state?.tail, letIn };
}
