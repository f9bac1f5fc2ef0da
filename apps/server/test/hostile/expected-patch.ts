import {
  applyPatch,
  type ClientProfile,
  groupResourceType,
  isObject,
  type JsonObject,
  type MemberChange,
  matchesElement,
  parseJson,
  parsePatch,
  type ResourceType,
  ScimError,
  scimError,
  splitMemberOperations,
} from '@rollcall/scim';
import { enterprise } from '../clients/journey.ts';

/** A resource as it was answered. */
export type Resource = JsonObject & { readonly id: string };

/** What a PATCH must come to: a refusal, or what is then stored. */
export type Expected =
  | { readonly status: number; readonly scimType: string | undefined }
  | { readonly document: JsonObject; readonly members: readonly string[] };

interface Patching {
  readonly resourceType: ResourceType;
  readonly profile: ClientProfile;
  /** Ids that may become members. */
  readonly known: ReadonlySet<string>;
}

/**
 * What a plain server without any database would make of a PATCH: the bytes of the body on the resource that was read just
 * before, in memory, with a set for the members.
 */
export function expectedPatch(
  { resourceType, profile, known }: Patching,
  body: Buffer,
  before: Resource,
): Expected {
  try {
    const json = parseJson(textOf(body));
    const patch = parsePatch(resourceType, json, { profile, id: before.id });
    const split = splitMemberOperations(patch.operations);
    const { memberChanges, rest } =
      resourceType === groupResourceType ? split : { memberChanges: [], rest: patch.operations };
    const { document } = applyPatch(resourceType, storedPart(before), rest, profile);
    return { document, members: changedMembers(memberChanges, before, known) };
  } catch (error) {
    if (error instanceof ScimError) return { status: error.status, scimType: error.scimType };
    throw error;
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function textOf(body: Buffer): string {
  if (body.length === 0) throw scimError('invalidSyntax', 'empty');
  try {
    return utf8.decode(body);
  } catch {
    throw scimError('invalidSyntax', 'not UTF-8');
  }
}

/** What is stored of a resource: all but what the server adds to an answer. */
export function storedPart(resource: JsonObject): JsonObject {
  const { id: _, meta: __, groups: ___, members: ____, ...document } = resource;
  const extension = document[enterprise];
  if (!isObject(extension) || !isObject(extension.manager)) return document;
  const { value } = extension.manager;
  return { ...document, [enterprise]: { ...extension, manager: { value: value ?? null } } };
}

interface Member extends JsonObject {
  readonly value: string;
}

/** The members of an answered group. */
export function membersOf(group: JsonObject): readonly Member[] {
  return (group.members ?? []) as readonly Member[]; // as our server writes them
}

function changedMembers(
  changes: readonly MemberChange[],
  before: Resource,
  known: ReadonlySet<string>,
): readonly string[] {
  const model = new MemberModel(membersOf(before), known);
  for (const change of changes) model.apply(change);
  return [...model.ids].sort();
}

/** A membership as a set. */
class MemberModel {
  readonly ids: Set<string>;
  readonly #elements: ReadonlyMap<string, Member>;
  readonly #known: ReadonlySet<string>;

  constructor(members: readonly Member[], known: ReadonlySet<string>) {
    this.#elements = new Map(members.map((member) => [member.value, member]));
    this.ids = new Set(this.#elements.keys());
    this.#known = known;
  }

  apply(change: MemberChange): void {
    if (change.kind === 'removeAll') this.ids.clear();
    else if (change.kind === 'remove') this.#keep((id) => !change.values.includes(id));
    else if (change.kind === 'removeWhere') {
      const { filter } = change;
      this.#keep((id) => !matchesElement(filter, this.#elements.get(id) ?? { value: id }));
    } else {
      if (change.kind === 'replace') this.#keep((id) => change.values.includes(id));
      const there = new Set(change.kind === 'replace' ? this.ids : []);
      const news = change.values.filter((id) => !there.has(id));
      this.#add(news, change.claimedTypes);
    }
  }

  #add(values: readonly string[], claimedTypes: ReadonlyMap<string, string>): void {
    for (const id of values) {
      const claimed = claimedTypes.get(id)?.toLowerCase() ?? 'user';
      if (!this.#known.has(id) || claimed !== 'user') throw scimError('invalidValue', id);
      this.ids.add(id);
    }
  }

  #keep(stays: (id: string) => boolean): void {
    for (const id of this.ids) if (!stays(id)) this.ids.delete(id);
  }
}
