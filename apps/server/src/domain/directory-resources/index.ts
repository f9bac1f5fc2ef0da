export { countResource, type PageStart, type ResourceKind } from './counts.ts';
export type { AttributeIndex, IndexedAttribute } from './filter-to-sql.ts';
export { type ListRequest, type ListResult, type ListSource, listResources } from './list.ts';
export { leaveAllGroups } from './memberships.ts';
export { PlannerStatistics } from './planner-statistics.ts';
export {
  type Envelope,
  etagOf,
  locationOf,
  spliceManager,
  spliceParts,
  spliceResource,
} from './splice.ts';
