import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumMissing, chromiumPath, launchChromium } from './support/chromium.ts';
import { type DemoProcess, demoFolder, startDemo } from './support/demo.ts';
import { signInAsOwner } from './support/owner.ts';
import { accessibilityFaults, openPage, shown, sidewaysScroll } from './support/watched-page.ts';

const skipped = chromiumPath === undefined ? `: ${chromiumMissing}` : '';

describe.skipIf(chromiumPath === undefined)(`Organizations in the console${skipped}`, () => {
  const folder = demoFolder();
  let demo: DemoProcess;
  let browser: Browser;
  let page: Page;
  let complaints: readonly string[];

  beforeAll(async () => {
    [demo, browser] = await Promise.all([startDemo(folder.path), launchChromium()]);
    const { consoleUrl, ownerEmail = '', ownerPassphrase = '' } = demo.line;
    const owner = await signInAsOwner({ consoleUrl, ownerEmail, ownerPassphrase });
    ({ page, complaints } = await openPage(browser, consoleUrl, owner));
  });

  afterAll(async () => {
    await browser?.close();
    await demo?.stop();
    folder.remove();
  });

  it('are made, given people and roles, renamed and deleted by clicking', async () => {
    const { consoleUrl, ownerEmail = '' } = demo.line;
    const dialog = page.getByRole('dialog');
    const press = (name: string) => dialog.getByRole('button', { name, exact: true }).click();
    await page.goto(`${consoleUrl}/app/organizations`);
    await shown(page);
    await page.getByRole('button', { name: 'New organization' }).click();
    await press('Create organization');
    await dialog.getByText('Give the organization a name.').waitFor();
    await dialog.getByLabel('Organization name').fill('Cargo');
    await press('Create organization');
    await page.getByRole('heading', { name: 'Cargo', level: 1 }).waitFor();
    await page.getByText('Nobody works here yet').waitFor();
    await page.getByRole('button', { name: 'Add a collaborator' }).click();
    await dialog.getByLabel('E-mail').fill('nobody@elsewhere.example.com');
    await press('Add');
    await dialog.getByText(/^Nobody in this account has the address/).waitFor();
    await dialog.getByLabel('E-mail').fill(ownerEmail);
    await press('Add');
    await page.getByRole('cell', { name: /^Mira Sample/ }).waitFor();
    await page.getByText('added directly').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await sidewaysScroll(page, 360, 800)).toBe(0);
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.getByRole('button', { name: 'Change Mira Sample…' }).click();
    await dialog.getByLabel(/^Admin/).check();
    await press('Save role');
    await page.getByRole('cell', { name: 'Admin', exact: true }).waitFor();
    await page.getByRole('tab', { name: 'Invitations' }).click();
    await page.getByRole('button', { name: 'Invite…' }).click();
    await page.getByRole('dialog', { name: 'Invite somebody to Cargo' }).waitFor();
    await press('Cancel');
    await page.getByRole('tab', { name: 'Advanced' }).click();
    await page.getByRole('button', { name: 'Rename…' }).click();
    await dialog.getByLabel('Organization name').fill('Freight');
    await press('Rename');
    await page.getByRole('heading', { name: 'Freight', level: 1 }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Delete organization…' }).click();
    await dialog.getByText('1 person loses access to it').waitFor();
    await dialog.getByLabel(/^Type the organization's name/).fill('Freight');
    await press('Delete organization');
    await page.waitForURL('**/app/organizations');
    await page.getByRole('link', { name: 'Freight' }).waitFor({ state: 'detached' });
    expect(complaints.filter((line) => !line.includes('status of 409'))).toEqual([]);
  });
});
