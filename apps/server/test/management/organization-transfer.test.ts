import type { FastifyInstance } from 'fastify';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
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

  /** The owner of `theirs` is a member of `ours`, and a collaborator there beside Ada. */
  const seed = async (options: SeedOptions = {}) => {
    ours = await seedAccount(database, { at: clock.time });
    theirs = await seedAccount(database, { at: clock.time, ...options });
    const { accountId } = ours;
    const userId = theirs.ownerId;
    await database.write(async (tx) => {
      await setMembershipState(tx, { accountId, userId, state: 'active', at: clock.time });
      await addSource(tx, { accountId, userId, kind: 'manual', sourceId: '', at: clock.time });
      await claimSeats(tx, accountId, [{ kind: 'user', id: userId }], clock.time);
    });
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
    const there = `/accounts/${theirs.accountId}/organizations/${organizationId}`;
    expect((await taker.get(there)).body).toMatchObject({ name: 'Cargo', collaborators: 2 });
    const { body } = await taker.get(`/accounts/${theirs.accountId}/licenses/users/${ada.userId}`);
    expect(body).toMatchObject({ state: 'active', seat: true });
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
