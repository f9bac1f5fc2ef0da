import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumMissing, chromiumPath, launchChromium } from './support/chromium.ts';
import { type DemoProcess, demoFolder, startDemo } from './support/demo.ts';
import { signInAsOwner } from './support/owner.ts';
import { accessibilityFaults, openPage, shown } from './support/watched-page.ts';

const skipped = chromiumPath === undefined ? `: ${chromiumMissing}` : '';

describe.skipIf(chromiumPath === undefined)(`Co-owners in the console${skipped}`, () => {
  const folder = demoFolder();
  let demo: DemoProcess;
  let browser: Browser;
  let page: Page;
  let complaints: readonly string[];

  beforeAll(async () => {
    [demo, browser] = await Promise.all([
      startDemo(folder.path, '--provisioned'),
      launchChromium(),
    ]);
    const { consoleUrl, ownerEmail = '', ownerPassphrase = '' } = demo.line;
    const owner = await signInAsOwner({ consoleUrl, ownerEmail, ownerPassphrase });
    ({ page, complaints } = await openPage(browser, consoleUrl, owner));
  });

  afterAll(async () => {
    await browser?.close();
    await demo?.stop();
    folder.remove();
  });

  it('are recommended, appointed from the people of the account, and changed again', async () => {
    await page.goto(`${demo.line.consoleUrl}/app/enterprise/co-owners`);
    await shown(page);
    await page.getByText(/has no co-owner\./).waitFor();
    await page.getByRole('button', { name: 'Add a co-owner' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Choose a person first.').waitFor();
    await dialog.getByLabel(/^Search people of/).fill('nobody at all');
    await dialog.getByText('No active member without a role is called that.').waitFor();
    await dialog.getByLabel(/^Search people of/).fill('ada');
    await dialog.getByLabel(/^Ada Example/).check();
    expect(await accessibilityFaults(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Make co-owner' }).click();
    await page.getByRole('row', { name: /Ada Example.*Co-owner/ }).waitFor();
    await page.getByText(/has no co-owner\./).waitFor({ state: 'detached' });
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Change the role of Mira Sample…' }).click();
    await dialog.getByLabel(/^Member/).check();
    await dialog.getByRole('button', { name: 'Change role' }).click();
    await dialog.getByText(/the only owner/).waitFor();
    expect(complaints.filter((line) => !line.includes('status of 409'))).toEqual([]);
  });
});
