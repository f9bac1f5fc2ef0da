import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../apps/server/src/database/index.ts';
import { newId } from '../apps/server/src/uuid-v7.ts';
import { group, oktaUser } from '../apps/server/test/scim/bodies.ts';
import {
  passphrase,
  type SeededAccount,
  seedAccount,
  seedMember,
} from '../apps/server/test/support/fixtures.ts';
import { chromiumMissing, chromiumPath, launchChromium } from './support/chromium.ts';
import { type DemoProcess, demoFolder, startDemo } from './support/demo.ts';
import { type Owner, signInAsOwner } from './support/owner.ts';
import { type ScimClient, scimClient } from './support/scim-client.ts';
import { accessibilityFaults, openPage, shown, sidewaysScroll } from './support/watched-page.ts';

const DAY = 86_400_000;
const skipped = chromiumPath === undefined ? `: ${chromiumMissing}` : '';

/** One owner decides, by clicking, everything that an IdP leaves open. */
describe.skipIf(chromiumPath === undefined)(`An owner decides${skipped}`, () => {
  const folder = demoFolder();
  let demo: DemoProcess;
  let browser: Browser;
  let database: Database;
  let account: SeededAccount;
  let owner: Owner;
  let send: ScimClient;
  let page: Page;
  let complaints: readonly string[];

  beforeAll(async () => {
    [demo, browser] = await Promise.all([startDemo(folder.path), launchChromium()]);
    database = await openDatabase({ url: `sqlite:${join(folder.path, 'rollcall.db')}` });
    account = await seedAccount(database, { at: Date.now() - DAY, seats: 10 });
    const { consoleUrl } = demo.line;
    const { ownerEmail, directoryId, token } = account;
    owner = await signInAsOwner({ consoleUrl, ownerEmail, ownerPassphrase: passphrase });
    send = scimClient(`${consoleUrl}/scim/${directoryId}/v2`, token);
    ({ page, complaints } = await openPage(browser, consoleUrl, owner));
    page.setDefaultTimeout(10_000);
  });

  afterAll(async () => {
    await browser?.close();
    await database?.close();
    await demo?.stop();
    folder.remove();
  });

  const path = () => `/accounts/${account.accountId}`;
  const person = (name: string, more: Record<string, unknown> = {}) => {
    const userName = `${name}@${account.domain}`;
    const emails = [{ primary: true, value: userName, type: 'work' }];
    return oktaUser(name, { userName, emails, ...more });
  };

  async function openTab(tab: string): Promise<void> {
    await page.goto(`${demo.line.consoleUrl}/app/enterprise/scim/${account.directoryId}/${tab}`);
    await shown(page);
  }

  /** Presses the button of the open dialog, after its preview has said all of these. */
  async function confirm(button: string, ...texts: string[]): Promise<void> {
    const dialog = page.getByRole('dialog').last();
    for (const text of texts) await dialog.getByText(text).first().waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await dialog.getByRole('button', { name: button, exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
  }

  const membersOf = async (name: string) => {
    const { items } = await owner.call('GET', `${path()}/teams?search=${name}`);
    const team = items.find((each: { name: string }) => each.name === name);
    if (team === undefined) return undefined;
    const { items: members } = await owner.call('GET', `${path()}/teams/${team.id}/members`);
    return members.map((member: { name: string }) => member.name).sort();
  };

  it('makes a team by hand and says what it gives, seeing who gains what', async () => {
    const at = Date.now();
    await database.write((tx) =>
      tx.query
        .insertInto('organizations')
        .values({ account_id: account.accountId, id: newId(at), name: 'Cargo', created_at: at })
        .execute(),
    );
    await page.goto(`${demo.line.consoleUrl}/app/enterprise/team`);
    await shown(page);
    await page.getByRole('button', { name: 'Create Team…' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Sales');
    await confirm('Create Team');
    await page.getByRole('heading', { level: 1, name: 'Sales' }).waitFor();
    await page.getByRole('button', { name: 'Add member…' }).click();
    await page.getByRole('radio', { name: /Olivia Owner/ }).check();
    await confirm('Add Olivia Owner');
    await page.getByRole('button', { name: 'Role and org links…' }).click();
    await page.getByRole('checkbox', { name: 'Cargo' }).check();
    await confirm('Change access', '1 person gains', 'Cargo, as member');
    await page.getByText('Cargo', { exact: true }).first().waitFor();
    expect(await membersOf('Sales')).toEqual(['Olivia Owner']);
  });

  it('links the group of the same name under Review, and the tab counts what waits', async () => {
    const ada = await send('POST', '/Users', person('ada'));
    await send('POST', '/Groups', group('Sales', [ada.body.id]));
    await openTab('review');
    await page.getByRole('tab', { name: /^Review\s*1$/ }).waitFor();
    await page.getByText('Another team is named Sales.').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await sidewaysScroll(page, 360, 800)).toBe(0);
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.getByRole('button', { name: 'Same team: link…' }).click();
    await confirm('Link group', 'Members by hand stay.', '1 person gains', 'Ada Byron');
    await page.getByText('Nothing waits for you').waitFor();
    expect(await membersOf('Sales')).toEqual(['Ada Byron', 'Olivia Owner']);
    expect(await membersOf('Sales (Okta)')).toBeUndefined();
  });

  it('unlinks it under Groups, and links it to a new team', async () => {
    await openTab('groups');
    await page.getByRole('link', { name: 'Sales', exact: true }).first().click();
    await page.getByRole('button', { name: 'Unlink…' }).click();
    await confirm('Unlink group', 'The team Sales stays with everybody in it');
    await page.getByText('Not linked').first().waitFor();
    expect(await membersOf('Sales')).toEqual(['Ada Byron', 'Olivia Owner']);
    await page.getByRole('button', { name: 'Link to team…' }).click();
    await page.getByRole('radio', { name: 'A new team' }).check();
    await page.getByLabel('Name of the new team').fill('Field');
    await page.getByLabel('Name of the new team').press('Enter');
    await confirm('Link to Field', 'The team Field is made and follows the group.', 'Ada Byron');
    await page.getByRole('link', { name: 'Field' }).first().waitFor();
    expect(await membersOf('Field')).toEqual(['Ada Byron']);
  });

  it('links a co-owner whom the IdP sent', async () => {
    const email = `cora@${account.domain}`;
    const cora = { name: 'Cora Byron', email, role: 'co_owner' } as const;
    await seedMember(database, account.accountId, cora);
    await send('POST', '/Users', person('cora'));
    await openTab('review');
    await page.getByRole('button', { name: 'Same person: link…' }).click();
    await confirm('Link person', 'Okta becomes a reason for their access.');
    await page.getByText('Nothing waits for you').waitFor();
    await openTab('people');
    await page.getByRole('link', { name: 'Cora Byron' }).first().waitFor();
  });

  it('releases a userName, so that the IdP can send somebody else by it', async () => {
    const bob = await send('POST', '/Users', person('bob'));
    await send('PUT', `/Users/${bob.body.id}`, person('bob', { active: false }));
    const refused = await send('POST', '/Users', person('bob', { externalId: 'another' }));
    expect([refused.status, refused.body.detail]).toEqual([
      409,
      expect.stringContaining('Release this userName'),
    ]);
    await openTab(`people?person=${bob.body.id}`);
    await page.getByRole('button', { name: 'Release this userName…' }).click();
    await page.getByRole('dialog').last().getByRole('button', { name: 'Cancel' }).click();
    await openTab('review');
    await page.getByText('by the userName of Bob Byron, who is inactive').waitFor();
    await page.getByRole('button', { name: 'Release this userName…' }).click();
    await confirm('Release userName', 'This cannot be undone.');
    await page.getByText('Nothing waits for you').waitFor();
    await openTab(`people?person=${bob.body.id}`);
    await page.getByText('Deleted', { exact: true }).filter({ visible: true }).first().waitFor();
    const created = await send('POST', '/Users', person('bob', { externalId: 'another' }));
    expect(created.status).toBe(201);
  });

  it('deletes a team by hand, seeing who leaves what', async () => {
    await page.goto(`${demo.line.consoleUrl}/app/enterprise/team?search=Sales`);
    await shown(page);
    await page.getByRole('link', { name: 'Sales', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Sales' }).waitFor();
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Delete team…' }).click();
    await confirm('Delete team', '2 people are only in this team: they leave Cargo too.');
    await page.getByRole('heading', { level: 1, name: 'Teams' }).waitFor();
    expect(await membersOf('Sales')).toBeUndefined();
  });

  it('and the pages never complain', () => {
    expect(complaints).toEqual([]);
  });
});
