import { partialMatchKey, type QueryKey } from '@tanstack/react-query';

type Asked = { readonly queryKey: QueryKey };

/**
 * One page, or one filter, of the list whose keys all begin with `list`. What the list showed before stays in sight
 * until the page is there; rows of another account, organization or team never stand in for its own.
 */
export function pageOf<Page>(list: QueryKey, page: Page) {
  return {
    queryKey: [...list, page],
    placeholderData: <Data>(before: Data | undefined, asked: Asked | undefined) =>
      asked !== undefined && partialMatchKey(asked.queryKey, list) ? before : undefined,
  };
}
