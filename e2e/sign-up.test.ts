import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumMissing, chromiumPath, launchChromium } from './support/chromium.ts';
import { type DemoProcess, demoFolder, startDemo } from './support/demo.ts';
import { openMailed } from './support/mail.ts';
import { type Owner, signInAsOwner } from './support/owner.ts';
import { accessibilityFaults, openPage } from './support/watched-page.ts';

const skipped = chromiumPath === undefined ? `: ${chromiumMissing}` : '';
const passphrase = 'a quiet evening over the hangar';

/** One story: each step stands on the one before. */
describe.skipIf(chromiumPath === undefined)(`People who come by mail, clicked${skipped}`, () => {
  const folder = demoFolder();
  let demo: DemoProcess;
  let browser: Browser;
  let owner: Owner;

  beforeAll(async () => {
    [demo, browser] = await Promise.all([startDemo(folder.path), launchChromium()]);
    owner = await signInAsOwner(demo.line);
  });

  afterAll(async () => {
    await browser?.close();
    await demo?.stop();
    folder.remove();
  });

  const stranger = async () => (await openPage(browser, demo.line.consoleUrl)).page;

  const followMail = (page: Page, subject: RegExp) => openMailed(page, demo.line.mailUrl, subject);

  it('sign up at a captured domain and join its account', async () => {
    const account = `/accounts/${owner.accountId}`;
    const { items } = await owner.call('GET', `${account}/domains`);
    await owner.call('PATCH', `${account}/domains/${items[0].id}`, { capture: true });
    const page = await stranger();
    await page.goto(`${demo.line.consoleUrl}/sign-in`);
    await page.getByRole('link', { name: 'Sign up' }).click();
    await page.getByRole('heading', { name: 'Sign up' }).waitFor();
    await page.getByLabel('E-mail').fill('una.sample@example.com');
    await page.getByRole('button', { name: 'Send the link' }).click();
    await page.getByRole('heading', { name: 'Look into your mail' }).waitFor();
    await followMail(page, /Confirm your address/);
    await page.getByRole('heading', { name: 'Join Example Air' }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByLabel('Your name').fill('Una Sample');
    await page.getByLabel('Passphrase').fill('short');
    await page.getByRole('button', { name: 'Join' }).click();
    const tooShort = page.getByText('Use 12 characters or more.');
    await tooShort.waitFor();
    await page.keyboard.type(' of words');
    await tooShort.waitFor({ state: 'detached' });
    await page.getByLabel('Passphrase').fill(passphrase);
    await page.getByRole('button', { name: 'Join' }).click();
    await page.waitForURL('**/app/home');
  });

  it('set a new passphrase that they forgot', async () => {
    const page = await stranger();
    await page.goto(`${demo.line.consoleUrl}/sign-in`);
    await page.getByLabel('E-mail').fill('una.sample@example.com');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('link', { name: 'Forgot your passphrase?' }).click();
    await page.getByRole('heading', { name: 'Forgot your passphrase?' }).waitFor();
    await page.getByRole('button', { name: 'Send the link' }).click();
    await followMail(page, /Set a new passphrase/);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByLabel('Passphrase').fill(`${passphrase} again`);
    await page.getByRole('button', { name: 'Set passphrase' }).click();
    await page.waitForURL('**/app/home');
  });

  it('are invited where invite control allows it, and invitations are revoked', async () => {
    const { page, complaints } = await openPage(browser, demo.line.consoleUrl, owner);
    await page.goto(`${demo.line.consoleUrl}/app/enterprise/invite`);
    await page.getByRole('button', { name: 'Change Example Air…' }).click();
    const rule = page.getByRole('dialog');
    await rule.getByRole('radio', { name: 'Custom domains' }).check();
    await rule.getByRole('textbox', { name: 'Domains' }).fill('partner.example');
    await rule.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Custom domains: partner.example').waitFor();
    await page.getByRole('button', { name: 'Invite…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('E-mail').fill('ivo@elsewhere.example');
    await dialog.getByRole('button', { name: 'Invite' }).click();
    await dialog.getByText('Invite control keeps elsewhere.example out').waitFor();
    complaints.length = 0;
    await dialog.getByLabel('E-mail').fill('ivo@partner.example');
    await dialog.getByRole('button', { name: 'Invite' }).click();
    await page.getByRole('button', { name: 'Revoke ivo@partner.example…' }).click();
    await page.getByRole('button', { name: 'Revoke invitation' }).click();
    await page.getByText('Revoked', { exact: true }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
