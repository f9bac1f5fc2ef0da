import { ApiError } from '@rollcall/api/client';

export { ApiError } from '@rollcall/api/client';

/** Whether an error says that nobody is signed in any more. */
export function isUnauthenticated(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'unauthenticated';
}

/** Whether an error says that what the address names is not there, or cannot be: its id is none. */
export function isNotFound(error: unknown): boolean {
  return error instanceof ApiError && (error.code === 'not_found' || namesNoId(error));
}

function namesNoId({ code, fields }: ApiError): boolean {
  return code === 'invalid_request' && fields.some(({ path }) => /Id$/.test(String(path[0])));
}

/** What of an error can be shown. An error that is not the API's is a defect, and says so. */
export function describeError(error: unknown): { detail: string; requestId: string | undefined } {
  if (error instanceof ApiError) return { detail: error.detail, requestId: error.requestId };
  return {
    detail: 'The console itself failed. Loading the page again may help.',
    requestId: undefined,
  };
}

/** Whether the messages at the fields are the schema's own, which speak of the request and not to a reader. */
export function isSchemaText(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'invalid_request';
}

/** The message for one field of a form, by its name in the body. */
export function fieldError(error: unknown, name: string): string | undefined {
  if (!(error instanceof ApiError)) return undefined;
  return error.fields.find(({ path }) => path[0] === name)?.message;
}
