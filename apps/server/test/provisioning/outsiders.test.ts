import type { DirectoryPerson } from '@rollcall/api';
import { beforeAll, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import { readSeats } from '../../src/domain/accounts/index.ts';
import { listReview } from '../../src/domain/decisions/index.ts';
import { listPeople, personState } from '../../src/domain/directory-users/index.ts';
import { readInvitation } from '../../src/domain/invitations/index.ts';
import { serveWaiting } from '../../src/domain/licenses/index.ts';
import { acceptInvitation } from '../../src/domain/provisioning/index.ts';
import { createUser } from '../../src/domain/users/index.ts';
import { day } from '../../src/duration.ts';
import { createJobRunner, jobs } from '../../src/jobs/index.ts';
import { describeEachEngine } from '../support/databases.ts';
import { fixtureTime, type SeededAccount, seedAccount } from '../support/fixtures.ts';
import { testSettings } from '../support/server.ts';
import { grantsOf, inShort, linkOf, seatsOf } from './grants.ts';
import { idp } from './idp.ts';

describeEachEngine('people outside the verified domains', (databases) => {
  let database: Database;
  let account: SeededAccount;
  let okta: ReturnType<typeof idp>;
  let now = fixtureTime + day;

  beforeAll(async () => {
    database = await databases.open();
  });

  const fresh = async (options: Parameters<typeof seedAccount>[1] = {}) => {
    account = await seedAccount(database, options);
    okta = idp(database, account);
  };

  const runJobs = async () => {
    const errors: unknown[] = [];
    const runner = createJobRunner({
      database,
      settings: testSettings({ PUBLIC_URL: 'https://rollcall.example.com' }),
      now: () => now,
      jobs,
      onError: (_, error) => errors.push(error),
    });
    const ran = await runner.runDue();
    expect(errors).toEqual([]);
    return ran;
  };

  const mailsTo = (recipient: string) =>
    database.read.query
      .selectFrom('mails')
      .selectAll()
      .where('recipient', '=', recipient)
      .orderBy('id')
      .execute();

  /** The code in the newest mail to an address. */
  const codeFor = async (address: string) => {
    const mail = (await mailsTo(address)).at(-1);
    const code = mail?.body_text.match(/\/invite\/(\w+)/)?.[1];
    if (code === undefined) throw new Error(`no invitation was mailed to ${address}`);
    return code;
  };

  const accept = (code: string, address: string) =>
    database.write(async (tx) => {
      const provedBy = 'invitation';
      const person = { name: 'Guest', address, provedBy, passphraseHash: null, at: now };
      const userId = await createUser(tx, person);
      await acceptInvitation(tx, { code, userId, at: now });
      return userId;
    });

  it('join with their teams once they accept what was mailed to them', async () => {
    await fresh();
    const address = `guest-${account.accountId}@elsewhere.example`;
    const guest = await okta.create({ userName: address });
    await okta.createGroup('Sales', [guest.id]);
    now += day;
    await runJobs();
    const code = await codeFor(address);
    expect(await readInvitation(database.read, code, now)).toMatchObject({ address, user: null });
    const before = await seatsOf(database.read, account.accountId);
    const userId = await accept(code, address);
    expect(await grantsOf(database.read, account.accountId, userId)).toMatchObject({
      state: 'active',
      sources: ['directory'],
      seats: 1,
    });
    expect(await seatsOf(database.read, account.accountId)).toBe(before);
    expect(await linkOf(database.read, account.directoryId, guest.id)).toEqual({
      userId,
      link: 'linked',
    });
    const members = await database.read.query
      .selectFrom('team_members')
      .select('user_id')
      .where('account_id', '=', account.accountId)
      .execute();
    expect(members).toEqual([{ user_id: userId }]);
    expect(inShort((await okta.deactivate(guest.id)).effects)).toEqual(['access_ended']);
    expect(await grantsOf(database.read, account.accountId, userId)).toMatchObject({
      state: 'deactivated',
      seats: 0,
    });
  });

  it('accept an invitation once', async () => {
    await fresh();
    const address = `once-${account.accountId}@elsewhere.example`;
    await okta.create({ userName: address });
    now += day;
    await runJobs();
    const code = await codeFor(address);
    await accept(code, address);
    await expect(readInvitation(database.read, code, now)).rejects.toMatchObject({
      code: 'invitation_invalid',
    });
  });

  it('cannot accept what the IdP withdrew', async () => {
    await fresh();
    const address = `withdrawn-${account.accountId}@elsewhere.example`;
    const guest = await okta.create({ userName: address });
    now += day;
    await runJobs();
    const code = await codeFor(address);
    await okta.deactivate(guest.id);
    await expect(accept(code, address)).rejects.toMatchObject({ code: 'invitation_invalid' });
  });

  it('get a new invitation in place of one that ran out, while the IdP says active', async () => {
    await fresh();
    const address = `late-${account.accountId}@elsewhere.example`;
    const guest = await okta.create({ userName: address });
    now += day;
    await runJobs();
    const first = await codeFor(address);
    now += 30 * day;
    await runJobs();
    now += day;
    await runJobs();
    const second = await codeFor(address);
    expect(second).not.toBe(first);
    await expect(accept(first, address)).rejects.toMatchObject({ code: 'invitation_invalid' });
    await okta.deactivate(guest.id);
    expect(await seatsOf(database.read, account.accountId)).toBe(1);
  });

  it('beyond the limit of a day wait, without a seat, and are invited on a later day', async () => {
    await fresh();
    await database.write((tx) =>
      tx.query
        .updateTable('directories')
        .set({ policies: JSON.stringify({ outsidersPerDay: 2 }) })
        .where('id', '=', account.directoryId)
        .execute(),
    );
    const guests = await Promise.all(
      ['a', 'b', 'c'].map((name) =>
        okta.create({ userName: `${name}-${account.accountId}@elsewhere.example` }),
      ),
    );
    expect(guests.flatMap(({ effects }) => inShort(effects)).sort()).toEqual([
      'invited waiting: acceptance',
      'invited waiting: acceptance',
      'invited waiting: daily_limit',
    ]);
    expect(await seatsOf(database.read, account.accountId)).toBe(3);
    now = Math.max(now, okta.cause().at) + 2 * day;
    await runJobs();
    expect(await seatsOf(database.read, account.accountId)).toBe(4);
  });

  it('are not let out beyond the limit of a day when many seats come at once', async () => {
    await fresh({ seats: 1 });
    await database.write((tx) =>
      tx.query
        .updateTable('directories')
        .set({ policies: JSON.stringify({ outsidersPerDay: 2 }) })
        .where('id', '=', account.directoryId)
        .execute(),
    );
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      const userName = `${name}-${account.accountId}@elsewhere.example`;
      const { effects } = await okta.create({ userName });
      expect(inShort(effects)).toEqual(['invited waiting: no_seat']);
    }
    const ada = await okta.create({ userName: `ada@${account.domain}` });
    await database.write((tx) =>
      tx.query
        .updateTable('licenses')
        .set({ quantity: 50 })
        .where('account_id', '=', account.accountId)
        .execute(),
    );
    const at = okta.cause().at;
    const serve = (time: number) =>
      database.write((tx) => serveWaiting(tx, account.accountId, time));
    await Promise.all([serve(at), serve(at), serve(at)]);
    const open = async () => {
      const rows = await database.read.query
        .selectFrom('effects')
        .select('reason')
        .where('account_id', '=', account.accountId)
        .where('settled_at', 'is', null)
        .orderBy('id')
        .execute();
      return rows.map(({ reason }) => reason);
    };
    expect(await open()).toEqual([
      'acceptance',
      'acceptance',
      'daily_limit',
      'daily_limit',
      'daily_limit',
    ]);
    const { userId } = await linkOf(database.read, account.directoryId, ada.id);
    expect(await grantsOf(database.read, account.accountId, userId ?? '')).toMatchObject({
      state: 'active',
    });
    now = Math.max(now, at) + 2 * day;
    await runJobs();
    expect((await open()).filter((reason) => reason === 'acceptance')).toHaveLength(4);
  });

  it('become users when the IdP gives them an address that a verified domain proves', async () => {
    await fresh();
    const guest = await okta.create({ userName: `in-${account.accountId}@elsewhere.example` });
    const change = await okta.change(guest.id, { emails: [`in@${account.domain}`] });
    expect(inShort(change.effects)).toEqual([
      'invitation_revoked',
      'user_created',
      'access_granted',
    ]);
    expect(await linkOf(database.read, account.directoryId, guest.id)).toMatchObject({
      link: 'linked',
    });
    expect(await seatsOf(database.read, account.accountId)).toBe(2);
  });

  it('do not make owners wait in silence: people without a seat are mailed of once a day', async () => {
    await fresh({ seats: 1, ownerEmail: `waiting@${databases.engine}.example` });
    await okta.create({ userName: `ada@${account.domain}` });
    now += 2 * day;
    await runJobs();
    now += 10 * 60_000;
    await runJobs();
    const mails = await mailsTo(account.ownerEmail);
    expect(mails.map(({ subject }) => subject)).toEqual([
      `1 person waits for a seat in ${account.accountName}`,
    ]);
  });

  it('and people within wait for a seat in one number: in the list, in the review and in the account', async () => {
    await fresh({ seats: 2 });
    await okta.create({ userName: `ada@${account.domain}` });
    const bob = await okta.create({ userName: `bob@${account.domain}` });
    const guest = await okta.create({ userName: `guest-${account.accountId}@elsewhere.example` });
    const listed = async (state: DirectoryPerson['state']) => {
      const { people } = await listPeople(database.read, { ...account, state }, { limit: 10 });
      expect(people.every((record) => personState(record) === state)).toBe(true);
      return people.map(({ id }) => id);
    };
    const waiting = async () => {
      const { items } = await listReview(database.read, { ...account, limit: 10 });
      const { waiting: counted } = await readSeats(database.read, account.accountId);
      expect(counted).toBe(items.filter(({ kind }) => kind === 'waiting_for_seat').length);
      const ids = await listed('waiting_for_seat');
      expect(ids).toHaveLength(counted);
      return ids;
    };
    expect(await waiting()).toEqual([guest.id, bob.id]);
    expect(await listed('invited')).toEqual([]);
    await okta.deactivate(bob.id);
    expect(await waiting()).toEqual([guest.id]);
    await database.write(({ query }) =>
      query
        .updateTable('licenses')
        .set({ quantity: 5 })
        .where('account_id', '=', account.accountId)
        .execute(),
    );
    const { at } = okta.cause();
    await database.write((tx) => serveWaiting(tx, account.accountId, at));
    expect(await waiting()).toEqual([]);
    expect(await listed('invited')).toEqual([guest.id]);
  });
});
