import { defaultFilterLimits, type Filter } from '../filter/filter.ts';
import { formatFilter } from '../filter/format-filter.ts';
import { Lexer } from '../filter/lexer.ts';
import { parseElementFilter } from '../filter/parse-filter.ts';
import { type ScimError, scimError } from '../message/error.ts';
import { quotedPiece } from '../text/quoted-piece.ts';
import { type AttributePath, formatAttributePath, parseAttributePath } from './attribute-path.ts';

/** A path of a PATCH operation: `attribute`, `attribute.sub`, `attribute[filter]` or `attribute[filter].sub`. */
export interface TargetPath extends AttributePath {
  readonly filter?: Filter;
}

/**
 * Reads a path (RFC 7644 §3.5.2, Figure 7). It does not ask whether the attribute exists.
 *
 * @throws ScimError 400 invalidPath, or invalidFilter for what stands between the brackets.
 */
export function parsePath(text: string): TargetPath {
  if (text.length > defaultFilterLimits.length) throw pathFault(text, 'it is too long');
  const bracket = text.indexOf('[');
  if (bracket < 0) return attributePathIn(text, text);
  const attribute = attributePathIn(text, text.slice(0, bracket));
  if (attribute.subAttribute !== undefined) {
    throw pathFault(text, 'brackets follow an attribute, not a sub-attribute');
  }
  const lexer = new Lexer(text.slice(bracket + 1));
  if (lexer.peek().kind === 'word' && /^\d+$/.test(lexer.peek().text)) {
    throw pathFault(text, 'elements are chosen by a filter, not by a number');
  }
  const filter = parseElementFilter(lexer, defaultFilterLimits);
  const subAttribute = subAttributeAfter(text, lexer);
  return { ...attribute, filter, ...(subAttribute === undefined ? {} : { subAttribute }) };
}

/** Writes a path as {@link parsePath} reads it. */
export function formatPath(path: TargetPath): string {
  if (path.filter === undefined) return formatAttributePath(path);
  const { subAttribute, filter, ...attribute } = path;
  const suffix = subAttribute === undefined ? '' : `.${subAttribute}`;
  return `${formatAttributePath(attribute)}[${formatFilter(filter)}]${suffix}`;
}

function attributePathIn(text: string, part: string): AttributePath {
  const path = parseAttributePath(part);
  if (path === undefined) throw pathFault(text, 'it is not written as a path');
  return path;
}

function subAttributeAfter(text: string, lexer: Lexer): string | undefined {
  const dotted = lexer.take();
  if (dotted.kind === 'end') return undefined;
  const path = dotted.text.startsWith('.') ? parseAttributePath(dotted.text.slice(1)) : undefined;
  const isName = path !== undefined && path.urn === undefined && path.subAttribute === undefined;
  if (isName && lexer.peek().kind === 'end') return path.attribute;
  throw pathFault(text, 'after the brackets only a dot and one sub-attribute may follow');
}

function pathFault(text: string, reason: string): ScimError {
  return scimError(
    'invalidPath',
    `The path ${quotedPiece(text)} cannot be read: ${reason}. Write it like name.givenName or emails[type eq "work"].value (RFC 7644 §3.5.2).`,
  );
}
