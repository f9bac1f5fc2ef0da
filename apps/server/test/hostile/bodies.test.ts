import { beforeAll, beforeEach, expect, it } from 'vitest';
import { group, patch, user } from '../clients/journey.ts';
import { type ScimServer, startScim } from '../scim/scim-server.ts';
import { describeEachEngine } from '../support/databases.ts';

interface Hostile {
  readonly what: string;
  readonly body: string | Buffer;
  readonly gives: number;
  readonly scimType?: string;
  /** What the refusal names. */
  readonly says: string | RegExp;
}

const megabytes = (count: number) => 'x'.repeat(count * 1024 * 1024);
const deep = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

/** Texts that no reader of SCIM may take, whatever they are sent to. */
const everywhere: readonly Hostile[] = [
  { what: 'nothing', body: '', says: /body/i },
  { what: 'an open brace', body: '{', says: 'line 1, column 2' },
  { what: 'a list', body: '[]', says: 'must be a JSON object, not an array' },
  { what: 'arrays in arrays', body: deep(100_000), says: 'more than 32 deep' },
  { what: 'objects in objects', body: '{"a":'.repeat(50_000), says: 'more than 32 deep' },
  { what: 'one name twice', body: '{"a":1,"a":2}', says: 'second member named \\"a\\"' },
  { what: 'one name in two cases', body: '{"a":1,"A":2}', says: 'second member named \\"A\\"' },
  {
    what: 'two prototypes',
    body: '{"__proto__":{},"__PROTO__":{}}',
    says: 'second member named \\"__PROTO__\\"',
  },
  { what: 'half a surrogate pair', body: '{"a":"\\ud800"}', says: 'half of a surrogate pair' },
  {
    what: 'half a surrogate pair in UTF-8',
    body: Buffer.from([0x7b, 0x22, 0xed, 0xa0, 0x80, 0x22, 0x3a, 0x31, 0x7d]),
    says: 'not UTF-8',
  },
  { what: 'U+0000 as escape', body: '{"a\\u0000":1}', says: 'U+0000' },
  { what: 'U+0000 as byte', body: '{"a":"\0"}', says: 'control character' },
  {
    what: 'an object of 60,000 members',
    body: `{${Array.from({ length: 60_000 }, (_, at) => `"m${at}":1`).join(',')}}`,
    says: 'more than 1000 members',
  },
  { what: 'a number that is none', body: '{"a":01}', says: 'line 1, column 7' },
].map((one) => ({ gives: 400, scimType: 'invalidSyntax', ...one }));

const operations = (count: number) =>
  `{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[${'{},'.repeat(count - 1)}{}]}`;
const named = (more: object) => JSON.stringify({ schemas: [user], userName: 'eve', ...more });

/** What the addresses refuse by their own rules. */
const byAddress: readonly (Hostile & { readonly send: string })[] = [
  {
    what: 'a text of 10 MB',
    send: 'POST /Users',
    body: named({ title: megabytes(10) }),
    gives: 413,
    says: 'limit of 1 MB',
  },
  {
    what: 'a text of 10 MB',
    send: 'PATCH /Groups/<red>',
    body: JSON.stringify(patch({ op: 'add', path: 'displayName', value: megabytes(10) })),
    gives: 413,
    says: 'limit of 1 MB',
  },
  {
    what: 'a name of 10 MB',
    send: 'PUT /Groups/<red>',
    body: JSON.stringify({ schemas: [group], displayName: megabytes(10) }),
    gives: 400,
    scimType: 'invalidValue',
    says: /displayName has 10,485,760 characters/,
  },
  {
    what: 'a body of 33 MB',
    send: 'PUT /Groups/<red>',
    body: JSON.stringify({ schemas: [group], displayName: megabytes(33) }),
    gives: 413,
    says: 'limit of 32 MB',
  },
  {
    what: '100,000 operations',
    send: 'PATCH /Users/<ada>',
    body: operations(100_000),
    gives: 413,
    says: '100000 operations',
  },
  {
    what: '100,000 operations',
    send: 'PATCH /Groups/<red>',
    body: operations(100_000),
    gives: 413,
    says: '100000 operations',
  },
  {
    what: '60,000 addresses',
    send: 'POST /Users',
    body: named({ emails: Array.from({ length: 60_000 }, () => ({ value: '' })) }),
    gives: 400,
    scimType: 'invalidValue',
    says: 'emails has 60000 values',
  },
  {
    what: 'a number without end for a boolean',
    send: 'PATCH /Users/<ada>',
    body: JSON.stringify(patch({ op: 'add', path: 'active', value: 0 })).replace(':0}', ':1e999}'),
    gives: 400,
    scimType: 'invalidValue',
    says: 'active must be true or false',
  },
  {
    what: 'a number without end for a text',
    send: 'POST /Users',
    body: named({ title: 0 }).replace(':0}', ':123456789012345678901234567890}'),
    gives: 400,
    scimType: 'invalidValue',
    says: 'title must be a text',
  },
  {
    what: 'a number without end for a count',
    send: 'POST /Users/.search',
    body: '{"schemas":["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],"count":1e999}',
    gives: 400,
    scimType: 'invalidValue',
    says: 'count must be a whole number',
  },
  {
    what: 'a filter of 10,000 brackets',
    send: 'POST /Users/.search',
    body: JSON.stringify({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
      filter: '('.repeat(8_000),
    }),
    gives: 400,
    scimType: 'invalidFilter',
    says: /filter/,
  },
  {
    what: 'a path of 100,000 characters',
    send: 'PATCH /Users/<ada>',
    body: JSON.stringify(
      patch({ op: 'remove', path: `emails[value eq "${'x'.repeat(100_000)}"]` }),
    ),
    gives: 400,
    scimType: 'invalidPath',
    says: 'too long',
  },
];

