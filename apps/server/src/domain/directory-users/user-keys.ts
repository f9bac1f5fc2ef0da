import {
  enterpriseUserSchema,
  fold,
  isArray,
  isObject,
  type JsonObject,
  type JsonValue,
} from '@rollcall/scim';
import type { UserSaid } from '../provisioning/index.ts';

/** An address of a directory user, as it is looked up. */
export interface EmailKey {
  readonly value_folded: string;
  /** 0 or 1. */
  readonly is_primary: 0 | 1;
}

/** What is indexed of a document. */
export interface UserKeys {
  readonly userNameFolded: string;
  readonly label: string;
  readonly externalId: string | null;
  readonly displayNameFolded: string | null;
  readonly managerId: string | null;
  readonly active: 0 | 1;
  readonly emails: readonly EmailKey[];
}

/** Reads the indexed attributes out of a document. */
export function keysOf(document: JsonObject): UserKeys {
  const displayName = textOf(document.displayName);
  return {
    userNameFolded: fold(userNameOf(document)),
    label: labelOf(document),
    externalId: textOf(document.externalId),
    displayNameFolded: displayName === null ? null : fold(displayName),
    managerId: managerIdOf(document),
    active: document.active === false ? 0 : 1,
    emails: emailKeysOf(document),
  };
}

/** What the document says of a person, for the rules of the account. */
export function saidOf(id: string, document: JsonObject): UserSaid {
  return {
    id,
    userName: userNameOf(document),
    externalId: textOf(document.externalId),
    displayName: textOf(document.displayName),
    name: labelOf(document),
    emails: addressesOf(document),
    active: document.active !== false,
  };
}

/**
 * The document as it is stored: `manager.$ref` says the same as `manager.value` and is written anew at each read (U-24).
 */
export function storable(document: JsonObject): JsonObject {
  const extension = document[enterpriseUserSchema.id];
  const manager = isObject(extension) ? extension.manager : undefined;
  if (!isObject(extension) || !isObject(manager) || manager.$ref === undefined) return document;
  const { $ref: reference, ...rest } = manager;
  const value = rest.value ?? lastSegment(reference);
  return {
    ...document,
    [enterpriseUserSchema.id]: { ...extension, manager: { ...rest, value } },
  };
}

function lastSegment(reference: JsonValue): string {
  const text = textOf(reference) ?? '';
  return text.slice(text.lastIndexOf('/') + 1);
}

/** The name to show: displayName, else the name, else the userName. */
function labelOf(document: JsonObject): string {
  const name = isObject(document.name) ? document.name : {};
  const parts = [textOf(name.givenName), textOf(name.familyName)].filter((part) => part !== null);
  return (
    textOf(document.displayName) ??
    textOf(name.formatted) ??
    (parts.length > 0 ? parts.join(' ') : userNameOf(document))
  );
}

/** The userName of a stored document. */
export function userNameOf(document: JsonObject): string {
  return textOf(document.userName) ?? '';
}

function managerIdOf(document: JsonObject): string | null {
  const extension = document[enterpriseUserSchema.id];
  const manager = isObject(extension) ? extension.manager : undefined;
  return isObject(manager) ? textOf(manager.value) : null;
}

function elementsOf(document: JsonObject): readonly JsonObject[] {
  return isArray(document.emails) ? document.emails.filter(isObject) : [];
}

/** Addresses as written, the primary one first. */
function addressesOf(document: JsonObject): string[] {
  const elements = elementsOf(document);
  const primary = elements.filter((element) => element.primary === true);
  const others = elements.filter((element) => element.primary !== true);
  return [...primary, ...others].flatMap((element) => textOf(element.value) ?? []);
}

/** Each address once; without a marked one the first is the primary. */
function emailKeysOf(document: JsonObject): EmailKey[] {
  const keys = new Map<string, EmailKey>();
  for (const address of addressesOf(document)) {
    const value_folded = fold(address);
    if (keys.has(value_folded)) continue;
    keys.set(value_folded, { value_folded, is_primary: keys.size === 0 ? 1 : 0 });
  }
  return [...keys.values()];
}

function textOf(value: JsonValue | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
