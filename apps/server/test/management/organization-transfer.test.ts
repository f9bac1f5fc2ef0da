import type { FastifyInstance } from 'fastify';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import { readSeats } from '../../src/domain/accounts/index.ts';
import { claimSeats } from '../../src/domain/licenses/index.ts';
import { addSource, setMembershipState } from '../../src/domain/memberships/index.ts';
import { TestBrowser } from '../support/browser.ts';
import { describeEachEngine } from '../support/databases.ts';
import {
  type SeededAccount,
  type SeedOptions,
  seedAccount,
  seedMember,
} from '../support/fixtures.ts';
import { TestClock, testApp } from '../support/server.ts';

describeEachEngine('An organization that goes to a new owner', (databases) => {
  let database: Database;
  let app: FastifyInstance;
  let ours: SeededAccount;
  let theirs: SeededAccount;
  let giver: TestBrowser;
  let taker: TestBrowser;
  let organizationId: string;
  let ada: { userId: string; email: string };
  const clock = new TestClock();

  beforeAll(async () => {
    database = await databases.open();
    app = testApp(database, { now: clock.now });
  });

  const signedIn = async (email: string) => {
    const browser = new TestBrowser(app);
    expect((await browser.signIn(email)).status).toBe(200);
    return browser;
  };

  const addByHand = (accountId: string, userId: string) =>
    database.write(async (tx) => {
      await setMembershipState(tx, { accountId, userId, state: 'active', at: clock.time });
      await addSource(tx, { accountId, userId, kind: 'manual', sourceId: '', at: clock.time });
      await claimSeats(tx, accountId, [{ kind: 'user', id: userId }], clock.time);
    });

  /** The owner of `theirs` is a member of `ours`, and a collaborator there beside Ada. */
  const seed = async (options: SeedOptions = {}) => {
    ours = await seedAccount(database, { at: clock.time });
    theirs = await seedAccount(database, { at: clock.time, ...options });
    const { accountId } = ours;
    await addByHand(accountId, theirs.ownerId);
    ada = await seedMember(database, accountId, { name: 'Ada Example', at: clock.time });
    giver = await signedIn(ours.ownerEmail);
    taker = await signedIn(theirs.ownerEmail);
    const made = await giver.post(`/accounts/${accountId}/organizations`, { name: 'Cargo' });
    organizationId = made.body.id;
    for (const [email, role] of [
      [theirs.ownerEmail, 'member'],
      [ada.email, 'admin'],
    ]) {
      await giver.post(`${here()}/collaborators`, { email, role });
    }
  };

  const here = () => `/accounts/${ours.accountId}/organizations/${organizationId}`;
  const offers = () => `/accounts/${theirs.accountId}/organization-offers`;
  const offer = () => giver.post(`${here()}/transfer`, { email: theirs.ownerEmail });

  const accept = () => taker.post(`${offers()}/${organizationId}`);
  const there = () => `/accounts/${theirs.accountId}/organizations/${organizationId}`;
  const planOf = async () =>
    (await giver.get(`${here()}/transfer?email=${theirs.ownerEmail}`)).body.conditions[1].state;
  const eventsOf = async (account: SeededAccount, browser: TestBrowser, action: string) =>
    (await browser.get(`/accounts/${account.accountId}/audit-events?action=${action}`)).body.items;
  const namesOf = async (browser: TestBrowser, path: string) =>
    (await browser.get(`${path}/collaborators`)).body.items.map(
      ({ name }: { name: string }) => name,
    );
  const personThere = (userId: string) =>
    taker.get(`/accounts/${theirs.accountId}/licenses/users/${userId}`);

  /** Speaks as the IdP of an account. */
  const asIdp = async (
    account: SeededAccount,
    method: 'POST' | 'PATCH',
    path: string,
    body: object,
  ) => {
    const answer = await app.inject({
      method,
      url: `/scim/${account.directoryId}/v2${path}`,
      headers: {
        authorization: `Bearer ${account.token}`,
        'content-type': 'application/scim+json',
      },
      payload: JSON.stringify(body),
    });
    expect(answer.statusCode).toBeLessThan(300);
    return answer.json();
  };

  /** Pat, whom the IdP of an account brought there. */
  const bringPat = async (account: SeededAccount) => {
    const email = `pat@${account.domain}`;
    const { id } = await asIdp(account, 'POST', '/Users', {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      userName: email,
      displayName: 'Pat Example',
      emails: [{ value: email, primary: true }],
      active: true,
    });
    const { user_id: userId } = await database.read.query
      .selectFrom('directory_users')
      .select('user_id')
      .where('directory_id', '=', account.directoryId)
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    return { recordId: String(id), userId: userId ?? '', email };
  };

  const setActive = (account: SeededAccount, recordId: string, active: boolean) =>
    asIdp(account, 'PATCH', `/Users/${recordId}`, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'replace', path: 'active', value: active }],
    });

  const setSeats = ({ accountId }: SeededAccount, quantity: number) =>
    database.write((tx) =>
      tx.query
        .updateTable('licenses')
        .set({ quantity })
        .where('account_id', '=', accountId)
        .execute(),
    );

  beforeEach(() => seed());

  it('is offered, accepted by them, and moves with its collaborators, each with a seat', async () => {
    const preview = await giver.get(`${here()}/transfer?email=${theirs.ownerEmail}`);
    expect(preview.body.conditions.map(({ met }: { met: boolean }) => met)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect((await offer()).status).toBe(204);
    expect((await giver.get(here())).body.offeredTo).toMatchObject({ name: 'Olivia Owner' });
    expect((await taker.get(offers())).body.items).toMatchObject([
      { organizationId, name: 'Cargo', collaborators: 2 },
    ]);
    expect((await taker.post(`${offers()}/${organizationId}`)).status).toBe(204);
    expect((await giver.get(here())).status).toBe(404);
    expect((await taker.get(there())).body).toMatchObject({ name: 'Cargo', collaborators: 2 });
    const { body } = await personThere(ada.userId);
    expect(body).toMatchObject({ state: 'active', seat: true });
    expect(await eventsOf(theirs, taker, 'user.came_along')).toMatchObject([
      {
        sentence: 'Olivia Owner let Ada Example in, who came along with an organization',
        subject: { kind: 'user', id: ada.userId },
        after: { state: 'active', organization: 'Cargo' },
      },
    ]);
    expect((await taker.post(`${offers()}/${organizationId}`)).status).toBe(404);
  });

  it('is not offered while an invitation is open, SSO is enforced, or they are no collaborator', async () => {
    const { accountId } = ours;
    await database.write(async (tx) => {
      await tx.query
        .insertInto('invitations')
        .values({
          account_id: accountId,
          id: organizationId,
          digest: null,
          address: 'new@example.com',
          address_folded: 'new@example.com',
          role: 'member',
          state: 'pending',
          directory_id: null,
          directory_user_id: null,
          invited_by: null,
          created_at: 0,
          sent_at: null,
          expires_at: clock.time * 2,
          accepted_at: null,
          accepted_by: null,
          organization_id: organizationId,
          organization_role: 'member',
        })
        .execute();
      await tx.query
        .updateTable('sso_connections')
        .set({ state: 'enforced' })
        .where('account_id', '=', accountId)
        .execute();
    });
    expect((await offer()).body).toMatchObject({
      status: 409,
      code: 'transfer_conditions_unmet',
      unmet: ['invitations', 'sso'],
    });
    const stranger = await giver.post(`${here()}/transfer`, { email: 'nobody@example.com' });
    expect(stranger.body.unmet).toEqual(['member', 'plan', 'invitations', 'sso']);
  });

  it('is not offered to an account on a lower plan or without seats for everybody', async () => {
    await seed({ plan: 'essentials' });
    expect((await offer()).body.unmet).toEqual(['plan']);
    await seed({ seats: 1 });
    const { body } = await offer();
    expect(body).toMatchObject({ unmet: ['plan'], detail: expect.stringContaining('1 needed') });
  });

  it('is checked again when it is accepted, and then nothing has moved', async () => {
    await offer();
    await database.write((tx) =>
      tx.query
        .updateTable('accounts')
        .set({ plan: 'essentials' })
        .where('id', '=', theirs.accountId)
        .execute(),
    );
    expect((await taker.post(`${offers()}/${organizationId}`)).body.unmet).toEqual(['plan']);
    expect((await giver.get(here())).status).toBe(200);
  });

  it('is withdrawn by its owner, or declined, and stays', async () => {
    await offer();
    expect((await giver.send('DELETE', `${here()}/transfer`)).status).toBe(204);
    expect((await taker.get(offers())).body.items).toEqual([]);
    await offer();
    expect((await taker.send('DELETE', `${offers()}/${organizationId}`)).status).toBe(204);
    expect((await giver.get(here())).body.offeredTo).toBeNull();
  });

  it('does not bring whom the IdP of its account turned off', async () => {
    const pat = await bringPat(ours);
    await giver.post(`${here()}/collaborators`, { email: pat.email, role: 'admin' });
    expect(await planOf()).toContain('2 needed');
    await setActive(ours, pat.recordId, false);
    expect(await planOf()).toContain('1 needed');
    await offer();
    expect((await taker.get(offers())).body.items).toMatchObject([{ collaborators: 2 }]);
    expect((await accept()).status).toBe(204);
    expect((await personThere(pat.userId)).status).toBe(404);
    expect(await namesOf(taker, there())).toEqual(['Olivia Owner', 'Ada Example']);
    // Were they to come there later, it would not be as an admin.
    await addByHand(theirs.accountId, pat.userId);
    expect(await namesOf(taker, there())).toEqual(['Olivia Owner', 'Ada Example']);
  });

  it('gives no access to whom the IdP of the other account turned off, until it turns them on', async () => {
    const pat = await bringPat(theirs);
    await setActive(theirs, pat.recordId, false);
    await addByHand(ours.accountId, pat.userId);
    const body = { email: pat.email, role: 'member' };
    expect((await giver.post(`${here()}/collaborators`, body)).status).toBe(204);
    expect(await planOf()).toContain('1 needed');
    await offer();
    expect((await accept()).status).toBe(204);
    expect((await personThere(pat.userId)).body).toMatchObject({
      state: 'deactivated',
      seat: false,
    });
    expect(await namesOf(taker, there())).toEqual(['Olivia Owner', 'Ada Example']);
    await setActive(theirs, pat.recordId, true);
    expect(await namesOf(taker, there())).toContain('Pat Example');
  });

  it('ends the wait of somebody who waited for a seat in the other account', async () => {
    await seed({ seats: 1 });
    const pat = await bringPat(theirs);
    expect((await personThere(pat.userId)).body).toMatchObject({ state: 'waiting', seat: false });
    await addByHand(ours.accountId, pat.userId);
    await giver.post(`${here()}/collaborators`, { email: pat.email, role: 'member' });
    await setSeats(theirs, 3);
    await offer();
    expect((await accept()).status).toBe(204);
    expect((await personThere(pat.userId)).body).toMatchObject({ state: 'active', seat: true });
    expect(await readSeats(database.read, theirs.accountId)).toMatchObject({ left: 0, waiting: 0 });
  });

  it('goes to the account of the new owner that has seats for everybody', async () => {
    await seed({ seats: 1 });
    const small = theirs;
    const large = await seedAccount(database, { at: clock.time + 1 });
    await addByHand(large.accountId, small.ownerId);
    await database.write((tx) =>
      tx.query
        .updateTable('memberships')
        .set({ role: 'owner' })
        .where('account_id', '=', large.accountId)
        .where('user_id', '=', small.ownerId)
        .execute(),
    );
    expect(await planOf()).toBe(`${large.accountName}: 48 seats left, 1 needed`);
    expect((await offer()).status).toBe(204);
    expect((await giver.get(here())).body.offeredTo.accountName).toBe(large.accountName);
    theirs = large;
    // What counts when it is accepted is the account to which it was offered.
    const setPlan = (plan: 'essentials' | 'enterprise') =>
      database.write((tx) =>
        tx.query.updateTable('accounts').set({ plan }).where('id', '=', large.accountId).execute(),
      );
    await setSeats(small, 5);
    await setPlan('essentials');
    expect((await accept()).body.unmet).toEqual(['plan']);
    await setPlan('enterprise');
    expect((await accept()).status).toBe(204);
    expect((await taker.get(there())).body).toMatchObject({ name: 'Cargo', collaborators: 2 });
  });

  it("is nobody else's to accept (T-02)", async () => {
    await offer();
    const other = await seedAccount(database, { at: clock.time });
    const stranger = await signedIn(other.ownerEmail);
    const path = `/accounts/${other.accountId}/organization-offers`;
    expect((await stranger.get(path)).body.items).toEqual([]);
    expect((await stranger.post(`${path}/${organizationId}`)).status).toBe(404);
    expect((await stranger.post(`${offers()}/${organizationId}`)).status).toBe(404);
  });
});
