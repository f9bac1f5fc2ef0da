import { oktaUser, patch } from '../../apps/server/test/scim/bodies.ts';
import type { ScimClient } from './scim-client.ts';

/** How somebody stands in a directory. */
export type Standing = 'absent' | 'active' | 'inactive' | 'member' | 'deleted';

/** Somebody whom the load provisions, step after step. */
export interface LoadPerson {
  readonly userName: string;
  /** How the last acknowledged step left them, and how the step leaves them that was never answered. */
  mayBe(): Standing[];
}

interface Step {
  readonly leads: Standing;
  readonly method: 'POST' | 'PATCH' | 'DELETE';
  readonly path: (person: Person) => string;
  readonly body?: (person: Person) => object;
  readonly status: number;
}

const create: Step = {
  leads: 'active',
  method: 'POST',
  path: () => '/Users',
  body: ({ name }) => oktaUser(name),
  status: 201,
};
const remove: Step = {
  leads: 'deleted',
  method: 'DELETE',
  path: ({ id }) => `/Users/${id}`,
  status: 204,
};

function setActive(active: boolean): Step {
  return {
    leads: active ? 'active' : 'inactive',
    method: 'PATCH',
    path: ({ id }) => `/Users/${id}`,
    body: () => patch({ op: 'replace', value: { active } }),
    status: 200,
  };
}

function changeMember(op: 'add' | 'remove'): Step {
  const operation = (id: string) =>
    op === 'add'
      ? { op, path: 'members', value: [{ value: id }] }
      : { op, path: `members[value eq "${id}"]` };
  return {
    leads: op === 'add' ? 'member' : 'active',
    method: 'PATCH',
    path: ({ groupId }) => `/Groups/${groupId}`,
    body: ({ id }) => patch(operation(id)),
    status: 204,
  };
}

/** What is done to everybody; then every third stays, leaves the group, or is deleted. */
const beginning = [create, setActive(false), setActive(true), changeMember('add')];
const endings = [[], [changeMember('remove')], [remove]];

class Person implements LoadPerson {
  readonly name: string;
  readonly groupId: string;
  readonly steps: readonly Step[];
  id = '';
  done = 0;

  constructor(name: string, groupId: string, number: number) {
    this.name = name;
    this.groupId = groupId;
    this.steps = [...beginning, ...(endings[number % endings.length] ?? [])];
  }

  get userName(): string {
    return `${this.name}@example.com`;
  }

  mayBe(): Standing[] {
    const standings = ['absent' as const, ...this.steps.map(({ leads }) => leads)];
    return standings.slice(this.done, this.done + 2);
  }
}

/** Creates, deactivates, reactivates, regroups and deletes people over many connections until the server is gone. */
export class ProvisioningLoad {
  readonly people: Person[] = [];
  /** Answers that were not as they must be; empty where all is well. */
  readonly surprises: string[] = [];
  readonly #send: ScimClient;
  readonly #groups: readonly string[];
  readonly #name: string;
  readonly #reached = Promise.withResolvers<void>();
  #target = Number.POSITIVE_INFINITY;
  #acknowledged = 0;

  /** @param name beginning of the people's names; loads on one directory need different ones */
  constructor(send: ScimClient, groups: readonly string[], name: string) {
    this.#send = send;
    this.#groups = groups;
    this.#name = name;
  }

  /** Resolves once so many writes were acknowledged, or something else was answered. */
  acknowledged(writes: number): Promise<void> {
    this.#target = writes;
    this.#look();
    return this.#reached.promise;
  }

  /** Works until the server is gone. */
  async run(connections: number): Promise<void> {
    await Promise.all(Array.from({ length: connections }, () => this.#work()));
  }

  async #work(): Promise<void> {
    while (await this.#provision(this.#nextPerson()));
  }

  #nextPerson(): Person {
    const number = this.people.length;
    const groupId = this.#groups[number % this.#groups.length] ?? '';
    const person = new Person(`${this.#name}-${number}`, groupId, number);
    this.people.push(person);
    return person;
  }

  /** Takes a person through all steps; false where the server went. */
  async #provision(person: Person): Promise<boolean> {
    for (const step of person.steps) {
      const answer = await this.#send(step.method, step.path(person), step.body?.(person)).catch(
        () => undefined,
      );
      if (answer === undefined) return false;
      if (answer.status !== step.status) {
        this.surprises.push(`${step.method} answered ${answer.status}: ${answer.body?.detail}`);
        this.#reached.resolve();
        return false;
      }
      person.id ||= answer.body.id;
      person.done += 1;
      this.#acknowledged += 1;
      this.#look();
    }
    return true;
  }

  #look(): void {
    if (this.#acknowledged >= this.#target) this.#reached.resolve();
  }
}
