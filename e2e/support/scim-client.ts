/** What a SCIM client is told. */
export interface ScimResponse {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: whatever came over the wire; tests say what they expect of it
  readonly body: any;
}

/** Sends a request to a connector. Rejects where the connection goes before the answer is whole. */
export type ScimClient = (method: string, path: string, body?: object) => Promise<ScimResponse>;

/** A client of the connector at `connectorUrl`. */
export function scimClient(connectorUrl: string, token: string): ScimClient {
  return async (method, path, body) => {
    const response = await fetch(connectorUrl + path, {
      method,
      headers: {
        accept: 'application/scim+json',
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/scim+json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const { status, headers } = response;
    return { status, headers, body: text === '' ? undefined : JSON.parse(text) };
  };
}
