import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumMissing, chromiumPath, launchChromium } from './support/chromium.ts';
import { type DemoProcess, demoFolder, startDemo } from './support/demo.ts';
import { signInAsOwner } from './support/owner.ts';
import { accessibilityFaults, openPage, shown, type WatchedPage } from './support/watched-page.ts';

const skipped = chromiumPath === undefined ? `: ${chromiumMissing}` : '';

/** One story: each step stands on the one before. */
describe.skipIf(chromiumPath === undefined)(`A domain, clicked${skipped}`, () => {
  const folder = demoFolder();
  let demo: DemoProcess;
  let browser: Browser;
  let watched: WatchedPage;
  let provider: WatchedPage;
  let page: Page;

  beforeAll(async () => {
    [demo, browser] = await Promise.all([startDemo(folder.path), launchChromium()]);
    const owner = await signInAsOwner(demo.line);
    watched = await openPage(browser, demo.line.consoleUrl, owner);
    page = watched.page;
    provider = await openPage(browser, demo.line.dnsUrl);
  });

  afterAll(async () => {
    await browser?.close();
    await demo?.stop();
    folder.remove();
  });

  const partOfRecord = async (name: string) => {
    const text = await page
      .getByRole('button', { name: `Copy ${name}` })
      .locator('xpath=..')
      .locator('code')
      .textContent();
    return text ?? '';
  };

  const addRecord = async (host: string, value: string) => {
    await provider.page.goto(demo.line.dnsUrl);
    await provider.page.getByLabel('Host').fill(host);
    await provider.page.getByLabel('TXT value').fill(value);
    await provider.page.getByRole('button', { name: 'Add record' }).click();
    await provider.page.getByRole('cell', { name: value }).waitFor();
  };

  it('is added with its record, and DNS says that the name does not exist yet', async () => {
    await page.goto(`${demo.line.consoleUrl}/app/enterprise/domains/list`);
    await page.getByRole('link', { name: 'example.com' }).waitFor();
    await page.getByRole('button', { name: 'New Domain' }).click();
    const dialog = page.getByRole('dialog', { name: 'New Domain' });
    await dialog.getByLabel('Domain', { exact: true }).fill('gmail.com');
    await dialog.getByRole('button', { name: 'Create Domain' }).click();
    await dialog.getByText('belongs to a mail service').waitFor();
    await dialog.getByLabel('Domain', { exact: true }).fill('Cargo.Example.com');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'cargo.example.com' }).waitFor();
    expect(await partOfRecord('host')).toBe('_rollcall.cargo.example.com');
    await page.getByText('The name _rollcall.cargo.example.com does not exist yet.').waitFor();
    // The refusal of gmail.com, which the browser notes by itself.
    watched.complaints.length = 0;
  });

  it('says where another value parts from the right one', async () => {
    await addRecord('_rollcall.cargo.example.com', 'rollcall-verification=formerAttempt');
    await page.getByRole('button', { name: 'Check now' }).click();
    await page.getByText('Pending: another value answers').waitFor();
    await page.getByText('Replace the value of the TXT record').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  it('is verified once the record is pasted at the DNS provider', async () => {
    await page.getByRole('button', { name: 'Verify Domain' }).click();
    // The history of checks says it too.
    await page.getByRole('listitem').filter({ hasText: 'Wrong value' }).first().waitFor();
    await addRecord(await partOfRecord('host'), await partOfRecord('value'));
    expect(await accessibilityFaults(provider.page)).toEqual([]);
    await page.getByRole('button', { name: 'Verify Domain' }).click();
    await page.getByText('Verified cargo.example.com.').waitFor();
    await page.getByText(/^Verified on /).waitFor();
  });

  it('has capture and lock, each with what it does before it is done', async () => {
    await page.getByRole('switch', { name: /^Domain capture/ }).click();
    const dialog = page.getByRole('dialog', {
      name: 'Turn on domain capture for cargo.example.com?',
    });
    await dialog.getByText('takes a seat').waitFor();
    await dialog.getByRole('button', { name: 'Turn on domain capture' }).click();
    await page.getByRole('switch', { name: 'Domain capture: On' }).waitFor();
    await page.getByRole('link', { name: 'Manage' }).click();
    await page.getByText('There is nobody').waitFor();
    await page.getByRole('link', { name: 'cargo.example.com' }).click();
    await page.getByRole('heading', { level: 1, name: 'cargo.example.com' }).waitFor();
  });

  it('is removed with what depends on it named', async () => {
    await page.getByRole('link', { name: 'Domains', exact: true }).last().click();
    await page.getByRole('link', { name: 'example.com', exact: true }).click();
    await page.getByRole('button', { name: 'Remove domain…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Remove example.com?' });
    await dialog.getByText('SSO does not route it any more: Stand-in IdP.').waitFor();
    await dialog.getByRole('button', { name: 'Remove 1 domain' }).click();
    await page.getByText('Removed example.com.').waitFor();
    await shown(page);
    const link = page.getByRole('link', { name: 'example.com', exact: true });
    await link.waitFor({ state: 'detached' });
    expect([...watched.complaints, ...provider.complaints]).toEqual([]);
  });
});
