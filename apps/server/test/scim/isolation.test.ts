import { expect, it } from 'vitest';
import { describeEachEngine } from '../support/databases.ts';
import { group, oktaUser, patch } from './bodies.ts';
import { startScim } from './scim-server.ts';

describeEachEngine('Another directory', (databases) => {
  const two = async () => {
    const database = await databases.open();
    return { mine: await startScim(database), theirs: await startScim(database) };
  };

  it('answers every route with 404 for another directory’s ids, as for ids that nobody has (T-02, R-02, P-08, W-01)', async () => {
    const { mine, theirs } = await two();
    const { body: ada } = await theirs.send('POST', '/Users', { body: oktaUser('ada') });
    const { body: sales } = await theirs.send('POST', '/Groups', {
      body: group('Sales', [ada.id]),
    });
    const change = patch({ op: 'replace', value: { displayName: 'Mine now' } });
    const { body: gone } = await mine.send('POST', '/Users', { body: oktaUser('gone') });
    const { body: goneGroup } = await mine.send('POST', '/Groups', { body: group('Gone') });
    await mine.send('DELETE', `/Users/${gone.id}`);
    await mine.send('DELETE', `/Groups/${goneGroup.id}`);
    for (const [method, path, body] of [
      ['GET', '/Users/:id', undefined],
      ['HEAD', '/Users/:id', undefined],
      ['PUT', '/Users/:id', ada],
      ['PATCH', '/Users/:id', change],
      ['DELETE', '/Users/:id', undefined],
      ['GET', '/Groups/:id', undefined],
      ['HEAD', '/Groups/:id', undefined],
      ['PUT', '/Groups/:id', sales],
      ['PATCH', '/Groups/:id', change],
      ['DELETE', '/Groups/:id', undefined],
    ] as const) {
      const id = path.startsWith('/Users') ? ada.id : sales.id;
      const foreign = await mine.send(method, path.replace(':id', id), { body });
      const nobodys = await mine.send(method, path.replace(':id', crypto.randomUUID()), { body });
      const deletedId = path.startsWith('/Users') ? gone.id : goneGroup.id;
      const deleted = await mine.send(method, path.replace(':id', deletedId), { body });
      expect(foreign.status, `${method} ${path}`).toBe(404);
      expect(foreign.text, `${method} ${path}`).toBe(nobodys.text);
      expect([deleted.status, deleted.text], `${method} ${path}`).toEqual([404, nobodys.text]);
    }
    expect((await theirs.send('GET', `/Users/${ada.id}`)).body.displayName).toBe('Ada Byron');
    expect((await theirs.send('GET', `/Groups/${sales.id}`)).body.members).toHaveLength(1);
  });

  it('takes no member, sees no manager and finds nobody of another directory (G-08, T-02)', async () => {
    const { mine, theirs } = await two();
    const { body: ada } = await theirs.send('POST', '/Users', { body: oktaUser('ada') });
    const { body: sales } = await theirs.send('POST', '/Groups', {
      body: group('Sales', [ada.id]),
    });
    for (const id of [ada.id, sales.id]) {
      const refused = await mine.send('POST', '/Groups', { body: group('Ours', [id]) });
      expect([refused.status, refused.body.scimType]).toEqual([400, 'invalidValue']);
    }
    const extension = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
    const { body: grace } = await mine.send('POST', '/Users', {
      body: oktaUser('grace', { [extension]: { manager: { value: ada.id } } }),
    });
    expect(grace[extension].manager).toEqual({ value: ada.id });
    for (const filter of [
      'userName eq "ada@example.com"',
      'emails.value eq "ada@example.com"',
      'externalId eq "00u-ada"',
      `id eq "${ada.id}"`,
      `groups.value eq "${sales.id}"`,
      'title pr or userName co "ada"',
    ]) {
      const { body } = await mine.send('GET', `/Users?filter=${encodeURIComponent(filter)}`);
      expect(body.totalResults, filter).toBe(0);
    }
    const members = `/Groups?filter=${encodeURIComponent(`members.value eq "${ada.id}"`)}`;
    expect((await mine.send('GET', members)).body.totalResults).toBe(0);
    expect((await mine.send('GET', '/Users')).body.totalResults).toBe(1);
  });

  it('keeps userName and externalId unique by directory alone, and ids apart (T-04, T-05, A-32)', async () => {
    const { mine, theirs } = await two();
    const one = await mine.send('POST', '/Users', { body: oktaUser('ada') });
    const other = await theirs.send('POST', '/Users', { body: oktaUser('ada') });
    expect([one.status, other.status]).toEqual([201, 201]);
    expect(one.body.id).not.toBe(other.body.id);
    expect(one.body.meta.location).toContain(mine.seeded.directoryId);
    const found = '/Users?filter=externalId%20eq%20%2200u-ada%22';
    expect((await mine.send('GET', found)).body.Resources).toEqual([one.body]);
    expect((await theirs.send('GET', found)).body.Resources).toEqual([other.body]);
  });
});
