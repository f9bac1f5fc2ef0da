import { beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import { listReview } from '../../src/domain/decisions/index.ts';
import { setRole } from '../../src/domain/memberships/index.ts';
import { acceptInvitation } from '../../src/domain/provisioning/index.ts';
import { createUser as createPerson } from '../../src/domain/users/index.ts';
import { digestOf } from '../../src/secret.ts';
import { describeEachEngine } from '../support/databases.ts';
import { fixtureTime, type SeededAccount, seedAccount, seedMember } from '../support/fixtures.ts';
import { grantsOf, inShort, linkOf } from './grants.ts';
import { idp } from './idp.ts';

describeEachEngine('people whom an IdP may not take', (databases) => {
  let database: Database;
  let account: SeededAccount;
  let okta: ReturnType<typeof idp>;

  beforeAll(async () => {
    database = await databases.open();
  });

  const fresh = async (options: Parameters<typeof seedAccount>[1] = {}) => {
    account = await seedAccount(database, options);
    okta = idp(database, account);
  };

  const link = (id: string) => linkOf(database.read, account.directoryId, id);
  const linked = async (id: string) => (await link(id)).userId ?? '';
  const grants = (userId: string) => grantsOf(database.read, account.accountId, userId);

  /** Everything of a person that is theirs in every account. */
  const personOf = async (userId: string) => ({
    ...(await database.read.query
      .selectFrom('users')
      .select(['name', 'passphrase_hash'])
      .where('id', '=', userId)
      .executeTakeFirstOrThrow()),
    emails: await database.read.query
      .selectFrom('user_emails')
      .select(['address', 'is_primary', 'proved_at', 'proved_by', 'ended_at'])
      .where('user_id', '=', userId)
      .orderBy('address_folded')
      .execute(),
  });

  const promote = (userId: string, role: 'member' | 'co_owner') =>
    database.write((tx) =>
      tx.query
        .updateTable('memberships')
        .set({ role })
        .where('account_id', '=', account.accountId)
        .where('user_id', '=', userId)
        .execute(),
    );

  const review = async () => {
    const { items } = await listReview(database.read, { ...account, limit: 100 });
    return items;
  };

  describe('by a record that is created inactive', () => {
    it('are nobody until it is activated, and then lose what was made without proof', async () => {
      await fresh();
      const address = `eve@${account.domain}`;
      const person = { name: 'Somebody', address, provedBy: null, passphraseHash: 'planted' };
      const userId = await database.write((tx) => createPerson(tx, { ...person, at: fixtureTime }));
      const record = await okta.create({ userName: address, active: false });
      expect(await link(record.id)).toEqual({ userId: null, link: 'none' });
      const { effects } = await okta.activate(record.id);
      expect(inShort(effects)).toEqual(
        expect.arrayContaining(['user_linked', 'credentials_reset', 'access_granted']),
      );
      expect(await link(record.id)).toEqual({ userId, link: 'linked' });
      expect(await personOf(userId)).toMatchObject({ passphrase_hash: null });
    });

    it('stay co-owners when it has the externalId of their former record', async () => {
      await fresh();
      const first = await okta.create({ userName: `cora@${account.domain}`, externalId: '00u1' });
      const userId = await linked(first.id);
      await promote(userId, 'co_owner');
      await okta.delete(first.id);
      const record = await okta.create({
        userName: `mallory@${account.domain}`,
        externalId: '00u1',
        active: false,
      });
      const before = await personOf(userId);
      expect(inShort((await okta.activate(record.id)).effects)).toEqual([
        'owner_conflict waiting: owner',
      ]);
      expect(await link(record.id)).toEqual({ userId: null, link: 'conflict' });
      expect(await personOf(userId)).toEqual(before);
      expect(await grants(userId)).toMatchObject({ role: 'co_owner', sources: ['manual'] });
    });

    it('have one live record in a directory', async () => {
      await fresh();
      const emails = [`ada@${account.domain}`];
      const one = await okta.create({ userName: 'one', emails });
      const two = await okta.create({ userName: 'two', emails, active: false });
      expect(inShort((await okta.activate(two.id)).effects)).toEqual([
        'user_conflict waiting: two_records',
      ]);
      await okta.deactivate(two.id);
      await okta.deactivate(one.id);
      await okta.activate(two.id);
      expect(inShort((await okta.activate(one.id)).effects)).toEqual([
        'user_conflict waiting: two_records',
      ]);
      expect((await link(two.id)).link).toBe('linked');
      expect((await link(one.id)).link).toBe('conflict');
    });
  });

  describe('as owners and co-owners', () => {
    it('are not taken back by a record that an IdP deactivated and activates again', async () => {
      await fresh();
      const record = await okta.create({ userName: `cora@${account.domain}` });
      const userId = await linked(record.id);
      await promote(userId, 'co_owner');
      expect(inShort((await okta.deactivate(record.id)).effects)).toEqual([
        'access_kept waiting: owner',
      ]);
      expect(inShort((await okta.activate(record.id)).effects)).toEqual([
        'owner_conflict waiting: owner',
      ]);
      expect(await grants(userId)).toMatchObject({ state: 'active', sources: ['manual'] });
      expect(await review()).toMatchObject([
        {
          kind: 'owner_conflict',
          detail: expect.stringContaining('Until you decide, nothing changes'),
        },
      ]);
      await promote(userId, 'member');
      await okta.deactivate(record.id);
      expect(inShort((await okta.activate(record.id)).effects)).toContain('user_linked');
    });

    it('follow their directory again once they have another role', async () => {
      await fresh();
      const record = await okta.create({ userName: `cora@${account.domain}`, name: 'Cora' });
      const userId = await linked(record.id);
      await promote(userId, 'co_owner');
      await okta.change(record.id, { name: 'Cora Example' });
      expect(await review()).toHaveLength(1);
      const actor = { kind: 'operator' } as const;
      const change = { ...account, userId, actor, actorRole: 'owner', role: 'member' } as const;
      await database.write((tx) => setRole(tx, { ...change, at: okta.cause().at }));
      expect(await review()).toEqual([]);
      await okta.change(record.id, { name: 'Cora Exemplar' });
      expect(await personOf(userId)).toMatchObject({ name: 'Cora Exemplar' });
    });

    it('keep name and addresses, whatever the IdP says of them: that waits', async () => {
      await fresh();
      const record = await okta.create({ userName: `cora@${account.domain}`, name: 'Cora' });
      const userId = await linked(record.id);
      await promote(userId, 'co_owner');
      const before = await personOf(userId);
      const emails = [`mallory@${account.domain}`];
      const { effects } = await okta.change(record.id, { name: 'Mallory', emails });
      expect(inShort(effects)).toEqual(['profile_kept waiting: owner']);
      await okta.change(record.id, { name: 'Mallory Again' });
      expect(await personOf(userId)).toEqual(before);
      expect(await review()).toMatchObject([
        {
          kind: 'profile_kept',
          sentence:
            'Okta has another name or other addresses for Mallory Again, who is an owner or co-owner here.',
          detail: expect.stringContaining('Name there: Mallory Again.'),
        },
      ]);
      await okta.change(record.id, { name: 'Cora', emails: [`cora@${account.domain}`] });
      expect(await review()).toEqual([]);
    });
  });

  describe('as members of another account', () => {
    /** Somebody who is in another account, and accepted an invitation of this one. */
    const accepted = async () => {
      const home = await seedAccount(database);
      const email = `mira@${home.domain}`;
      const { userId } = await seedMember(database, home.accountId, { name: 'Mira', email });
      await fresh();
      const record = await okta.create({ userName: email, name: 'Mira' });
      const code = `code-${record.id}`;
      await database.write(async (tx) => {
        await tx.query
          .updateTable('invitations')
          .set({ digest: digestOf(code) })
          .where('directory_user_id', '=', record.id)
          .execute();
        await acceptInvitation(tx, { code, userId, at: fixtureTime + 60_000 });
      });
      expect(await link(record.id)).toEqual({ userId, link: 'linked' });
      return { record, userId, email };
    };

    it('keep name, addresses and primary when an account that invited them says others', async () => {
      const { record, userId, email } = await accepted();
      const before = await personOf(userId);
      const trap = `trap@${account.domain}`;
      await okta.change(record.id, { userName: trap, name: 'Mallory', emails: [trap] });
      await okta.change(record.id, { name: 'Mallory', emails: [trap, email] });
      await okta.deactivate(record.id);
      await okta.activate(record.id);
      expect(await personOf(userId)).toEqual(before);
      expect(await link(record.id)).toEqual({ userId, link: 'linked' });
    });

    it('keep them too where they have an address in a verified domain of both', async () => {
      await fresh();
      const ada = await okta.create({ userName: `ada@${account.domain}`, name: 'Ada' });
      const userId = await linked(ada.id);
      const other = await seedAccount(database);
      await database.write((tx) =>
        tx.query
          .insertInto('memberships')
          .values({
            account_id: other.accountId,
            user_id: userId,
            role: 'member',
            state: 'active',
            created_at: fixtureTime,
            changed_at: fixtureTime,
            last_active_at: null,
          })
          .execute(),
      );
      const before = await personOf(userId);
      const change = { name: 'Other', emails: [`other@${account.domain}`] };
      expect((await okta.change(ada.id, change)).effects).toEqual([]);
      expect(await personOf(userId)).toEqual(before);
    });
  });

  it('get no address of the account by accepting its invitation, also in no other account', async () => {
    await fresh();
    const email = `guest-${account.accountId}@elsewhere.example`;
    const record = await okta.create({ userName: email, name: 'Guest' });
    const code = `code-${record.id}`;
    const userId = await database.write(async (tx) => {
      const guest = { name: 'Guest', address: email, provedBy: 'invitation', passphraseHash: null };
      const id = await createPerson(tx, { ...guest, at: fixtureTime });
      await tx.query
        .updateTable('invitations')
        .set({ digest: digestOf(code) })
        .where('directory_user_id', '=', record.id)
        .execute();
      await acceptInvitation(tx, { code, userId: id, at: fixtureTime + 60_000 });
      return id;
    });
    const before = await personOf(userId);
    await okta.change(record.id, { name: 'Mallory', emails: [`trap@${account.domain}`] });
    expect(await personOf(userId)).toEqual(before);
  });

  it('keep following their directory when their address left its domain for a while', async () => {
    await fresh();
    const home = `ada@${account.domain}`;
    const ada = await okta.create({ userName: 'ada', emails: [home], name: 'Ada' });
    await okta.change(ada.id, { emails: ['ada@elsewhere.example'] });
    await okta.change(ada.id, { emails: [home] });
    const { emails } = await personOf(await linked(ada.id));
    expect(emails).toMatchObject([{ address: home, is_primary: 1, ended_at: null }]);
  });

  describe('by an address that is none', () => {
    it.each([
      'v1@evil.test,v2@evil.test',
      'v1@evil.test;v2@evil.test',
      'v1@evil.test\r\nBcc: v2@evil.test',
      'a b@evil.test',
      '<v1@evil.test>',
      '"v1"@evil.test',
      'v1@v2@evil.test',
      'v1@evil\u200b.test',
      '@',
      'x@',
      '@evil.test',
    ])('are not invited, mailed or proved: %j', async (address) => {
      await fresh();
      for (const said of [{ userName: address }, { userName: 'ada', emails: [address] }]) {
        const { effects, id } = await okta.create(said);
        expect(inShort(effects)).toEqual(['user_conflict waiting: no_address']);
        await okta.delete(id);
      }
      const tables = ['invitations', 'mails'] as const;
      for (const table of tables) {
        const rows = await database.read.query
          .selectFrom(table)
          .select('id')
          .where('account_id', '=', account.accountId)
          .execute();
        expect(rows).toEqual([]);
      }
    });

    it('are not proved where it ends in a verified domain', async () => {
      await fresh();
      const record = await okta.create({
        userName: `ada@${account.domain}`,
        emails: [`ada@evil.test,ada@${account.domain}`, `ada@${account.domain}`],
      });
      const { emails } = await personOf(await linked(record.id));
      expect(emails.map(({ address }) => address)).toEqual([`ada@${account.domain}`]);
    });
  });
});
