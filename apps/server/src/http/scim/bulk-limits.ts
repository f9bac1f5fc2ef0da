/** Operations of one bulk request; each is a unit of its own, done before the answer. */
export const maxBulkOperations = 1_000;
