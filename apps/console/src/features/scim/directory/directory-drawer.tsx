import { useNavigate } from '@tanstack/react-router';
import { GroupDrawer } from '../groups/group-drawer.tsx';
import type { DrawerSearch } from '../model/list-search.ts';
import { PersonDrawer } from '../people/person-drawer.tsx';
import { RequestDrawer } from '../requests/request-drawer.tsx';
import { neighbors, type RowOrder } from './row-order.ts';

/** What every drawer of a directory is given: whom it is about, and the ways out. */
export type DirectoryDrawerProps = {
  id: string;
  onClose: () => void;
  onPrevious: (() => void) | undefined;
  onNext: (() => void) | undefined;
};

/** The drawer that the URL opens. */
export function DirectoryDrawer({
  person,
  group,
  request,
  rows,
}: DrawerSearch & { rows: RowOrder }) {
  const navigate = useNavigate();
  const show = (drawer: DrawerSearch) =>
    void navigate({
      to: '.',
      replace: true,
      resetScroll: false,
      search: ({ person: _p, group: _g, request: _r, ...list }) => ({ ...list, ...drawer }),
    });
  const props = (id: string, name: keyof DrawerSearch): DirectoryDrawerProps => {
    const { previous, next } = neighbors(rows, id);
    return {
      id,
      onClose: () => show({}),
      onPrevious: previous ? () => show({ [name]: previous }) : undefined,
      onNext: next ? () => show({ [name]: next }) : undefined,
    };
  };
  if (request) return <RequestDrawer {...props(request, 'request')} />;
  if (person) return <PersonDrawer {...props(person, 'person')} />;
  if (group) return <GroupDrawer {...props(group, 'group')} />;
  return null;
}
