import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumMissing, chromiumPath, launchChromium } from './support/chromium.ts';
import { type DemoProcess, demoFolder, startDemo } from './support/demo.ts';
import { type Owner, signInAsOwner } from './support/owner.ts';
import { accessibilityFaults, openPage, shown } from './support/watched-page.ts';

const skipped = chromiumPath === undefined ? `: ${chromiumMissing}` : '';

describe.skipIf(chromiumPath === undefined)(`API keys in the console${skipped}`, () => {
  const folder = demoFolder();
  let demo: DemoProcess;
  let browser: Browser;
  let owner: Owner;
  let page: Page;
  let complaints: readonly string[];

  beforeAll(async () => {
    [demo, browser] = await Promise.all([startDemo(folder.path), launchChromium()]);
    const { consoleUrl, ownerEmail = '', ownerPassphrase = '' } = demo.line;
    owner = await signInAsOwner({ consoleUrl, ownerEmail, ownerPassphrase });
    ({ page, complaints } = await openPage(browser, consoleUrl, owner));
  });

  afterAll(async () => {
    await browser?.close();
    await demo?.stop();
    folder.remove();
  });

  it('are made, shown once, used by a program, and revoked', async () => {
    const { consoleUrl } = demo.line;
    await page.goto(`${consoleUrl}/app/enterprise/api-keys`);
    await shown(page);
    await page.getByText('No API key yet').waitFor();
    await page.getByRole('button', { name: 'New API key' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Make API key' }).click();
    await dialog.getByText('Give the key a name.').waitFor();
    await dialog.getByText('Let it read or change something.').waitFor();
    await dialog.getByLabel('Name').fill('Seat report');
    await dialog.getByRole('group', { name: 'Audit' }).getByLabel('Read').check();
    expect(await accessibilityFaults(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Make API key' }).click();
    const secret = await dialog.getByRole('textbox', { name: 'Secret' }).textContent();
    expect(secret).toMatch(/^rollcall_api_\w{43}$/);
    expect(await accessibilityFaults(page)).toEqual([]);
    await dialog.getByLabel('I have stored the secret').check();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('cell', { name: /^Seat report/ }).waitFor();
    const key = page.getByRole('row', { name: /^Seat report/ });
    const ends = key.locator('time').filter({ hasText: /^\d+ \w+ \d{4}$/ });
    expect(await ends.count()).toBe(1);
    expect(await ends.getAttribute('title')).toMatch(/\d\d:\d\d:\d\d /);
    expect(await page.content()).not.toContain(secret);
    const authorization = `Bearer ${secret}`;
    const call = (path: string) =>
      fetch(`${consoleUrl}/api/v1/accounts/${owner.accountId}${path}`, {
        headers: { authorization },
      });
    expect((await call('/audit-events')).status).toBe(200);
    expect((await call('/billing')).status).toBe(403);
    await page.getByRole('button', { name: 'Revoke the API key Seat report…' }).click();
    await dialog.getByRole('button', { name: 'Revoke API key' }).click();
    await page.getByText('Revoked', { exact: true }).waitFor();
    expect((await call('/audit-events')).status).toBe(401);
    expect(complaints).toEqual([]);
  });
});
