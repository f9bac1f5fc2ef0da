import { createContext, useContext, useEffect } from 'react';

/** The ids of the rows in sight, so that a drawer knows which come before and after. */
export type RowOrder = readonly string[];

export const PublishRows = createContext<(ids: RowOrder) => void>(() => undefined);

/** Tells the page which rows stand in the list, in their order. */
export function usePublishRows(ids: RowOrder): void {
  const publish = useContext(PublishRows);
  const key = ids.join(' ');
  useEffect(() => publish(key === '' ? [] : key.split(' ')), [publish, key]);
  useEffect(() => () => publish([]), [publish]);
}

/** The rows beside one; undefined at the ends, and where it is not among them. */
export function neighbors(
  order: RowOrder,
  id: string,
): { previous: string | undefined; next: string | undefined } {
  const at = order.indexOf(id);
  if (at < 0) return { previous: undefined, next: undefined };
  return { previous: order[at - 1], next: order[at + 1] };
}
