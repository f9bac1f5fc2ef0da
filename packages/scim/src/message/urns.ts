/** URN of a list of resources (RFC 7644 §3.4.2). */
export const listResponseSchema = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';
/** URN of a query in a body (RFC 7644 §3.4.3). */
export const searchRequestSchema = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';
/** URN of a modification (RFC 7644 §3.5.2). */
export const patchOpSchema = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
/** URN of several operations in one request (RFC 7644 §3.7). */
export const bulkRequestSchema = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';
/** URN of what became of them. */
export const bulkResponseSchema = 'urn:ietf:params:scim:api:messages:2.0:BulkResponse';
