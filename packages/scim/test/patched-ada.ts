import {
  applyPatch,
  type ClientProfile,
  type JsonObject,
  type JsonValue,
  userResourceType,
} from '@rollcall/scim';
import { createdUser, frozen, operationsOf } from './support.ts';

export const work = { type: 'work', value: 'ada@work.example', primary: true };
export const home = { type: 'home', value: 'ada@home.example' };

/** Somebody with a name, a title and two addresses; nothing may write to it. */
export const ada = frozen(
  createdUser({
    name: { givenName: 'Ada', familyName: 'Byron' },
    title: 'Engineer',
    emails: [work, home],
  }).document,
);

/** Somebody of whom only the least is said. */
export const plain = frozen(createdUser({}).document);

/** Runs the operations of a PATCH on a document. */
export function patched(
  document: JsonObject,
  operations: readonly JsonValue[],
  profile: ClientProfile = 'generic',
) {
  const parsed = operationsOf(userResourceType, profile, ...operations);
  return applyPatch(userResourceType, document, parsed, profile);
}

/** Runs the operations on Ada and returns the attributes that are named. */
export function after(names: string, ...operations: readonly JsonValue[]): JsonObject {
  const { document } = patched(ada, operations);
  return Object.fromEntries(names.split(' ').map((name) => [name, document[name] ?? null]));
}
