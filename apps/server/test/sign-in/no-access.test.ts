import type { NoAccessReason } from '@rollcall/api';
import type { FastifyInstance } from 'fastify';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import { createAccount } from '../../src/domain/accounts/index.ts';
import { inviteByHand, withdrawInvitation } from '../../src/domain/invitations/index.ts';
import { setMembershipState } from '../../src/domain/memberships/index.ts';
import { openSession } from '../../src/domain/sessions/index.ts';
import { createUser, hashPassphrase } from '../../src/domain/users/index.ts';
import { TestBrowser } from '../support/browser.ts';
import { describeEachEngine } from '../support/databases.ts';
import { passphrase, type SeededAccount, seedAccount, seedMember } from '../support/fixtures.ts';
import { TestClock, testApp } from '../support/server.ts';

const operator = { kind: 'operator' } as const;

describeEachEngine('Whoever sees nothing', (databases) => {
  let database: Database;
  let app: FastifyInstance;
  let account: SeededAccount;
  let hash: string;
  let address = 0;
  const clock = new TestClock();

  beforeAll(async () => {
    database = await databases.open();
    app = testApp(database, { now: clock.now });
    hash = await hashPassphrase(passphrase);
  });

  beforeEach(async () => {
    account = await seedAccount(database, { at: clock.time });
    address += 1;
  });

  const signedIn = async (email: string) => {
    const browser = new TestBrowser(app, { address: `10.1.0.${address}` });
    expect((await browser.signIn(email)).status).toBe(200);
    return browser;
  };

  const reasonsOf = async (browser: TestBrowser): Promise<NoAccessReason[]> =>
    (await browser.get('/session/no-access')).body.reasons;

  const person = (email: string, provedBy: string | null = 'sign_up') =>
    database.write((tx) => {
      const who = { name: 'Una Sample', address: email, provedBy, passphraseHash: hash };
      return createUser(tx, { ...who, at: clock.time });
    });

  const because = (reason: string, facts: Partial<NoAccessReason> = {}) => ({
    reason,
    account: account.accountName,
    domain: null,
    location: null,
    ...facts,
  });

  it.each(['deactivated', 'removed', 'waiting'] as const)(
    'reads that they are %s, by the account alone that it is about',
    async (state) => {
      await seedAccount(database);
      const { userId, email } = await seedMember(database, account.accountId);
      const { accountId } = account;
      await database.write((tx) =>
        setMembershipState(tx, { accountId, userId, state, at: clock.time }),
      );
      expect(await reasonsOf(await signedIn(email))).toEqual([because(state)]);
    },
  );

  it('reads that the plan has lapsed while they wait', async () => {
    const { userId, email } = await seedMember(database, account.accountId);
    const { accountId } = account;
    await database.write(async (tx) => {
      await setMembershipState(tx, { accountId, userId, state: 'waiting', at: clock.time });
      const lapsed = tx.query.updateTable('accounts').set({ plan_until: clock.time });
      await lapsed.where('id', '=', accountId).execute();
    });
    expect(await reasonsOf(await signedIn(email))).toEqual([because('plan_lapsed')]);
  });

  it('reads that their account takes its IdP’s word alone, and where that begins', async () => {
    const email = `sso@${account.domain}`;
    await seedMember(database, account.accountId, { email });
    const browser = await signedIn(email);
    const { id } = await database.read.query
      .selectFrom('sso_connections')
      .select('id')
      .where('account_id', '=', account.accountId)
      .executeTakeFirstOrThrow();
    await database.write((tx) =>
      tx.query
        .updateTable('sso_connections')
        .set({ state: 'enforced', settings: '{"some":1}' })
        .where('id', '=', id)
        .execute(),
    );
    expect((await browser.get('/session')).body.accounts).toEqual([]);
    const location = `/sso/start/${id}`;
    expect(await reasonsOf(browser)).toEqual([because('sso_required', { location })]);
  });

  it('reads of no account but its own where an IdP alone says who they are', async () => {
    const [other, third] = [await seedAccount(database), await seedAccount(database)];
    const { accountId, ownerId: userId } = account;
    await database.write(async (tx) => {
      for (const [id, state] of [
        [accountId, 'removed'],
        [other.accountId, 'deactivated'],
      ] as const) {
        await setMembershipState(tx, { accountId: id, userId, state, at: clock.time });
      }
      const invitation = { actor: operator, address: account.ownerEmail, at: clock.time };
      const place = { accountId: third.accountId, organization: null, teamId: null };
      await inviteByHand(tx, { ...invitation, ...place });
    });
    const sso = async (vouching: string) => {
      const { secret } = await database.write((tx) =>
        openSession(tx, {
          userId,
          authentication: { method: 'saml', connectionId: 'theirs', accountId: vouching },
          address: '192.0.2.8',
          userAgent: '',
          at: clock.time,
        }),
      );
      const browser = new TestBrowser(app);
      browser.cookie = `rollcall=${secret}`;
      return reasonsOf(browser);
    };
    const deactivated = because('deactivated', { account: other.accountName });
    expect(await sso(other.accountId)).toEqual([deactivated]);
    expect(await sso('another')).toEqual([because('other_sign_in', { account: null })]);
    // However many accounts have closed later, of which this session must not hear.
    const later = { ownerId: userId, actor: operator, at: clock.time + 1 };
    const more = await database.write(async (tx) => {
      const ids: string[] = [];
      for (let n = 0; n < 20; n += 1) ids.push(await createAccount(tx, { name: `${n}`, ...later }));
      return ids;
    });
    expect(await sso(other.accountId)).toEqual([deactivated]);
    await database.write(async (tx) => {
      for (const id of more)
        await tx.query.deleteFrom('memberships').where('account_id', '=', id).execute();
    });
    const all = await reasonsOf(await signedIn(account.ownerEmail));
    expect(all.map(({ reason }) => reason).sort()).toEqual(['deactivated', 'invited', 'removed']);
  });

  it('reads that an invitation waits, at an address that they proved and at no other', async () => {
    const invited = `invited${address}@example.com`;
    const owned = `owned${address}@example.com`;
    const invite = (to: string) =>
      database.write((tx) =>
        inviteByHand(tx, {
          accountId: account.accountId,
          actor: operator,
          address: to,
          organization: null,
          teamId: null,
          at: clock.time,
        }),
      );
    await person(invited);
    const stranger = await person(owned);
    await database.write((tx) =>
      tx.query
        .insertInto('user_emails')
        .values({
          user_id: stranger,
          address_folded: `claimed${address}@example.com`,
          address: `claimed${address}@example.com`,
          is_primary: 0,
          proved_at: null,
          proved_by: null,
          created_at: clock.time,
          ended_at: null,
        })
        .execute(),
    );
    await invite(invited);
    await invite(`claimed${address}@example.com`);
    expect(await reasonsOf(await signedIn(invited))).toEqual([because('invited')]);
    const nobody = because('not_a_member', { account: null });
    expect(await reasonsOf(await signedIn(owned))).toEqual([nobody]);
  });

  it('has to be signed in to read anything', async () => {
    const answer = await new TestBrowser(app).get('/session/no-access');
    expect(answer.body).toMatchObject({ status: 401, code: 'unauthenticated' });
  });

  describe('because their domain is locked', () => {
    const domainPath = async (seeded: SeededAccount) => {
      const { body } = await (await signedIn(seeded.ownerEmail)).get(
        `/accounts/${seeded.accountId}/domains`,
      );
      return `/accounts/${seeded.accountId}/domains/${body.items[0].id}`;
    };

    const lock = async (on: boolean) => {
      const owner = await signedIn(account.ownerEmail);
      const path = await domainPath(account);
      return (await owner.send('PATCH', path, { lock: on })).body;
    };

    /** Somebody who signed up on their own: the owner of an account without a plan. */
    const loner = async (email: string) => {
      const userId = await person(email);
      const accountId = await database.write((tx) =>
        createAccount(tx, {
          name: 'Una’s account',
          ownerId: userId,
          actor: operator,
          at: clock.time,
        }),
      );
      return { userId, accountId, browser: await signedIn(email) };
    };

    const homeOf = async (browser: TestBrowser, accountId: string) =>
      (await browser.get(`/accounts/${accountId}/home`)).status;

    it('is out at the next request, sees why, and is back when the lock goes', async () => {
      const { accountId, browser } = await loner(`una@${account.domain}`);
      expect(await homeOf(browser, accountId)).toBe(200);
      const { keptOut, lock: locked } = await lock(true);
      expect({ keptOut, locked }).toEqual({ keptOut: { value: 1, more: false }, locked: true });
      expect(await homeOf(browser, accountId)).toBe(404);
      expect((await browser.get('/session')).body.accounts).toEqual([]);
      const reason = because('domain_locked', { account: null, domain: account.domain });
      expect(await reasonsOf(browser)).toEqual([reason]);
      await lock(false);
      expect(await homeOf(browser, accountId)).toBe(200);
    });

    it('is counted before, and in the audit log after', async () => {
      await loner(`una@${account.domain}`);
      await seedMember(database, (await seedAccount(database)).accountId, {
        email: `elsewhere@${account.domain}`,
      });
      const owner = await signedIn(account.ownerEmail);
      const path = await domainPath(account);
      expect((await owner.get(path)).body.keptOut).toEqual({ value: 1, more: false });
      await lock(true);
      const events = await database.read.query
        .selectFrom('audit_events')
        .select(['action', 'after'])
        .where('account_id', '=', account.accountId)
        .orderBy('id', 'desc')
        .execute();
      expect(events[0]?.action).toBe('domain.policy_changed');
      expect(JSON.parse(events[0]?.after ?? '')).toEqual({
        capture: false,
        lock: true,
        keptOut: 1,
      });
    });

    it('is not kept out while invited, and is again once that is withdrawn', async () => {
      const email = `una@${account.domain}`;
      const { accountId, browser } = await loner(email);
      const change = { accountId: account.accountId, actor: operator, at: clock.time };
      const invitationId = await database.write((tx) =>
        inviteByHand(tx, { ...change, address: email, organization: null, teamId: null }),
      );
      await lock(true);
      expect(await homeOf(browser, accountId)).toBe(200);
      await database.write((tx) => withdrawInvitation(tx, { ...change, invitationId }));
      expect(await homeOf(browser, accountId)).toBe(404);
    });

    it.each(['active', 'waiting'] as const)(
      'keeps their own account while %s in the domain’s, and not once turned off there',
      async (state) => {
        const { userId, accountId, browser } = await loner(`una@${account.domain}`);
        const member = { accountId: account.accountId, userId, at: clock.time };
        await database.write((tx) => setMembershipState(tx, { ...member, state }));
        await lock(true);
        expect(await homeOf(browser, accountId)).toBe(200);
        await database.write((tx) => setMembershipState(tx, { ...member, state: 'deactivated' }));
        expect(await homeOf(browser, accountId)).toBe(404);
      },
    );

    it('keeps what another company gave: its members, and an account with a plan', async () => {
      const other = await seedAccount(database);
      const email = `elsewhere@${account.domain}`;
      const { userId } = await seedMember(database, other.accountId, { email });
      const paying = await seedAccount(database, { ownerEmail: `payer@${account.domain}` });
      await lock(true);
      const browser = await signedIn(email);
      expect(await homeOf(browser, other.accountId)).toBe(200);
      const payer = await signedIn(paying.ownerEmail);
      expect(await homeOf(payer, paying.accountId)).toBe(200);
      expect(userId).not.toBe(paying.ownerId);
    });

    it('is let in where the lock’s domain has lapsed, or is proved by nobody', async () => {
      const { accountId, browser } = await loner(`una@${account.domain}`);
      await lock(true);
      const setState = (state: 'lapsed' | 'lapsing') =>
        database.write((tx) =>
          tx.query
            .updateTable('domains')
            .set({ state })
            .where('account_id', '=', account.accountId)
            .execute(),
        );
      await setState('lapsing');
      expect(await homeOf(browser, accountId)).toBe(404);
      await setState('lapsed');
      expect(await homeOf(browser, accountId)).toBe(200);
    });

    it('is not kept out by an address that they did not prove', async () => {
      const userId = await person(`mine${address}@example.com`);
      const accountId = await database.write((tx) =>
        createAccount(tx, { name: 'Mine', ownerId: userId, actor: operator, at: clock.time }),
      );
      await database.write((tx) =>
        tx.query
          .insertInto('user_emails')
          .values({
            user_id: userId,
            address_folded: `claimed@${account.domain}`,
            address: `claimed@${account.domain}`,
            is_primary: 0,
            proved_at: null,
            proved_by: null,
            created_at: clock.time,
            ended_at: null,
            own_domain: account.domain,
          })
          .execute(),
      );
      await lock(true);
      const browser = await signedIn(`mine${address}@example.com`);
      expect(await homeOf(browser, accountId)).toBe(200);
    });
  });
});
