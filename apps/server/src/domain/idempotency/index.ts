export { type IdempotentRequest, once, purgeIdempotencyKeys } from './idempotency.ts';
