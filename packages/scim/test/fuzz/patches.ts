import { enterprise, user } from '../support.ts';
import type { Random } from './random.ts';

const paths = [
  'userName',
  'title',
  'active',
  'name',
  'name.givenName',
  'emails',
  'emails.value',
  'emails[type eq "work"]',
  'emails[type eq "work"].value',
  'emails[type eq "home" and primary eq "True"].display',
  'emails[not (value co "a")].primary',
  'roles',
  'roles[value ne "a"]',
  'addresses[type eq "work"].country',
  'members',
  'members[value eq "a"]',
  'members[display pr]',
  'displayName',
  'groups',
  'password',
  'schemas',
  'manager',
  enterprise,
  `${enterprise}:department`,
  `${enterprise}:manager.value`,
  `${enterprise}.manager`,
  'bogus',
  'emails[',
  '__proto__',
  'constructor.prototype',
  'id',
  'externalId',
];

const words = [
  'work',
  'home',
  'a',
  'A',
  '',
  'True',
  'false',
  '__proto__',
  user,
  '\u{1F600}',
  'é',
  'e\u0301',
];
const parts = [
  'value',
  'Value',
  'type',
  'primary',
  'display',
  'givenName',
  'department',
  '$ref',
  '__proto__',
];

/** JSON that no writer of JSON writes. */
const raw = [
  '1e999',
  '-0',
  '123456789012345678901234567890',
  '"\\ud800"',
  '"\\u0000"',
  '{"a":1,"a":2}',
  '{"a":1,"A":2}',
  '{"__proto__":{"polluted":true}}',
  `${'['.repeat(40)}${']'.repeat(40)}`,
];

/** Writes the text of a PATCH; `ids` are members that exist, and are taken for values of `members`. */
export function writtenPatch(random: Random, ids: readonly string[] = []): string {
  const operations = random.several(4, () => operation(random, ids));
  const schemas = random.chance(40) ? '[]' : '["urn:ietf:params:scim:api:messages:2.0:PatchOp"]';
  return `{"schemas":${schemas},"Operations":[${operations.join(',')}]}`;
}

function operation(random: Random, ids: readonly string[]): string {
  const op = random.pick(['add', 'replace', 'remove', 'Add', 'Replace', 'Remove', 'ADD']);
  const path = random.pick(paths);
  if (random.chance(4)) {
    const value = `{${members(random, () => random.pick(paths), ids).join(',')}}`;
    return `{"op":"${op}","value":${value}}`;
  }
  const value = path.startsWith('members') ? memberList(random, ids) : fitting(random, path, ids);
  const filter = path === 'members[value eq "a"]' && ids.length > 0;
  const named = filter ? `members[value eq "${random.pick(ids)}"]` : path;
  const withValue = !/remove/i.test(op) || random.chance(2);
  return `{"op":"${op}","path":${JSON.stringify(named)}${withValue ? `,"value":${value}` : ''}}`;
}

function memberList(random: Random, ids: readonly string[]): string {
  const known = ids.length === 0 || random.chance(20) ? ['nobody', ...ids] : ids;
  return JSON.stringify(random.several(3, () => ({ value: random.pick(known), $ref: null })));
}

/** Mostly a value of the right shape. */
function fitting(random: Random, path: string, ids: readonly string[]): string {
  if (random.chance(5)) return anything(random, 2, ids);
  if (/active|primary/.test(path))
    return random.pick(['true', 'false', '"True"', '"False"', 'null']);
  if (/^(emails|roles)(\[[^\]]*\])?$/.test(path)) {
    const element = () => `{${members(random, () => random.pick(parts), ids).join(',')}}`;
    return path.includes('[') ? element() : `[${random.several(2, element).join(',')}]`;
  }
  if (path === 'name' || path === enterprise) {
    return random.pick(['{"givenName":"a"}', '{"department":"b"}', '{"givenName":null}', 'null']);
  }
  return JSON.stringify(random.pick(words));
}

function members(random: Random, name: () => string, ids: readonly string[]): string[] {
  const names = new Set(random.several(3, name));
  return [...names].map((one) => {
    const value = one === 'members' ? memberList(random, ids) : fitting(random, one, ids);
    return `${JSON.stringify(one)}:${value}`;
  });
}

function anything(random: Random, depth: number, ids: readonly string[]): string {
  switch (random.below(depth === 0 ? 5 : 7)) {
    case 0:
      return random.pick(['true', 'false', 'null']);
    case 1:
      return String(random.below(1_000) / 8);
    case 2:
      return random.pick(raw);
    case 3:
    case 4:
      return JSON.stringify(random.pick(words));
    case 5:
      return `[${random.several(3, () => anything(random, depth - 1, ids)).join(',')}]`;
    default:
      return `{${random
        .several(
          3,
          () => `${JSON.stringify(random.pick(parts))}:${anything(random, depth - 1, ids)}`,
        )
        .join(',')}}`;
  }
}
