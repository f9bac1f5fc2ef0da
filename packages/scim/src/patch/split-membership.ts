import type { ResolvedFilter } from '../filter/filter.ts';
import { isObject, type JsonValue } from '../json/json-value.ts';
import { scimError } from '../message/error.ts';
import { type MemberChange, membershipOf } from '../resource/membership.ts';
import type { PatchOperation } from './patch-operation.ts';

/** The operations of a PATCH, parted by where their values are stored. */
export interface SplitOperations {
  readonly memberChanges: readonly MemberChange[];
  /** The operations on the document, in their order. */
  readonly rest: readonly PatchOperation[];
}

/**
 * Takes the changes of a membership out of a PATCH, so that a server applies them to rows without loading a member.
 *
 * @throws ScimError 400 mutability when an operation would change a member in place (G-03).
 */
export function splitMemberOperations(operations: readonly PatchOperation[]): SplitOperations {
  const isMembership = ({ path }: PatchOperation) => path.attribute.membership === true;
  const memberChanges = operations.filter(isMembership).map(memberChange);
  return { memberChanges, rest: operations.filter((operation) => !isMembership(operation)) };
}

function memberChange(operation: PatchOperation): MemberChange {
  const { path } = operation;
  if (path.subAttribute !== undefined || (path.filter && operation.op !== 'remove')) {
    throw scimError(
      'mutability',
      `A value of ${path.attribute.name} cannot be changed in place. Remove it and add another.`,
    );
  }
  if (operation.op !== 'remove') return membershipOf(operation.op, operation.value);
  if (path.filter !== undefined) return removalWhere(path.filter);
  if (operation.elements === undefined) return { kind: 'removeAll' };
  return { kind: 'remove', values: operation.elements.flatMap(idOf) };
}

function idOf(element: JsonValue): string[] {
  return isObject(element) && typeof element.value === 'string' ? [element.value] : [];
}

function removalWhere(filter: ResolvedFilter): MemberChange {
  const values = listedValues(filter);
  return values === undefined ? { kind: 'removeWhere', filter } : { kind: 'remove', values };
}

/** The ids of a filter that does nothing but list them: `value eq "a"`, or several joined by or. */
function listedValues(filter: ResolvedFilter): string[] | undefined {
  if (filter.kind === 'or') {
    const lists = filter.operands.map(listedValues);
    return lists.every((list) => list !== undefined) ? lists.flat() : undefined;
  }
  if (filter.kind !== 'compare' || filter.operator !== 'eq') return undefined;
  const isId = filter.path.subAttribute?.name === 'value' && typeof filter.value === 'string';
  return isId && typeof filter.value === 'string' ? [filter.value] : undefined;
}
