export type {
  AttributeIndex,
  IndexedAttribute,
  RowTest,
  SortColumns,
} from './attribute-index.ts';
export { countResource, type PageStart, type ResourceKind } from './counts.ts';
export { type ListRequest, type ListResult, listResources, placeOfResource } from './list.ts';
export { type ListedDirectory, type ListPart, type ListSource, pathsIn } from './list-source.ts';
export { leaveAllGroups } from './memberships.ts';
export { Ancestry, type Parent, readNestedGroups } from './nesting.ts';
export type { Place, Range } from './place.ts';
export { PlannerStatistics } from './planner-statistics.ts';
export {
  type Envelope,
  etagOf,
  locationOf,
  spliceManager,
  spliceParts,
  spliceResource,
} from './splice.ts';
export { someRow } from './text-condition.ts';
