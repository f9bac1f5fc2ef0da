/** An administrator's action that cannot be done; the message says why. */
export class ActionRefused extends Error {
  readonly code = 'action_refused';
  /** HTTP status for the surfaces: 400, or 404 where the thing does not exist. */
  readonly statusCode: 400 | 404;
  constructor(message: string, statusCode: 400 | 404 = 400) {
    super(message);
    this.statusCode = statusCode;
  }
}
