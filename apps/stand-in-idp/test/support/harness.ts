import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterEach } from 'vitest';
import { buildStandIn, type StandInOptions } from '../../src/index.ts';
import { ScimPeer } from './scim-peer.ts';

type Json = Record<string, unknown>;

/** A stand-in, and a service for it to provision. */
export interface Harness {
  readonly idp: FastifyInstance;
  readonly peer: ScimPeer;
  readonly dataFile: string;
  /** Calls the control API and answers its JSON. */
  control(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: Json): Promise<Json>;
  /** The id of a sample person, by first name. */
  person(firstName: string): Promise<string>;
  /** The id of a sample group, by name. */
  group(name: string): Promise<string>;
  state(): Promise<State>;
}

/** What tests read of `GET /control/state`. */
interface State {
  readonly people: {
    id: string;
    objectId: string;
    status: string;
    profile: Record<string, string>;
  }[];
  readonly groups: { id: string; objectId: string; name: string; memberIds: string[] }[];
  readonly appUsers: {
    personId: string;
    assigned: boolean;
    state: string;
    scimId: string | null;
    error: string | null;
    profile: Record<string, string>;
  }[];
  readonly pushes: {
    groupId: string;
    status: string;
    scimId: string | null;
    error: string | null;
  }[];
  readonly tasks: { id: number; title: string; error: string }[];
  readonly imported: { users: Json[]; groups: { scimId: string; name: string }[] };
  readonly load: { active: number; paused: number };
}

const cleanups: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** Runs after the test, in reverse order. */
export function atEnd(cleanup: () => Promise<void> | void): void {
  cleanups.push(cleanup);
}

/** Starts a peer and a new stand-in with sample people; both end with the test. */
export async function startHarness(options: Partial<StandInOptions> = {}): Promise<Harness> {
  const folder = mkdtempSync(join(tmpdir(), 'stand-in-'));
  atEnd(() => rmSync(folder, { recursive: true }));
  const peer = await new ScimPeer().start();
  atEnd(() => peer.stop());
  const dataFile = join(folder, 'idp.sqlite');
  const idp = await buildStandIn({ dataFile, ...options });
  await idp.ready();
  atEnd(() => idp.close());
  return harnessOf(idp, peer, dataFile);
}

/** The calls of a harness for a stand-in that is up. */
export function harnessOf(idp: FastifyInstance, peer: ScimPeer, dataFile: string): Harness {
  const control: Harness['control'] = async (method, path, body = {}) => {
    const payload = method === 'GET' || method === 'DELETE' ? {} : { payload: body };
    const answer = await idp.inject({ method, url: `/control${path}`, ...payload });
    if (answer.statusCode >= 400) throw new Error(answer.body);
    return answer.json();
  };
  // The control API's answer has the form that State describes.
  const state = async () => (await control('GET', '/state')) as unknown as State;
  const idOf = (found: { id: string } | undefined) => {
    if (found === undefined) throw new Error('no such sample');
    return found.id;
  };
  return {
    idp,
    peer,
    dataFile,
    control,
    state,
    person: async (firstName) =>
      idOf((await state()).people.find(({ profile }) => profile.firstName === firstName)),
    group: async (name) => idOf((await state()).groups.find((group) => group.name === name)),
  };
}

/** Configures the app by the customer's recipe, and changes the given settings on top. */
export async function configure(harness: Harness, change: Json = {}): Promise<void> {
  const { baseUrl, token } = harness.peer;
  await harness.control('POST', '/app/configure', { baseUrl, token });
  await harness.control('POST', '/app', change);
}

/** A change that turns Update User Attributes on. */
export const updating = { toApp: { updateUserAttributes: true } };
