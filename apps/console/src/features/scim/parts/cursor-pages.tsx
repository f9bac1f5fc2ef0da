import { Pagination } from '../../../components/pagination.tsx';

/** The pages of a list whose URL holds its cursor; the filters stay, an open drawer closes. */
export function CursorPages({
  shown,
  cursor,
  nextCursor,
}: {
  /** “50 people on this page”. */
  shown: string;
  cursor: string | undefined;
  nextCursor: string | null | undefined;
}) {
  return (
    <Pagination
      shown={shown}
      first={
        cursor === undefined
          ? undefined
          : {
              to: '.',
              search: ({ cursor: _c, person: _p, group: _g, request: _r, ...list }) => list,
            }
      }
      next={
        nextCursor
          ? {
              to: '.',
              search: ({ person: _p, group: _g, request: _r, ...list }) => ({
                ...list,
                cursor: nextCursor,
              }),
            }
          : undefined
      }
    />
  );
}
