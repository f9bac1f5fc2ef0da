import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ErrorState } from '../components/states.tsx';
import { describeError } from './api-error.ts';

/**
 * What a query shows: bars in the shape of the content while the first answer is awaited, the content, or what failed
 * with a way to try again. Once there was an answer, it stays, whatever happens after.
 */
export function QueryView<Data>({
  query,
  failed,
  skeleton,
  children,
}: {
  query: UseQueryResult<Data>;
  /** “The teams could not be loaded”. */
  failed: string;
  skeleton: ReactNode;
  children: (data: Data) => ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  if (query.isPending && query.fetchStatus !== 'paused') return skeleton;
  const again = () => void query.refetch();
  if (!query.error) {
    return (
      <ErrorState
        title={failed}
        detail="You are offline. It is loaded as soon as there is a connection."
        onRetry={again}
      />
    );
  }
  return <ErrorState title={failed} {...describeError(query.error)} onRetry={again} />;
}
