import { isoText } from '../../instant.ts';

/** What the server adds to a stored document when it is read. */
export interface Envelope {
  readonly resourceType: 'User' | 'Group';
  /** Connector URL of the directory, without a slash at its end. */
  readonly baseUrl: string;
  readonly id: string;
  readonly version: number;
  /** UTC milliseconds. */
  readonly createdAt: number;
  /** UTC milliseconds. */
  readonly lastModifiedAt: number;
}

const endpoints = { User: '/Users/', Group: '/Groups/' } as const;

/** The address of a resource, from the configured public address, never from the Host header (H-12). */
export function locationOf(baseUrl: string, resourceType: 'User' | 'Group', id: string): string {
  return baseUrl + endpoints[resourceType] + id;
}

/** The weak version of a resource, as its ETag and `meta.version` carry it (RFC 7644 §3.14). */
export function etagOf(version: number): string {
  return `W/"${version}"`;
}

/**
 * Puts `id`, `meta` and derived members into the text of a stored document without parsing it. A stored document is the
 * text that `JSON.stringify` made of an object whose first member is `schemas`, an array of URNs; no URN has a bracket.
 *
 * @param derived further members as text, each with a comma before it; for instance `,"groups":[…]`
 */
export function spliceResource(document: string, envelope: Envelope, derived = ''): string {
  const { start, end } = spliceParts(document, envelope);
  return start + derived + end;
}

/** {@link spliceResource} in two halves, for derived members that are written in between, piece by piece. */
export function spliceParts(document: string, envelope: Envelope): { start: string; end: string } {
  const afterSchemas = document.indexOf(']') + 1;
  const { id } = envelope;
  return {
    start: `${document.slice(0, afterSchemas)},"id":"${id}"${document.slice(afterSchemas, -1)}`,
    end: `,"meta":${metaText(envelope)}}`,
  };
}

const managerKey = '"manager":{';

/**
 * Gives the manager its `$ref` and the name of who it is now (U-23). Inside a JSON text this key can only be the member itself:
 * in a string its quotes would be escaped.
 */
export function spliceManager(
  document: string,
  baseUrl: string,
  manager: { readonly id: string; readonly label: string },
): string {
  const at = document.indexOf(managerKey);
  if (at < 0) return document;
  const inside = at + managerKey.length;
  const reference = JSON.stringify(locationOf(baseUrl, 'User', manager.id));
  const derived = `"$ref":${reference},"displayName":${JSON.stringify(manager.label)}`;
  return `${document.slice(0, inside)}${derived},${document.slice(inside)}`;
}

function metaText(envelope: Envelope): string {
  const { resourceType, baseUrl, id, version, createdAt, lastModifiedAt } = envelope;
  const created = isoText(createdAt);
  const modified = isoText(lastModifiedAt);
  return `{"resourceType":"${resourceType}","created":"${created}","lastModified":"${modified}","location":"${locationOf(baseUrl, resourceType, id)}","version":"W/\\"${version}\\""}`;
}
