import type { JsonObject } from '../json/json-value.ts';

/** The SCIM error types: RFC 7644 Table 9 and RFC 9865 Table 3. No others exist. */
export type ScimType =
  | 'invalidFilter'
  | 'tooMany'
  | 'uniqueness'
  | 'mutability'
  | 'invalidSyntax'
  | 'invalidPath'
  | 'noTarget'
  | 'invalidValue'
  | 'invalidVers'
  | 'sensitive'
  | 'invalidCursor'
  | 'expiredCursor'
  | 'invalidCount';

const statusOfType: Readonly<Record<ScimType, number>> = {
  invalidFilter: 400,
  tooMany: 400,
  uniqueness: 409,
  mutability: 400,
  invalidSyntax: 400,
  invalidPath: 400,
  noTarget: 400,
  invalidValue: 400,
  invalidVers: 400,
  sensitive: 403,
  invalidCursor: 400,
  expiredCursor: 400,
  invalidCount: 400,
};

/** URN of the error message (RFC 7644 §3.12). */
export const errorSchema = 'urn:ietf:params:scim:api:messages:2.0:Error';

/**
 * A failure that becomes a SCIM error answer. `detail` tells an administrator of the identity provider, who sees
 * nothing else, what to change; it never carries a secret.
 *
 * @throws RangeError when `status` is no HTTP error or does not belong to `scimType`.
 */
export class ScimError extends Error {
  override readonly name = 'ScimError';
  readonly status: number;
  readonly scimType: ScimType | undefined;
  readonly detail: string;

  constructor(status: number, detail: string, scimType?: ScimType, options?: ErrorOptions) {
    super(detail, options);
    if (!Number.isInteger(status) || status < 400 || status > 599) {
      throw new RangeError(`${status} is not an HTTP error status`);
    }
    if (scimType !== undefined && statusOfType[scimType] !== status) {
      throw new RangeError(
        `scimType ${scimType} belongs to ${statusOfType[scimType]}, not ${status}`,
      );
    }
    this.status = status;
    this.scimType = scimType;
    this.detail = detail;
  }
}

/** Builds the error for a scimType with the one status that belongs to it. */
export function scimError(scimType: ScimType, detail: string): ScimError {
  return new ScimError(statusOfType[scimType], detail, scimType);
}

/** Writes the body of an error answer; `status` is text, as RFC 7644 §3.12 and its clients want it. */
export function toErrorBody(error: ScimError): JsonObject {
  return {
    schemas: [errorSchema],
    status: String(error.status),
    ...(error.scimType === undefined ? {} : { scimType: error.scimType }),
    detail: error.detail,
  };
}
