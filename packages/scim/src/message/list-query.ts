import type { ClientProfile } from '../client-quirks/quirk.ts';
import { quirksFor } from '../client-quirks/quirks.ts';
import { checkFilterAcross } from '../filter/check-filter.ts';
import { defaultFilterLimits, type FilterLimits, type ResolvedFilter } from '../filter/filter.ts';
import { parseFilter } from '../filter/parse-filter.ts';
import { parseAttributePath } from '../path/attribute-path.ts';
import { type ResolvedPath, resolvePath } from '../path/resolved-path.ts';
import type { Projection } from '../resource/projection.ts';
import { subAttributesOf } from '../schema/lookup.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import { quotedPiece } from '../text/quoted-piece.ts';
import { scimError } from './error.ts';

/** What a list request asks for (RFC 7644 §3.4.2). */
export interface ListQuery {
  readonly filter?: ResolvedFilter;
  /** First result, counted from 1. */
  readonly startIndex: number;
  /** The most results that the page may have; 0 asks for the total only. */
  readonly count: number;
  readonly sortBy?: ResolvedPath;
  readonly sortOrder: 'ascending' | 'descending';
  readonly projection?: Projection;
  /** Present when the client pages by cursor (RFC 9865); empty for the first page. */
  readonly cursor?: string;
  /** What was asked besides the place and the size of the page, as text that is equal for equal questions (N-05). */
  readonly question: string;
}

/** A list request to several resource types at once (RFC 7644 §3.4.2.1). */
export interface RootQuery extends Omit<ListQuery, 'filter' | 'sortBy'> {
  /** What it asks of each resource type, in the order of the types. */
  readonly parts: readonly Pick<ListQuery, 'filter' | 'sortBy'>[];
  readonly sorted: boolean;
}

/** Query parameters as a web framework gives them, URL-decoded. */
export type QueryParameters = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What the server allows and assumes. */
export interface ListOptions {
  readonly profile: ClientProfile;
  /** Page size when the client names none. */
  readonly defaultCount: number;
  /** Largest page; published as `filter.maxResults`. */
  readonly maxCount: number;
  readonly filterLimits?: FilterLimits;
}

/**
 * Reads the parameters of a list request (RFC 7644 §3.4.2, RFC 9865 §2). Names are taken in any case, empty values count as
 * absent (except a filter), unknown parameters are ignored, numbers out of range are clamped.
 *
 * @throws ScimError 400: invalidFilter, invalidValue, invalidPath, or invalidCount in cursor mode.
 */
export function parseListQuery(
  resourceType: ResourceType,
  parameters: QueryParameters,
  options: ListOptions,
): ListQuery {
  const { parts, sorted: _, ...query } = parseRootQuery([resourceType], parameters, options);
  return { ...parts[0], ...query };
}

/**
 * As {@link parseListQuery} for several resource types at once: an attribute that a type does not have counts as having no
 * value there (L-16).
 */
export function parseRootQuery(
  resourceTypes: readonly ResourceType[],
  parameters: QueryParameters,
  options: ListOptions,
): RootQuery {
  const given = spelled(parameters);
  refuseRepeated(given);
  const cursor = given.get('cursor')?.[0];
  const filter = given.get('filter')?.[0];
  const sortBy = given.get('sortby')?.[0]?.trim();
  const projection = projectionOf(given);
  const filters = filter === undefined ? [] : filtersOf(resourceTypes, filter, options);
  const paths = sortBy ? sortPaths(resourceTypes, sortBy, options.profile) : [];
  const sortOrder = sortBy ? sortOrderOf(given.get('sortorder')?.[0]) : 'ascending';
  return {
    parts: resourceTypes.map((_, at) => ({
      ...(filters[at] === undefined ? {} : { filter: filters[at] }),
      ...(paths[at] === undefined ? {} : { sortBy: paths[at] }),
    })),
    sorted: Boolean(sortBy),
    startIndex: startIndexOf(given.get('startindex')?.[0], cursor),
    count: countOf(given.get('count')?.[0], cursor, options),
    sortOrder,
    ...(projection === undefined ? {} : { projection }),
    ...(cursor === undefined ? {} : { cursor }),
    question: JSON.stringify([filter ?? '', sortBy ?? '', sortOrder, projection ?? null]),
  };
}

/**
 * Reads `attributes` and `excludedAttributes`; `undefined` when neither names anything (J-11).
 *
 * @throws ScimError 400 invalidValue when both are given (J-10).
 */
export function parseProjection(parameters: QueryParameters): Projection | undefined {
  return projectionOf(spelled(parameters));
}

type Given = ReadonlyMap<string, readonly string[]>;

