/**
 * SCIM 2.0 (RFC 7643, RFC 7644) as pure functions: JSON in, JSON out, every refusal a {@link ScimError}. A server reads
 * bodies with {@link parseJson}, resources with {@link readResource}, modifications with {@link parsePatch} and
 * {@link applyPatch}, queries with {@link parseListQuery}; it shapes answers with {@link project} and {@link listResponse}.
 */

export type { ClientProfile, Quirk, QuirkName, Quirks } from './client-quirks/quirk.ts';
export { quirksFor, quirkTable } from './client-quirks/quirks.ts';
export { checkFilter, checkFilterAcross } from './filter/check-filter.ts';
export {
  type ComparisonOperator,
  defaultFilterLimits,
  type Filter,
  type FilterLimits,
  type FilterValue,
  type ResolvedComparison,
  type ResolvedFilter,
} from './filter/filter.ts';
export { formatFilter } from './filter/format-filter.ts';
export { comparable, isAssigned, matches, matchesElement } from './filter/matches.ts';
export { parseFilter } from './filter/parse-filter.ts';
export { jsonEqual } from './json/json-equal.ts';
export {
  isArray,
  isObject,
  type JsonObject,
  type JsonValue,
  WholeDecimal,
} from './json/json-value.ts';
export {
  defaultJsonLimits,
  type JsonLimits,
  parseJson,
  parseJsonInSteps,
} from './json/parse-json.ts';
export { bulkSteps, type Ordered } from './message/bulk/bulk-order.ts';
export { bulkIdIn, type ResolveBulkId, withBulkIds } from './message/bulk/bulk-references.ts';
export {
  type BulkMethod,
  type BulkOperation,
  type BulkOptions,
  type BulkRequest,
  parseBulkRequest,
  type RefusedBulkOperation,
} from './message/bulk/bulk-request.ts';
export {
  resourceTypeDocuments,
  type ServiceProviderOptions,
  schemaDocuments,
  serviceProviderConfig,
} from './message/discovery.ts';
export { errorSchema, ScimError, type ScimType, scimError, toErrorBody } from './message/error.ts';
export {
  type ListOptions,
  type ListQuery,
  parseListQuery,
  parseProjection,
  parseRootQuery,
  type QueryParameters,
  type RootQuery,
} from './message/list-query.ts';
export { type ListPage, listResponse } from './message/list-response.ts';
export { parseRootSearchRequest, parseSearchRequest } from './message/search-request.ts';
export {
  bulkRequestSchema,
  bulkResponseSchema,
  listResponseSchema,
  patchOpSchema,
  searchRequestSchema,
} from './message/urns.ts';
export { applyPatch } from './patch/apply-patch.ts';
export { type PatchOptions, parsePatch } from './patch/parse-patch.ts';
export type { Patch, PatchOperation, PatchPath, PatchResult } from './patch/patch-operation.ts';
export { type SplitOperations, splitMemberOperations } from './patch/split-membership.ts';
export {
  type AttributePath,
  formatAttributePath,
  parseAttributePath,
} from './path/attribute-path.ts';
export { formatPath, parsePath, type TargetPath } from './path/parse-path.ts';
export { attributeValue, pathName, type ResolvedPath, resolvePath } from './path/resolved-path.ts';
export { type AttributeDifference, difference } from './resource/difference.ts';
export type { MemberChange } from './resource/membership.ts';
export { type Projection, project, wants } from './resource/projection.ts';
export {
  type ReadOptions,
  type ReadResult,
  readResource,
  readResourceInSteps,
} from './resource/read-resource.ts';
export { compareSortKeys, type SortKey, sortKey } from './resource/sort-key.ts';
export {
  type AttributeDefinition,
  type AttributeType,
  attribute,
  complex,
  keyLength,
  type Mutability,
  type Returned,
  text,
  type Uniqueness,
} from './schema/attribute.ts';
export { enterpriseUserSchema } from './schema/enterprise-user.ts';
export { groupSchema } from './schema/group.ts';
export { metaSchemas } from './schema/meta-schemas.ts';
export { entitlementResourceType, roleResourceType } from './schema/okta-governance.ts';
export type { ResourceType, SchemaDefinition, SchemaExtension } from './schema/resource-type.ts';
export { groupResourceType, userResourceType } from './schema/resource-types.ts';
export { userSchema } from './schema/user.ts';
export type { Steps } from './steps.ts';
export { compareText } from './text/compare-text.ts';
export { fold, foldVersion } from './text/fold.ts';
export { type InstantKey, instantKey, instantMillis } from './text/instant.ts';
