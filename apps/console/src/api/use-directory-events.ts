import type { LiveMessage } from '@rollcall/api';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';
import { accountKey } from './account.ts';
import { type DirectoryRef, directoryKey } from './directory.ts';
import { streamUrl } from './request.ts';

/** At most one look at the server in this time, however many requests an IdP sends. */
const settleFor = 500;

/**
 * Keeps what is shown of a directory fresh while a page is open: each message of the live stream makes the directory's
 * queries stale, and those in sight are asked again. The browser reconnects by itself.
 *
 * @param paused closes the stream, so that nothing moves.
 * @param onMessage is told each message, such as new milestones.
 */
export function useDirectoryEvents(
  ref: DirectoryRef,
  {
    paused = false,
    onMessage,
  }: { paused?: boolean; onMessage?: (message: LiveMessage) => void } = {},
): void {
  const client = useQueryClient();
  const { accountId, directoryId } = ref;
  const tell = useEffectEvent((message: LiveMessage) => onMessage?.(message));
  useEffect(() => {
    if (paused) return;
    const refresh = settled(() => invalidate(client, { accountId, directoryId }));
    const source = new EventSource(streamUrl('directoryEvents', { accountId, directoryId }));
    source.onmessage = (event: MessageEvent<string>) => {
      const message = parse(event.data);
      if (message) tell(message);
      refresh.run();
    };
    return () => {
      source.close();
      refresh.cancel();
    };
  }, [client, accountId, directoryId, paused]);
}

function parse(data: string): LiveMessage | undefined {
  try {
    // The stream is part of the contract, whose server tests hold it to this shape.
    return JSON.parse(data) as LiveMessage;
  } catch {
    return undefined;
  }
}

function invalidate(client: QueryClient, ref: DirectoryRef) {
  const account = accountKey(ref.accountId);
  void client.invalidateQueries({ queryKey: directoryKey(ref) });
  void client.invalidateQueries({ queryKey: [...account, 'scim'] });
  void client.invalidateQueries({ queryKey: [...account, 'home'] });
}

/** Runs at once, and once more at the end of the settling time if it was asked for again. */
function settled(action: () => void) {
  let timer: number | undefined;
  let again = false;
  const run = () => {
    if (timer !== undefined) {
      again = true;
      return;
    }
    action();
    timer = window.setTimeout(() => {
      timer = undefined;
      if (!again) return;
      again = false;
      run();
    }, settleFor);
  };
  return { run, cancel: () => window.clearTimeout(timer) };
}
