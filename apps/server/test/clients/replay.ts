import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import type { ScimAnswer, ScimServer } from '../scim/scim-server.ts';
import { enterprise, type Journey, type Kept, type Step } from './journey.ts';

type Outcome = 'changed' | 'unchanged' | 'refused';

/** A write as the log must tell it. */
interface Write {
  readonly step: string;
  readonly method: string;
  readonly outcome: Outcome;
  /** The attributes that differ; undefined where the resource cannot be read on both sides. */
  readonly attributes: readonly string[] | undefined;
  readonly ignored: string | undefined;
}

/**
 * Sends a journey step by step and checks each answer. Every write is held against what the resource was before and is
 * after it: an accepted one has changed it or is logged as `unchanged`, and the log names exactly the attributes that differ.
 */
export async function replay(scim: ScimServer, journey: Journey): Promise<void> {
  const kept: Record<string, unknown> = {};
  const writes: Write[] = [];
  for (const [index, step] of journey.steps.entries()) {
    const name = `${index + 1}. ${step.does}`;
    const write = await take(scim, journey, step, name, kept);
    if (write !== undefined) writes.push(write);
  }
  await expectLogged(scim, writes);
}

async function take(
  scim: ScimServer,
  journey: Journey,
  step: Step,
  name: string,
  kept: Record<string, unknown>,
): Promise<Write | undefined> {
  const [method = '', address = ''] = filled(step.send, kept).split(/ (.*)/s);
  const body = typeof step.body === 'function' ? step.body(kept) : step.body;
  const isWrite = method !== 'GET';
  const before = isWrite ? await resourceAt(scim, address) : undefined;
  const answer = await scim.send(method, encoded(address, journey.space ?? '%20'), {
    headers: { ...journey.headers, ...step.headers },
    ...(body !== undefined && { body: filled(body, kept) }),
  });
  expectAnswer(answer, { ...step, headers: { ...journey.headers, ...step.headers } }, name, kept);
  for (const [as, path] of Object.entries(step.keeps ?? {})) kept[as] = at(answer.body, path);
  if (!isWrite) return undefined;
  const after = await resourceAt(scim, address);
  const outcome = answer.status >= 400 ? 'refused' : (step.effect ?? 'changed');
  const attributes = before && after && differing(before, after);
  if (attributes !== undefined) {
    expect(attributes.length > 0, `${name}: has an effect`).toBe(outcome === 'changed');
  }
  return { step: name, method, outcome, attributes, ignored: step.ignored };
}

function expectAnswer(answer: ScimAnswer, step: Step, name: string, kept: Kept): void {
  expect(`${answer.status} ${answer.status === step.gives ? '' : answer.text}`, name).toBe(
    `${step.gives} `,
  );
  if (step.shows !== undefined) expect(answer.body, name).toMatchObject(filled(step.shows, kept));
  const members = Object.keys(Object(answer.body));
  for (const member of step.lacks ?? []) expect(members, name).not.toContain(member);
  if (answer.status >= 400) {
    expect(answer.body, name).toMatchObject({ status: String(answer.status) });
    expect(answer.body.detail, name).not.toBe('');
  }
  const plain = step.headers?.accept === 'application/json';
  if (answer.text !== '') {
    const type = plain ? 'application/json' : 'application/scim+json';
    expect(answer.headers.get('content-type'), name).toBe(`${type}; charset=utf-8`);
  }
}

/** The resource that an address names, as it is now. */
async function resourceAt(scim: ScimServer, address: string) {
  const path = /^\/*(Users|Groups)\/+[^/?]+/.exec(address)?.[0];
  if (path === undefined) return undefined;
  const { status, body } = await scim.send('GET', path);
  return status === 200 ? body : undefined;
}

/** The attributes of a resource that are written and differ. */
function differing(before: Kept, after: Kept): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  for (const derived of ['schemas', 'meta', 'groups']) names.delete(derived);
  return [...names].filter((name) => !isDeepStrictEqual(before[name], after[name])).sort();
}

async function expectLogged(scim: ScimServer, writes: readonly Write[]): Promise<void> {
  // A refusal is written after its answer.
  await expect
    .poll(async () => (await loggedWrites(scim)).length, { timeout: 10_000 })
    .toBe(writes.length);
  for (const [index, line] of (await loggedWrites(scim)).entries()) {
    const write = writes[index];
    expect([line.method, line.outcome], write?.step).toEqual([write?.method, write?.outcome]);
    if (write?.outcome === 'changed') expect(line.difference, write.step).not.toBeNull();
    if (write?.outcome === 'unchanged') expect(line.difference, write.step).toBeNull();
    if (write?.ignored !== undefined) expect(line.detail, write.step).toContain(write.ignored);
    if (write?.attributes === undefined || line.difference === null) continue;
    const paths: { path: string }[] = JSON.parse(line.difference);
    const named = new Set(paths.map(({ path }) => attributeOf(path)));
    expect([...named].sort(), write.step).toEqual(write.attributes);
  }
}

function loggedWrites(scim: ScimServer) {
  return scim.database.read.query
    .selectFrom('request_log')
    .select(['method', 'outcome', 'difference', 'detail'])
    .where('directory_id', '=', scim.seeded.directoryId)
    .where('method', '!=', 'GET')
    .orderBy('id')
    .execute();
}

function attributeOf(path: string): string {
  return path.startsWith(enterprise) ? enterprise : (path.split('.')[0] ?? '');
}

/** Writes what was kept into the texts of a value. */
function filled<Value>(value: Value, kept: Kept): Value {
  const text = JSON.stringify(value).replace(/<(\w[\w ]*)>/g, (whole, name) =>
    typeof kept[name] === 'string' ? kept[name] : whole,
  );
  return JSON.parse(text) as Value; // the same value with other texts
}

function encoded(address: string, space: string): string {
  return address
    .replaceAll('%', '%25')
    .replaceAll('+', '%2B')
    .replaceAll(' ', space)
    .replaceAll('"', '%22');
}

function at(body: unknown, path: string): unknown {
  if (path === '') return body;
  return path.split('.').reduce((value, name) => Object(value)[name], body);
}
