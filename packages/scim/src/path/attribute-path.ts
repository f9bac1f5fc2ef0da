/** An attribute as a client writes it: `urn:…:attribute.subAttribute` (RFC 7644 §3.10). */
export interface AttributePath {
  /** The part before the last colon, when there is one. */
  readonly urn?: string;
  readonly attribute: string;
  readonly subAttribute?: string;
}

// RFC 7643 §2.1 allows `$` in names, and `$ref` needs it, although the ABNF of RFC 7644 leaves it out.
const attributePath = /^(?:(urn:[^\s"()[\]]+):)?([a-z$][\w$-]*)(?:\.([a-z$][\w$-]*))?$/i;

/** Reads an attribute path; `undefined` when the text is none. It does not ask whether the attribute exists. */
export function parseAttributePath(text: string): AttributePath | undefined {
  const match = attributePath.exec(text);
  const [, urn, attribute, subAttribute] = match ?? [];
  if (attribute === undefined) return undefined;
  return {
    ...(urn === undefined ? {} : { urn }),
    attribute,
    ...(subAttribute === undefined ? {} : { subAttribute }),
  };
}

/** Writes an attribute path as {@link parseAttributePath} reads it. */
export function formatAttributePath(path: AttributePath): string {
  const prefix = path.urn === undefined ? '' : `${path.urn}:`;
  const suffix = path.subAttribute === undefined ? '' : `.${path.subAttribute}`;
  return `${prefix}${path.attribute}${suffix}`;
}