describeEachEngine('Hostile bodies', (databases) => {
  let scim: ScimServer;
  const ids: Record<string, string> = {};
  let before: string[];

  const addresses = [
    'POST /Users',
    'PUT /Users/<ada>',
    'PATCH /Users/<ada>',
    'POST /Groups',
    'PUT /Groups/<red>',
    'PATCH /Groups/<red>',
    'POST /Users/.search',
    'POST /Groups/.search',
    'POST /Bulk',
  ];
  const send = (address: string, body: string | Buffer) => {
    const [method = '', path = ''] = address
      .replace(/<(\w+)>/, (_, name) => ids[name] ?? '')
      .split(' ');
    return scim.send(method, path, { body });
  };
  const everything = async () =>
    Promise.all(
      ['/Users', '/Groups'].map(async (path) => {
        const { status, text } = await scim.send('GET', path);
        expect(status).toBe(200);
        return text;
      }),
    );

  let database: Awaited<ReturnType<typeof databases.open>>;
  beforeAll(async () => {
    database = await databases.open();
  });
  beforeEach(async () => {
    scim = await startScim(database, { provider: 'generic' });
    ids.ada = (await send('POST /Users', named({ userName: 'ada' }))).body.id;
    const red = { schemas: [group], displayName: 'Red', members: [{ value: ids.ada }] };
    ids.red = (await send('POST /Groups', JSON.stringify(red))).body.id;
    before = await everything();
  });

  const expectRefused = async (address: string, hostile: Hostile) => {
    const { status, body, text } = await send(address, hostile.body);
    const name = `${address}: ${hostile.what}: ${text.slice(0, 300)}`;
    expect([status, body.scimType], name).toEqual([hostile.gives, hostile.scimType]);
    expect(text, name).toMatch(hostile.says);
    expect(text.length, name).toBeLessThan(2_000);
  };

  it.each(everywhere)('H-08 S-08 $what is refused at every address, by name', async (hostile) => {
    for (const address of addresses) await expectRefused(address, hostile);
    expect(await everything()).toEqual(before);
  });

  it.each(byAddress)('P-60 C-11 $what to $send is refused by name', async (hostile) => {
    await expectRefused(hostile.send, hostile);
    expect(await everything()).toEqual(before);
  });

  it('S-06 a member named __proto__ is one more unknown attribute, and reaches nothing', async () => {
    const pollution = '"__proto__":{"active":false,"polluted":true},"constructor":{"prototype":{}}';
    const body = `{"schemas":["${user}"],"userName":"eve",${pollution}}`;
    const created = await send('POST /Users', body);
    expect(created.status).toBe(201);
    expect(created.body.active).toBe(true);
    ids.eve = created.body.id;
    const value = `{${pollution},"title":"A"}`;
    const change = JSON.stringify(patch({ op: 'replace', value: 0 })).replace(':0}', `:${value}}`);
    const patched = await send('PATCH /Users/<eve>', change);
    expect(patched.body).toMatchObject({ active: true, title: 'A' });
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it('H-09 a leading byte-order mark says nothing', async () => {
    expect((await send('POST /Users', `\uFEFF${named({})}`)).status).toBe(201);
  });
});
