export { ApiError, type ApiErrorCode, toApiError, unreachable } from './api-error.ts';
export {
  type Answer,
  type Client,
  type ClientOptions,
  call,
  createClient,
  type RawInput,
  type RequestInput,
  type RouteName,
} from './client.ts';
export { fillPath, queryString } from './url.ts';
