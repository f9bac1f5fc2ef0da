import { beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import { countReview, decide } from '../../src/domain/decisions/index.ts';
import { readTimeline } from '../../src/domain/provisioning/index.ts';
import { grantsOf, inShort, linkOf } from '../provisioning/grants.ts';
import { idp } from '../provisioning/idp.ts';
import { describeEachEngine } from '../support/databases.ts';
import {
  type SeededAccount,
  type SeedOptions,
  seedAccount,
  seedMember,
} from '../support/fixtures.ts';
import { office } from './office.ts';

describeEachEngine('what waits for an owner', (databases) => {
  let database: Database;
  let account: SeededAccount;
  let okta: ReturnType<typeof idp>;
  let desk: ReturnType<typeof office>;

  beforeAll(async () => {
    database = await databases.open();
  });

  async function fresh(options: SeedOptions = {}) {
    account = await seedAccount(database, options);
    okta = idp(database, account);
    desk = office(database, account);
  }

  const only = async () => {
    const items = await desk.review();
    expect(items).toHaveLength(1);
    const [item] = items;
    if (item === undefined) throw new Error('nothing waits');
    return item;
  };

  const coOwner = (name: string) =>
    seedMember(database, account.accountId, {
      name,
      email: `${name.toLowerCase()}@${account.domain}`,
      role: 'co_owner',
    });

  describe('a record of a co-owner', () => {
    it('is linked: the directory becomes a reason, name and addresses still wait', async () => {
      await fresh();
      const cora = await coOwner('Cora');
      const record = await okta.create({ userName: cora.email, name: 'Cora by Okta' });
      const item = await only();
      expect(item).toMatchObject({
        kind: 'owner_conflict',
        said: { kind: 'person', id: record.id, name: 'Cora by Okta' },
        here: [{ id: cora.userId, name: 'Cora', facts: [cora.email, 'Co-owner.'] }],
        decisions: ['link', 'refuse'],
      });
      await desk.decide([item.effectId], 'link');
      expect(await linkOf(database.read, account.directoryId, record.id)).toEqual({
        userId: cora.userId,
        link: 'linked',
      });
      expect(await grantsOf(database.read, account.accountId, cora.userId)).toMatchObject({
        role: 'co_owner',
        state: 'active',
        sources: ['directory', 'manual'],
        seats: 1,
      });
      const asked = await only();
      expect(asked).toMatchObject({ kind: 'profile_kept', decisions: ['adopt', 'ignore'] });
      await desk.decide([asked.effectId], 'adopt');
      const [person] = await database.read.query
        .selectFrom('users')
        .select('name')
        .where('id', '=', cora.userId)
        .execute();
      expect(person?.name).toBe('Cora by Okta');
      expect(await desk.review()).toEqual([]);
      expect(await desk.audited()).toEqual(['directory_user.linked', 'user.profile_adopted']);
    });

    it('is left out: an equal PUT asks nothing, other addresses ask anew', async () => {
      await fresh();
      const cora = await coOwner('Cora');
      const record = await okta.create({ userName: cora.email, name: 'Cora' });
      await desk.decide([(await only()).effectId], 'refuse');
      expect((await okta.change(record.id, {})).effects).toEqual([]);
      expect((await okta.change(record.id, { name: 'Cora Again' })).effects).toEqual([]);
      expect(await desk.review()).toEqual([]);
      const emails = [`new@${account.domain}`];
      expect(inShort((await okta.change(record.id, { emails })).effects)).toContain('user_created');
    });

    it('whose profile is to be taken over, by a co-owner: refused', async () => {
      await fresh();
      const cora = await coOwner('Cora');
      await okta.create({ userName: cora.email, name: 'Other' });
      await desk.decide([(await only()).effectId], 'link');
      const { effectId } = await only();
      const adopting = database.write((tx) =>
        decide(tx, {
          ...desk.act(),
          actorRole: 'co_owner',
          effectIds: [effectId],
          decision: 'adopt',
        }),
      );
      await expect(adopting).rejects.toMatchObject({ code: 'forbidden' });
      await desk.decide([effectId], 'ignore');
      expect(await desk.review()).toEqual([]);
    });
  });

  it('with addresses of two people: is the one that is chosen, and nobody else', async () => {
    await fresh();
    const [one, two] = await Promise.all(
      ['one', 'two'].map((name) =>
        seedMember(database, account.accountId, { name, email: `${name}@${account.domain}` }),
      ),
    );
    const record = await okta.create({
      userName: 'both',
      name: 'Both',
      emails: [one?.email ?? '', two?.email ?? ''],
    });
    const item = await only();
    expect(item.here.map(({ name }) => name).sort()).toEqual(['one', 'two']);
    await expect(desk.decide([item.effectId], 'link')).rejects.toMatchObject({ code: 'conflict' });
    await expect(desk.decide([item.effectId], 'link', account.ownerId)).rejects.toMatchObject({
      code: 'conflict',
    });
    await desk.decide([item.effectId], 'link', two?.userId);
    expect(await linkOf(database.read, account.directoryId, record.id)).toMatchObject({
      userId: two?.userId,
      link: 'linked',
    });
  });

  it('a team of the same name: is linked, or kept apart and not asked again', async () => {
    await fresh();
    await desk.team('Sales', [account.ownerId]);
    const ada = await okta.create({ userName: `ada@${account.domain}`, name: 'Ada' });
    const first = await okta.createGroup('Sales', [ada.id]);
    const item = await only();
    expect(item).toMatchObject({
      kind: 'team_conflict',
      said: {
        kind: 'group',
        id: first.id,
        name: 'Sales',
        facts: ['1 member.', expect.any(String)],
      },
      here: [{ name: 'Sales', facts: ['1 member.', 'Linked to no organization.'] }],
      decisions: ['link', 'separate'],
    });
    await desk.decide([item.effectId], 'separate');
    expect((await okta.addMembers(first.id, [ada.id])).effects).toEqual([]);
    expect(await desk.review()).toEqual([]);

    await fresh();
    const team = await desk.team('Sales', [account.ownerId]);
    const bob = await okta.create({ userName: `bob@${account.domain}`, name: 'Bob' });
    await okta.createGroup('Sales', [bob.id]);
    await desk.decide([(await only()).effectId], 'link');
    expect(await desk.membersOf(team)).toEqual(['Bob: directory', 'Olivia Owner: manual']);
    expect(await desk.review()).toEqual([]);
  });

  describe('outsiders beyond the number of a day', () => {
    const guest = (name: string) => okta.create({ userName: `${name}@elsewhere.example`, name });
    async function none() {
      await fresh({ seats: 2 });
      await database.write((tx) =>
        tx.query
          .updateTable('directories')
          .set({ policies: '{"outsidersPerDay":0}' })
          .where('id', '=', account.directoryId)
          .execute(),
      );
    }

    it('are invited on an owner’s word while a seat is free', async () => {
      await none();
      await guest('gast');
      await guest('zweiter');
      const items = await desk.review();
      expect(items.map(({ kind }) => kind)).toEqual(['invitation_limit', 'invitation_limit']);
      const [first, second] = items.map(({ effectId }) => effectId);
      await desk.decide([first ?? ''], 'invite');
      expect((await desk.review()).map(({ kind }) => kind)).toEqual([
        'invitation',
        'invitation_limit',
      ]);
      await expect(desk.decide([second ?? ''], 'invite')).rejects.toMatchObject({
        code: 'seats_exhausted',
        message: expect.stringContaining('1 of 2 in use, 1 reserved by invitations'),
      });
    });

    it('are refused together, and stay so through an equal PUT', async () => {
      await none();
      const records = [await guest('gast'), await guest('zweiter')];
      const ids = (await desk.review()).map(({ effectId }) => effectId);
      await desk.decide(ids, 'refuse');
      expect(await desk.review()).toEqual([]);
      for (const { id } of records) {
        expect((await okta.change(id, {})).effects).toEqual([]);
        expect((await linkOf(database.read, account.directoryId, id)).link).toBe('removed');
      }
      const { id } = records[0] ?? { id: '' };
      await okta.deactivate(id);
      expect(inShort((await okta.activate(id)).effects)).toEqual(['invited waiting: daily_limit']);
    });
  });

  it('somebody who stays by hand: is kept, or removed with seat and sessions', async () => {
    for (const decision of ['keep', 'remove'] as const) {
      await fresh();
      const email = `mara@${account.domain}`;
      const { userId } = await seedMember(database, account.accountId, { name: 'Mara', email });
      const record = await okta.create({ userName: email, name: 'Mara' });
      await okta.deactivate(record.id);
      const item = await only();
      expect(item).toMatchObject({ kind: 'access_kept', decisions: ['keep', 'remove'] });
      await desk.decide([item.effectId], decision);
      const { state } = await grantsOf(database.read, account.accountId, userId);
      expect(state).toBe(decision === 'keep' ? 'active' : 'removed');
      expect(await desk.review()).toEqual([]);
      const timeline = await readTimeline(database.read, { accountId: account.accountId, userId });
      expect(timeline.map(({ sentence }) => sentence).join('\n')).toContain(
        decision === 'keep' ? 'who stays by hand' : 'who was then removed here',
      );
    }
  });

  it('is decided once, also by two at the same instant', async () => {
    await fresh();
    const cora = await coOwner('Cora');
    await okta.create({ userName: cora.email, name: 'Cora' });
    const { effectId } = await only();
    const outcomes = await Promise.allSettled([
      desk.decide([effectId], 'link'),
      desk.decide([effectId], 'refuse'),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(desk.decide([effectId], 'link')).rejects.toMatchObject({ code: 'conflict' });
  });

  it('is nobody else’s: another account’s effect is not found', async () => {
    await fresh();
    const cora = await coOwner('Cora');
    await okta.create({ userName: cora.email, name: 'Cora' });
    const { effectId } = await only();
    await fresh();
    await expect(desk.decide([effectId], 'link')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is counted apart from what waits for a seat or an answer', async () => {
    await fresh({ seats: 2 });
    const { accountId, directoryId } = account;
    await okta.create({ userName: `nobody`, name: 'Nobody' });
    await okta.create({ userName: `ada@${account.domain}`, name: 'Ada' });
    await okta.create({ userName: `bob@${account.domain}`, name: 'Bob' });
    expect(await countReview(database.read, { accountId, directoryId })).toEqual({
      decision: 1,
      other: 1,
    });
  });

  it('ends when SCIM is turned off, and is asked again after it is on', async () => {
    await fresh();
    const cora = await coOwner('Cora');
    const record = await okta.create({ userName: cora.email, name: 'Cora' });

    await desk.turnOff('keep');
    expect(await desk.review()).toEqual([]);
    await okta.change(record.id, {});
    expect((await only()).kind).toBe('owner_conflict');
  });
});
