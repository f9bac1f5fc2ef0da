import type { DirectoryPerson } from '@rollcall/api';
import { defined, oneOf, text } from '../../../routes/search-params.ts';
import { personStateNames } from './person-state.ts';

/** What the URL of *People* holds. */
export type PeopleSearch = { search?: string; state?: DirectoryPerson['state']; cursor?: string };

/** What the URL of *Review* holds: what waits for a decision, or for a seat or an answer. */
export type ReviewSearch = { waits?: 'decision' | 'other'; cursor?: string };

/** What the URL of *Groups* holds. */
export type ListSearch = { search?: string; cursor?: string };

/** Which drawer is open, on any tab. */
export type DrawerSearch = { person?: string; group?: string; request?: string };

/** Reads the URL of *People*. */
export function readPeopleSearch(raw: Readonly<Record<string, unknown>>): PeopleSearch {
  return defined({
    search: text(raw.search),
    state: oneOf(raw.state, personStateNames),
    cursor: text(raw.cursor),
  });
}

/** Reads the URL of a list that is only searched. */
export function readListSearch(raw: Readonly<Record<string, unknown>>): ListSearch {
  return defined({ search: text(raw.search), cursor: text(raw.cursor) });
}

/** Reads the URL of *Review*. */
export function readReviewSearch(raw: Readonly<Record<string, unknown>>): ReviewSearch {
  return defined({
    waits: oneOf(raw.waits, ['decision', 'other'] as const),
    cursor: text(raw.cursor),
  });
}

/** Reads which drawer is open. */
export function readDrawerSearch(raw: Readonly<Record<string, unknown>>): DrawerSearch {
  return defined({
    person: text(raw.person),
    group: text(raw.group),
    request: text(raw.request),
  });
}