/** What was given under each name, whatever its case. */
function spelled(parameters: QueryParameters): Given {
  const given = new Map<string, string[]>();
  for (const [name, value] of Object.entries(parameters)) {
    if (value === undefined) continue;
    const folded = name.toLowerCase();
    given.set(folded, [...(given.get(folded) ?? []), ...[value].flat()]);
  }
  return given;
}

const single = ['filter', 'startIndex', 'count', 'sortBy', 'sortOrder', 'cursor'];

// Whichever of two values were taken, the client would not know.
function refuseRepeated(given: Given): void {
  for (const name of single) {
    const values = given.get(name.toLowerCase()) ?? [];
    if (values.length < 2) continue;
    throw scimError(
      'invalidValue',
      `The parameter ${name} is given ${values.length} times. Send it once.`,
    );
  }
}

function filtersOf(resourceTypes: readonly ResourceType[], filter: string, options: ListOptions) {
  const parsed = parseFilter(filter, options.filterLimits ?? defaultFilterLimits);
  return checkFilterAcross(resourceTypes, parsed, options.profile);
}

function projectionOf(given: Given): Projection | undefined {
  const only = namesIn(given.get('attributes'));
  const without = namesIn(given.get('excludedattributes'));
  if (only.length > 0 && without.length > 0) {
    throw scimError(
      'invalidValue',
      'Send either attributes or excludedAttributes, not both (RFC 7644 §3.9).',
    );
  }
  if (only.length > 0) return { mode: 'only', names: only };
  return without.length > 0 ? { mode: 'without', names: without } : undefined;
}

// J-11: a parameter that is repeated is one list.
function namesIn(lists: readonly string[] = []): string[] {
  const names = lists.flatMap((list) => list.split(',')).map((name) => name.trim());
  return names.filter((name) => name !== '');
}

const integer = /^\s*[+-]?\d+\s*$/;

function startIndexOf(text: string | undefined, cursor: string | undefined): number {
  if (text === undefined || text === '') return 1;
  if (cursor !== undefined) {
    throw scimError('invalidValue', 'Send either startIndex or cursor, not both (RFC 9865 §2.4).');
  }
  if (!integer.test(text)) {
    throw scimError('invalidValue', `startIndex must be a whole number, not ${quotedPiece(text)}.`);
  }
  return Math.min(Math.max(1, Number(text)), Number.MAX_SAFE_INTEGER);
}

function countOf(text: string | undefined, cursor: string | undefined, options: ListOptions) {
  if (text === undefined || text === '') return options.defaultCount;
  if (!integer.test(text)) {
    throw scimError(
      cursor === undefined ? 'invalidValue' : 'invalidCount',
      `count must be a whole number, not ${quotedPiece(text)}.`,
    );
  }
  return Math.min(Math.max(0, Number(text)), options.maxCount);
}

function sortOrderOf(text: string | undefined): 'ascending' | 'descending' {
  const order = (text ?? '').trim().toLowerCase();
  if (order === '' || order === 'ascending') return 'ascending';
  if (order === 'descending') return 'descending';
  throw scimError(
    'invalidValue',
    `sortOrder must be ascending or descending, not ${quotedPiece(order)}.`,
  );
}

/** What each type is sorted by; undefined where it has no such attribute but another type does. */
function sortPaths(
  resourceTypes: readonly ResourceType[],
  text: string,
  profile: ClientProfile,
): (ResolvedPath | undefined)[] {
  const path = parseAttributePath(text);
  const found = resourceTypes.map((resourceType) =>
    path === undefined ? undefined : resolvePath(resourceType, path, quirksFor(profile)),
  );
  const hidden = found.some((each) => each?.attribute.returned === 'never');
  if (hidden || found.every((each) => each === undefined)) {
    const names = resourceTypes.map(({ name }) => name).join(' or ');
    throw scimError(
      'invalidPath',
      `sortBy names ${quotedPiece(text)}, which ${names} cannot be sorted by. Use an attribute listed under /Schemas.`,
    );
  }
  return found.map((each) => each && simplePath(each, text));
}

/** O-06, O-07: a complex attribute is sorted by its `value`, and where it has none by a part that has to be named. */
function simplePath(path: ResolvedPath, text: string): ResolvedPath {
  if (path.attribute.type !== 'complex' || path.subAttribute !== undefined) return path;
  const value = subAttributesOf(path.attribute).find('value');
  if (value !== undefined) return { ...path, subAttribute: value };
  throw scimError(
    'invalidPath',
    `sortBy names ${text}, which has several parts. Name one of them, such as ${text}.${path.attribute.subAttributes[0]?.name}.`,
  );
}
