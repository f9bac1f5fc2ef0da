import { expect, it } from 'vitest';
import { describeEachEngine } from '../support/databases.ts';
import { group, oktaUser, patch } from './bodies.ts';
import { startScim } from './scim-server.ts';

const many = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));

describeEachEngine('Races', (databases) => {
  it('lets one of 100 parallel creates of one userName win: one 201, 99 times 409 (C-05)', async () => {
    const scim = await startScim(await databases.open());
    const answers = await Promise.all(
      many(100, () => scim.send('POST', '/Users', { body: oktaUser('ada') })),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([201, ...many(99, () => 409)]);
    expect((await scim.send('GET', '/Users')).body.totalResults).toBe(1);
  });

  it('loses none of 50 parallel additions to one group (P-61)', async () => {
    const scim = await startScim(await databases.open(), { seats: 100 });
    const people = await Promise.all(
      many(50, async (index) => {
        const { body } = await scim.send('POST', '/Users', { body: oktaUser(`p${index}`) });
        return body.id as string;
      }),
    );
    const { body: sales } = await scim.send('POST', '/Groups', { body: group('Sales') });
    const path = `/Groups/${sales.id}`;
    const answers = await Promise.all(
      people.map((value) =>
        scim.send('PATCH', path, {
          body: patch({ op: 'add', path: 'members', value: [{ value }] }),
        }),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]));
    const { body } = await scim.send('GET', path);
    expect(body.members.map(({ value }: { value: string }) => value).sort()).toEqual(people.sort());
    expect(body.meta.version).toBe('W/"51"');
  });

  it('loses none of 20 parallel changes of different attributes of one user (P-61)', async () => {
    const scim = await startScim(await databases.open());
    const { body: ada } = await scim.send('POST', '/Users', { body: oktaUser('ada') });
    const phones = many(20, (index) => ({ value: `+1 555 01${index}`, type: `t${index}` }));
    await Promise.all(
      phones.map((value) =>
        scim.send('PATCH', `/Users/${ada.id}`, {
          body: patch({ op: 'add', path: 'phoneNumbers', value: [value] }),
        }),
      ),
    );
    const { body } = await scim.send('GET', `/Users/${ada.id}`);
    expect(body.phoneNumbers).toHaveLength(20);
    expect(body.meta.version).toBe('W/"21"');
  });

  it('lets one of 20 parallel PUTs with the same If-Match win: one 200, 19 times 412 (V-09)', async () => {
    const scim = await startScim(await databases.open());
    const { body: ada } = await scim.send('POST', '/Users', { body: oktaUser('ada') });
    const answers = await Promise.all(
      many(20, (index) =>
        scim.send('PUT', `/Users/${ada.id}`, {
          body: { ...ada, title: `title ${index}` },
          headers: { 'if-match': ada.meta.version },
        }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...many(19, () => 412)]);
  });

  it('keeps a PATCH of the members that runs beside PUTs of the name: each is applied as a whole', async () => {
    const scim = await startScim(await databases.open());
    const people = await Promise.all(
      many(8, async (index) => {
        const { body } = await scim.send('POST', '/Users', { body: oktaUser(`p${index}`) });
        return body.id as string;
      }),
    );
    const { body: sales } = await scim.send('POST', '/Groups', { body: group('Sales') });
    const path = `/Groups/${sales.id}`;
    const { members: _, ...named } = group('Sales renamed');
    const answers = await Promise.all(
      people.flatMap((value) => [
        scim.send('PATCH', path, {
          body: patch({ op: 'add', path: 'members', value: [{ value }] }),
        }),
        scim.send('PUT', path, { body: named }),
      ]),
    );
    expect(answers.every(({ status }) => status < 300)).toBe(true);
    const { body } = await scim.send('GET', path);
    expect(body.displayName).toBe('Sales renamed');
    expect(body.members).toHaveLength(8);
  });

  it('counts exactly while people come and go in parallel (L-08)', async () => {
    const scim = await startScim(await databases.open(), { seats: 100 });
    const ids = await Promise.all(
      many(30, async (index) => {
        const { body } = await scim.send('POST', '/Users', { body: oktaUser(`p${index}`) });
        return body.id as string;
      }),
    );
    const more = many(10, (index) => scim.send('POST', '/Users', { body: oktaUser(`q${index}`) }));
    const gone = ids.slice(0, 15).map((id) => scim.send('DELETE', `/Users/${id}`));
    await Promise.all([...more, ...gone]);
    const { body } = await scim.send('GET', '/Users?count=1000');
    expect(body.totalResults).toBe(25);
    expect(body.Resources).toHaveLength(25);
  });
});
