import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TOTP } from 'otpauth';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../apps/server/src/database/index.ts';
import {
  passphrase,
  type SeededAccount,
  seedAccount,
  seedMember,
  seedPasskey,
} from '../apps/server/test/support/fixtures.ts';
import { mailsTo } from '../apps/server/test/support/mails.ts';
import { chromiumMissing, chromiumPath, launchChromium } from './support/chromium.ts';
import { type ServerProcess, startServerProcess } from './support/server-process.ts';
import { accessibilityFaults, openPage, shown, sidewaysScroll } from './support/watched-page.ts';

const skipped = chromiumPath === undefined ? `: ${chromiumMissing}` : '';

/** A passkey belongs to a name: no browser makes one for an IP address. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

describe.skipIf(chromiumPath === undefined)(`Local factors in the console${skipped}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-factors-'));
  let server: ServerProcess;
  let browser: Browser;
  let page: Page;
  let account: SeededAccount;
  let origin: string;
  let databaseUrl: string;
  let complaints: readonly string[];

  beforeAll(async () => {
    databaseUrl = `sqlite:${join(folder, 'rollcall.db')}`;
    const port = await freePort();
    origin = `http://localhost:${port}`;
    const settings = { PORT: String(port), PUBLIC_URL: origin };
    server = await startServerProcess(databaseUrl, 'fatal', settings);
    const database = await openDatabase({ url: databaseUrl });
    account = await seedAccount(database, { at: Date.now() });
    await database.close();
    browser = await launchChromium();
    ({ page, complaints } = await openPage(browser, origin));
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('WebAuthn.enable');
    await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const dialog = () => page.getByRole('dialog');
  const press = (name: string) => dialog().getByRole('button', { name, exact: true }).click();

  it('a passkey is made, signs in, and proves who sits there; so does a code of an app', async () => {
    await page.goto(`${origin}/sign-in`);
    await page.getByLabel('E-mail').fill(account.ownerEmail);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByLabel('Passphrase').fill(passphrase);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL('**/app/home');
    await page.goto(`${origin}/app/profile/security`);
    await shown(page);
    await page.getByRole('button', { name: 'Add a passkey…' }).click();
    await dialog().getByLabel('Name').fill('Laptop');
    await press('Add passkey');
    await page.getByRole('cell', { name: 'Laptop', exact: true }).waitFor();

    await page.getByRole('button', { name: 'Set up an app…' }).click();
    await dialog()
      .getByRole('img', { name: /^The secret as a picture/ })
      .waitFor();
    const secret = await dialog().getByRole('textbox', { name: 'Secret' }).textContent();
    await dialog().getByLabel('Code that the app shows').fill('000000');
    await press('Set up');
    await dialog().getByText('That code is not right.').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    const code = new TOTP({ secret: secret ?? '' }).generate();
    await dialog().getByLabel('Code that the app shows').fill(code);
    await press('Set up');
    const codes = dialog().getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
    await codes.first().waitFor();
    const [first = '', other = ''] = await codes.allTextContents();
    expect(await codes.count()).toBe(10);
    await dialog().getByLabel('I have stored the recovery codes').check();
    await press('Done');
    await page.getByText('10 recovery codes are left', { exact: false }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await sidewaysScroll(page, 360, 800)).toBe(0);
    await page.setViewportSize({ width: 1280, height: 900 });

    await page.context().clearCookies();
    await page.goto(`${origin}/sign-in`);
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.waitForURL('**/app/home');

    const askedAgain = async () => {
      await page.context().clearCookies();
      // Where one was headed is kept through all steps.
      await page.goto(`${origin}/app/profile`);
      await page.getByLabel('E-mail').fill(account.ownerEmail);
      await page.keyboard.press('Enter');
      await page.getByLabel('Passphrase').fill(passphrase);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'One more step' }).waitFor();
    };
    await askedAgain();
    await page.getByRole('textbox', { name: 'Code' }).waitFor();
    expect(await page.getByRole('textbox').getAttribute('autocomplete')).toBe('one-time-code');
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.goto(`${origin}/app/home`);
    await page.waitForURL('**/sign-in?**');
    await page.goto(`${origin}/sign-in/second-factor?next=%2Fapp%2Fprofile`);
    await page.getByRole('textbox', { name: 'Code' }).fill('000000');
    await page.keyboard.press('Enter');
    await page.getByText('That code is not right.').waitFor();
    await page.getByText('You cannot do that?').click();
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await sidewaysScroll(page, 360, 800)).toBe(0);
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.getByRole('button', { name: 'Use a recovery code' }).click();
    await page.getByRole('textbox', { name: 'Recovery code' }).fill(other);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/app/profile');
    await askedAgain();
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await page.waitForURL('**/app/profile');
    await askedAgain();
    await page.getByRole('button', { name: 'Start again' }).click();
    await page.waitForURL('**/sign-in');
    await page.goto(`${origin}/sign-in/second-factor`);
    await page.waitForURL('**/sign-in');
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.waitForURL('**/app/home');

    await page.goto(`${origin}/app/enterprise/scim/${account.directoryId}/settings`);
    await shown(page);
    await page
      .getByRole('button', { name: /^Refresh Token/ })
      .first()
      .click();
    await dialog().getByLabel('Code', { exact: true }).check();
    await dialog().getByRole('textbox', { name: 'Code' }).fill(first);
    await press('Generate');
    await dialog().getByLabel('I have stored the token').check();
    await press('Done');
    await page
      .getByRole('button', { name: /^Refresh Token/ })
      .first()
      .click();
    await dialog().getByLabel('Passkey').check();
    await press('Generate');
    await dialog().getByLabel('I have stored the token').check();
    await press('Done');

    const database = await openDatabase({ url: databaseUrl });
    const subjects = (await mailsTo(database, account.ownerEmail)).map(({ subject }) => subject);
    await database.close();
    expect(subjects.slice(0, 2)).toEqual([
      'A passkey was added to your sign-in to Insomnia',
      'An authenticator app was added to your sign-in to Insomnia',
    ]);
    await page.goto(`${origin}/app/enterprise/audit`);
    await page.getByText('added a passkey to their sign-in').waitFor();
  });

  it('whoever has passkeys alone is asked for one of them, and nobody else’s serves', async () => {
    const database = await openDatabase({ url: databaseUrl });
    for (const table of ['totp_secrets', 'recovery_codes'] as const) {
      await database.write((tx) => tx.query.deleteFrom(table).execute());
    }
    const { email, userId } = await seedMember(database, account.accountId, { at: Date.now() });
    const signIn = async (address: string) => {
      await page.context().clearCookies();
      await page.goto(`${origin}/sign-in`);
      await page.getByLabel('E-mail').fill(address);
      await page.keyboard.press('Enter');
      await page.getByLabel('Passphrase').fill(passphrase);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'One more step' }).waitFor();
    };
    await signIn(account.ownerEmail);
    expect(await page.getByRole('textbox').count()).toBe(0);
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await sidewaysScroll(page, 360, 800)).toBe(0);
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await page.waitForURL('**/app/home');
    await seedPasskey(database, userId);
    await database.close();
    await signIn(email);
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await page.getByText('That passkey is not of the person who signs in.').waitFor();
    expect(page.url()).toContain('/sign-in/second-factor');
    const refused = complaints.filter((line) => !/status of (400|401|403)/.test(line));
    expect(refused).toEqual([]);
  });
});
