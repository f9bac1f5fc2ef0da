import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../apps/server/src/database/index.ts';
import {
  passphrase,
  type SeededAccount,
  seedAccount,
} from '../apps/server/test/support/fixtures.ts';
import { chromiumMissing, chromiumPath, launchChromium } from './support/chromium.ts';
import { type ServerProcess, startServerProcess } from './support/server-process.ts';
import { accessibilityFaults, openPage, shown } from './support/watched-page.ts';

const skipped = chromiumPath === undefined ? `: ${chromiumMissing}` : '';

/** Where somebody is, with a filter that has to survive. */
const deepLink = '/app/enterprise/licenses?role=owner&search=olivia';

describe.skipIf(chromiumPath === undefined)(`Who is interrupted loses nothing${skipped}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-interruptions-'));
  let server: ServerProcess;
  let database: Database;
  let browser: Browser;
  let account: SeededAccount;

  beforeAll(async () => {
    const url = `sqlite:${join(folder, 'rollcall.db')}`;
    server = await startServerProcess(url);
    database = await openDatabase({ url });
    account = await seedAccount(database, { domain: 'example.com', at: Date.now() });
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser?.close();
    await database?.close();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const open = async (path: string) => {
    const watched = await openPage(browser, server.origin);
    const { page } = watched;
    await page.goto(server.origin + path);
    await signIn(page);
    await page.waitForURL(server.origin + path);
    await shown(page);
    return watched;
  };

  const signIn = async (page: Page) => {
    await page.getByLabel('E-mail').fill(account.ownerEmail);
    await page.keyboard.press('Enter');
    await page.getByLabel('Passphrase').fill(passphrase);
    await page.keyboard.press('Enter');
  };

  it('a link is followed after sign-in, and Back leads to no form that is done', async () => {
    const { page, complaints } = await open(deepLink);
    expect(complaints).toEqual([]);
    await page.goBack();
    await page.waitForURL('**/sign-in?**');
    await page.goForward();
    await page.waitForURL(server.origin + deepLink);
  });

  it('a session that ends says so, and sign-in leads back', async () => {
    const { page } = await open('/app/organizations');
    // What is still asked would notice before the click.
    await page.waitForLoadState('networkidle');
    await page.context().clearCookies();
    await page.getByRole('link', { name: 'Teams' }).first().click();
    await page.getByText('Your session has ended.', { exact: false }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await signIn(page);
    await page.waitForURL('**/app/enterprise/team');
  });

  it('a link that is followed with a session that is over long since asks for sign-in alone', async () => {
    const { page } = await open('/app/home');
    const [cookie] = (await page.context().cookies()).filter(({ httpOnly }) => httpOnly);
    await page.goto('about:blank');
    await page.context().addCookies([{ ...cookie, name: cookie?.name ?? '', value: 'over' }]);
    await page.goto(server.origin + deepLink);
    await page.getByText('Start with your work e-mail', { exact: false }).waitFor();
    expect(await page.getByText('Your session has ended', { exact: false }).count()).toBe(0);
    await signIn(page);
    await page.waitForURL(server.origin + deepLink);
  });

  it('a page whose server is away says what it lacks, and asks again', async () => {
    const { page } = await open('/app/home');
    const api = '**/api/v1/**';
    await page.route(api, (route) => route.abort());
    await page.getByRole('link', { name: 'Teams' }).first().click();
    await page.getByText('The teams could not be loaded').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.unroute(api);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('No team yet').waitFor();
  });

  it('a page that is loaded while the server is away opens once it is back', async () => {
    const { page } = await open('/app/enterprise/team');
    const api = '**/api/v1/**';
    await page.route(api, (route) => route.abort());
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'The page could not be opened' }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.unroute(api);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { level: 1, name: 'Teams' }).waitFor();
  });

  it.each([
    ['the own name', '/app/profile', 'Name', 'Olivia Half-Typed'],
    ['a new connection', '/app/enterprise/sso/new', 'Name', 'Okta'],
  ])(
    'leaving %s half typed asks first, and nothing is asked after',
    async (_, path, label, text) => {
      const { page } = await open(path);
      const questions: string[] = [];
      let leave = false;
      page.on('dialog', (dialog) => {
        questions.push(dialog.message());
        void (leave ? dialog.accept() : dialog.dismiss());
      });
      await page.getByRole('textbox', { name: label, exact: true }).fill(text);
      const away = page.getByRole('link', { name: 'Audit' }).first();
      await away.click();
      await expect
        .poll(() => questions)
        .toEqual([expect.stringContaining('Leave without saving?')]);
      expect(page.url()).toBe(server.origin + path);
      leave = true;
      await away.click();
      await page.waitForURL('**/app/enterprise/audit');
    },
  );

  it('what was saved is left without a question', async () => {
    const { page } = await open('/app/enterprise/sso/new');
    const questions: string[] = [];
    page.on('dialog', (dialog) => {
      questions.push(dialog.message());
      void dialog.dismiss();
    });
    await page.getByRole('textbox', { name: 'Name' }).fill('Okta');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('heading', { level: 1, name: 'Okta' }).waitFor();
    expect(questions).toEqual([]);
  });
});
