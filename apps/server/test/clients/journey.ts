import type { Provider } from '@rollcall/api';

/** What earlier answers have left, by name: a whole answer, or a piece of one. */
// biome-ignore lint/suspicious/noExplicitAny: an answer is whatever came over the wire
export type Kept = Readonly<Record<string, any>>;

/** One request of a client and what it must get. `<name>` in texts stands for what was kept under that name. */
export interface Step {
  readonly does: string;
  /** Method and address under the connector URL, as one reads it: spaces and quotes are encoded as the client does. */
  readonly send: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object | ((kept: Kept) => unknown);
  readonly gives: number;
  /** What the answer must contain. */
  readonly shows?: object;
  /** Members that the answer must not have. */
  readonly lacks?: readonly string[];
  /** Name to keep a piece of the answer under, and where it stands: `id`, `Resources.0.id`, or empty for all of it. */
  readonly keeps?: Readonly<Record<string, string>>;
  /** For a write that is accepted and must change nothing, which the log then says. */
  readonly effect?: 'unchanged';
  /** What the log must say was not taken. */
  readonly ignored?: string;
}

/** Requests that one client sends in this order. */
export interface Journey {
  readonly title: string;
  readonly provider: Provider;
  /** How the client encodes a space in a query. */
  readonly space?: '+' | '%20';
  readonly headers?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

export const user = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const group = 'urn:ietf:params:scim:schemas:core:2.0:Group';
export const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** A PATCH body. */
export function patch(...operations: readonly object[]) {
  return { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: operations };
}

/** The least that a person needs, and more. */
export function person(name: string, more: object = {}) {
  return { schemas: [user], userName: `${name}@example.com`, ...more };
}

/** Creates somebody, kept by name. */
export function creates(name: string, more: object = {}): Step {
  return {
    does: `creates ${name}`,
    send: 'POST /Users',
    body: person(name, more),
    gives: 201,
    keeps: { [name]: 'id' },
  };
}

/** Creates a group, kept by name. */
export function createsGroup(name: string, members: readonly string[] = []): Step {
  return {
    does: `creates the group ${name}`,
    send: 'POST /Groups',
    body: {
      schemas: [group],
      displayName: name,
      ...(members.length > 0 && { members: members.map((member) => ({ value: `<${member}>` })) }),
    },
    gives: 201,
    keeps: { [name]: 'id' },
  };
}

/** Reads a group and finds these members in it. */
export function hasMembers(name: string, members: readonly string[]): Step {
  const shown = members.map((member) => ({ value: `<${member}>` }));
  return {
    does: `finds ${members.join(' and ') || 'nobody'} in ${name}`,
    send: `GET /Groups/<${name}>`,
    gives: 200,
    ...(members.length === 0 ? { lacks: ['members'] } : { shows: { members: shown } }),
  };
}

/** The list that a filter without match must give: 200, never 404, with every member. */
export const emptyList = {
  schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
  totalResults: 0,
  itemsPerPage: 0,
  startIndex: 1,
  Resources: [],
};
