import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../apps/server/src/database/index.ts';
import { createAccount } from '../apps/server/src/domain/accounts/index.ts';
import {
  addCollaborator,
  createOrganization,
} from '../apps/server/src/domain/organizations/index.ts';
import { createTeam } from '../apps/server/src/domain/teams/index.ts';
import { createUser, hashPassphrase } from '../apps/server/src/domain/users/index.ts';
import {
  passphrase,
  type SeededAccount,
  seedAccount,
  seedMember,
} from '../apps/server/test/support/fixtures.ts';
import { chromiumMissing, chromiumPath, launchChromium } from './support/chromium.ts';
import { type ServerProcess, startServerProcess } from './support/server-process.ts';
import {
  accessibilityFaults,
  openPage,
  shown,
  sidewaysScroll,
  type WatchedPage,
} from './support/watched-page.ts';

const skipped = chromiumPath === undefined ? `: ${chromiumMissing}` : '';
const operator = { kind: 'operator' } as const;

describe.skipIf(chromiumPath === undefined)(`Who is let in, and who is not${skipped}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-kept-out-'));
  const opened: WatchedPage[] = [];
  let server: ServerProcess;
  let database: Database;
  let browser: Browser;
  let account: SeededAccount;
  let owner: Page;

  beforeAll(async () => {
    const url = `sqlite:${join(folder, 'rollcall.db')}`;
    server = await startServerProcess(url);
    database = await openDatabase({ url });
    account = await seedAccount(database, { domain: 'example.com', at: Date.now() });
    browser = await launchChromium();
    owner = await signedIn(account.ownerEmail);
  });

  afterAll(async () => {
    await browser?.close();
    await database?.close();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const signedIn = async (email: string, leadsTo = '**/app/home') => {
    const watched = await openPage(browser, server.origin);
    opened.push(watched);
    const { page } = watched;
    await page.goto(`${server.origin}/sign-in`);
    await page.getByLabel('E-mail').fill(email);
    await page.keyboard.press('Enter');
    await page.getByLabel('Passphrase').fill(passphrase);
    await page.keyboard.press('Enter');
    await page.waitForURL(leadsTo);
    return page;
  };

  /** Somebody who signed up on their own. */
  const loner = async (address: string) => {
    const passphraseHash = await hashPassphrase(passphrase);
    const at = Date.now();
    await database.write(async (tx) => {
      const who = { name: 'Una Sample', address, provedBy: 'sign_up', passphraseHash, at };
      const ownerId = await createUser(tx, who);
      await createAccount(tx, { name: 'Una’s account', ownerId, actor: operator, at });
    });
  };

  const lookWell = async (page: Page) => {
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await sidewaysScroll(page, 360, 800)).toBe(0);
    await page.setViewportSize({ width: 1280, height: 900 });
  };

  it('a lock says whom it keeps out before it is on, and they read why at their next click', async () => {
    await loner('una@example.com');
    const page = await signedIn('una@example.com');
    await owner.goto(`${server.origin}/app/enterprise/domains/list`);
    await owner.getByRole('link', { name: 'example.com', exact: true }).click();
    await owner.getByText('1 person would be kept out of an account of their own').waitFor();
    await owner.getByRole('switch', { name: /^Domain lock/ }).click();
    const dialog = owner.getByRole('dialog', { name: 'Turn on domain lock for example.com?' });
    await dialog.getByText('is kept out of it from their next click').waitFor();
    expect(await accessibilityFaults(owner)).toEqual([]);
    await dialog.getByRole('button', { name: 'Turn on domain lock' }).click();
    await owner.getByText('1 person is kept out of an account of their own').waitFor();
    await page.getByRole('link', { name: 'Organizations' }).first().click();
    await page.waitForURL('**/no-access');
    await page.getByRole('heading', { name: 'example.com is locked' }).waitFor();
    await lookWell(page);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL('**/sign-in');
  });

  it('whoever was removed reads that, and of no other account', async () => {
    const { userId, email } = await seedMember(database, account.accountId, { at: Date.now() });
    await owner.goto(`${server.origin}/app/enterprise/licenses/${userId}`);
    await shown(owner);
    await owner.getByRole('button', { name: /^Remove user/ }).click();
    await owner
      .getByRole('dialog')
      .getByRole('button', { name: /^Remove/ })
      .click();
    await owner
      .getByText(/^Removed /)
      .first()
      .waitFor();
    const page = await signedIn(email, '**/no-access');
    await page
      .getByRole('heading', { name: `You were removed from ${account.accountName}` })
      .waitFor();
    expect(await page.getByRole('heading', { level: 2 }).count()).toBe(1);
    await lookWell(page);
  });

  it('a member reads who is invited to their organization, without a column of acts', async () => {
    const { accountId } = account;
    const at = Date.now();
    const { email } = await seedMember(database, accountId, { at });
    await database.write(async (tx) => {
      const change = { accountId, actor: operator, requestId: 'seeding', at };
      const organizationId = await createOrganization(tx, { ...change, name: 'Passengers' });
      await addCollaborator(tx, { ...change, organizationId, email, role: 'member' });
    });
    await owner.goto(`${server.origin}/app/organizations`);
    await owner.getByRole('link', { name: 'Passengers' }).click();
    await owner.getByRole('tab', { name: 'Invitations' }).click();
    await owner.getByRole('button', { name: 'Invite…' }).click();
    await owner.getByRole('dialog').getByLabel('E-mail').fill('guest@elsewhere.example');
    await owner.keyboard.press('Enter');
    await owner.getByRole('columnheader', { name: 'Action' }).waitFor();
    const page = await signedIn(email);
    await page.goto(owner.url());
    await page.getByRole('cell', { name: /^guest@elsewhere\.example/ }).waitFor();
    const columns = await page.getByRole('columnheader').allTextContents();
    expect(columns).toEqual(['E-mail', 'To', 'Expires', 'State']);
  });

  it('an owner invites somebody straight into a team, and adds whoever is there already', async () => {
    const { email } = await seedMember(database, account.accountId, { at: Date.now() });
    const teamId = await database.write((tx) =>
      createTeam(tx, {
        accountId: account.accountId,
        name: 'Cargo',
        description: '',
        actor: operator,
        at: Date.now(),
      }),
    );
    await owner.goto(`${server.origin}/app/enterprise/team/${teamId}`);
    const invite = async (address: string) => {
      await owner.getByRole('button', { name: 'Invite new members…' }).click();
      await owner.getByRole('dialog').getByLabel('E-mail').fill(address);
      await owner.keyboard.press('Enter');
    };
    await invite(email);
    await owner.getByText('is in the team now').waitFor();
    await owner.getByRole('cell', { name: email }).waitFor();
    await invite('new@elsewhere.example');
    await owner.getByRole('heading', { name: 'Invitations' }).waitFor();
    await owner.getByRole('cell', { name: /^new@elsewhere\.example/ }).waitFor();
    await lookWell(owner);
    await owner.getByRole('button', { name: 'Revoke new@elsewhere.example…' }).click();
    await owner.getByRole('button', { name: 'Revoke invitation' }).click();
    await owner.getByRole('heading', { name: 'Invitations' }).waitFor({ state: 'detached' });
    const complaints = opened.flatMap((watched) => watched.complaints);
    // An account that was closed meanwhile answers 404.
    expect(complaints.filter((line) => !/status of (401|403|404)/.test(line))).toEqual([]);
  });
});
