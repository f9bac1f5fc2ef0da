import type { JsonObject } from '@rollcall/scim';
import { oktaUser } from './bodies.ts';
import type { ScimAnswer, ScimServer } from './scim-server.ts';

/** Creates people called p00, p01 and so on, in this order. */
export async function people(
  scim: ScimServer,
  count: number,
  more: (at: number) => object = () => ({}),
): Promise<JsonObject[]> {
  const made: JsonObject[] = [];
  for (let at = 0; at < count; at += 1) {
    const body = { ...oktaUser(`p${String(at).padStart(2, '0')}`), ...more(at) };
    made.push((await scim.send('POST', '/Users', { body })).body);
  }
  return made;
}

/** The ids of a list, in its order. */
export function idsOf(body: { readonly Resources: readonly JsonObject[] }): string[] {
  return body.Resources.map(({ id }) => String(id));
}

/** Status and scimType of a refusal. */
export function refusal({ status, body }: ScimAnswer): unknown[] {
  return [status, body.scimType];
}
