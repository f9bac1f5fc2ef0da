import { onlineManager, useQueryClient } from '@tanstack/react-query';
import { useRef, useSyncExternalStore } from 'react';
import { Button } from '../components/button.tsx';
import { formatClock } from '../components/format.ts';
import { StatusMark } from '../components/status-mark.tsx';
import { toast } from '../components/toast.tsx';

/** Says that the browser is offline and from when what one sees is. */
export function OfflineBar() {
  const client = useQueryClient();
  const online = useSyncExternalStore(
    (listener) => onlineManager.subscribe(listener),
    () => onlineManager.isOnline(),
  );
  const retry = () => {
    if (navigator.onLine) onlineManager.setOnline(true);
    else toast('You are still offline.');
    void client.refetchQueries({ type: 'active' });
  };
  const since = useRef(new Date());
  if (online) {
    since.current = new Date();
    return null;
  }
  return (
    <div
      role="status"
      className="col-span-full flex items-center gap-2 border-b border-warning-line bg-warning-bg px-4 py-1.5 text-sm"
    >
      <StatusMark mark="warning" />
      You are offline. What you see is from {formatClock(since.current)}.
      <Button size="sm" className="ml-auto" onClick={retry}>
        Retry
      </Button>
    </div>
  );
}
