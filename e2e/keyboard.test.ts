import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumMissing, chromiumPath, launchChromium } from './support/chromium.ts';
import { type DemoProcess, demoFolder, startDemo } from './support/demo.ts';
import { accessibilityFaults, openPage, settled, shown } from './support/watched-page.ts';

const skipped = chromiumPath === undefined ? `: ${chromiumMissing}` : '';

/** Keys after which something must have been reached. */
const MOST_TABS = 80;

/** SCIM is turned on without a pointer; afterwards the token is looked for wherever something could have kept it. */
describe.skipIf(chromiumPath === undefined)(`The keyboard alone${skipped}`, () => {
  const folder = demoFolder();
  let demo: DemoProcess;
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  let token: string;

  beforeAll(async () => {
    [demo, browser] = await Promise.all([startDemo(folder.path), launchChromium()]);
    const opened = await openPage(browser, demo.line.consoleUrl);
    ({ page, complaints } = opened);
    await opened.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  });

  afterAll(async () => {
    await browser?.close();
    await demo?.stop();
    folder.remove();
  });

  it('signs in, turns SCIM on, is asked before the token is lost, and stores it', async () => {
    await signIn();
    await chooseWhatToMake();
    await keepToken();
    expect(complaints).toEqual([]);
  });

  it('leaves the token nowhere: not in the page, its storage and history, nor in what the server says, keeps or mails', async () => {
    expect(token).toMatch(/^rollcall_scim_\w{43}$/);
    const answers: Promise<string>[] = [];
    page.on('response', (response) => {
      if (!response.url().endsWith('/events')) answers.push(response.text().catch(() => ''));
    });
    const shownTexts = [await everythingKept(page)];
    const directory = page.url().replace(/\/[a-z]+$/, '');
    const { consoleUrl, mailUrl } = demo.line;
    for (const tab of ['overview', 'setup', 'requests', 'settings']) {
      await page.goto(`${directory}/${tab}`);
      await shown(page);
      shownTexts.push(await everythingKept(page));
    }
    for (const path of ['/app/home', '/app/enterprise/audit']) {
      await page.goto(consoleUrl + path);
      await shown(page);
      shownTexts.push(await everythingKept(page));
    }
    const mails = await (await fetch(mailUrl)).text();
    const told = [...shownTexts, ...(await Promise.all(answers)), mails, demo.logs()];
    expect(told.length).toBeGreaterThan(20);
    expect(told.filter((text) => text.includes(token))).toEqual([]);
    expect(await demo.stop()).toBe(0);
    const files = globSync('*', { cwd: folder.path });
    expect(files).toContain('rollcall.db');
    const holding = files.filter((file) => readFileSync(join(folder.path, file)).includes(token));
    expect(holding).toEqual([]);
  });

  async function signIn(): Promise<void> {
    const { consoleUrl, ownerEmail = '', ownerPassphrase = '' } = demo.line;
    await page.goto(`${consoleUrl}/sign-in`);
    await expectFocus(page.getByLabel('E-mail'));
    await page.keyboard.type(ownerEmail);
    await page.keyboard.press('Enter');
    await expectFocus(page.getByLabel('Passphrase'));
    await page.keyboard.type(ownerPassphrase);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/app/home');
    await shown(page);
    complaints.length = 0;
  }

  async function chooseWhatToMake(): Promise<void> {
    await page.reload();
    await shown(page);
    await page.keyboard.press('Tab');
    await expectFocus(page.getByRole('link', { name: 'Skip to content' }));
    await tabTo(page.getByRole('navigation').getByRole('link', { name: 'SCIM' }));
    await page.keyboard.press('Enter');
    const toggle = page.getByRole('switch', { name: 'SCIM is off' });
    await toggle.waitFor();
    await tabTo(toggle);
    await page.keyboard.press('Space');
    const dialog = page.getByRole('dialog', { name: 'Turn SCIM on' });
    await expectFocus(dialog.getByRole('radio', { name: /^Okta/ }));
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await expectFocus(toggle);
    await page.keyboard.press('Space');
    await expectFocus(dialog.getByRole('radio', { name: /^Okta/ }));
    await page.keyboard.press('Enter');
    await dialog.getByRole('radio', { name: /^1 year/ }).waitFor();
    await tabTo(dialog.getByRole('radio', { name: /^1 year/ }));
    await page.keyboard.press('ArrowUp');
    await expectFocus(dialog.getByRole('radio', { name: /^180 days/ }));
    await tabTo(dialog.getByRole('button', { name: 'Generate' }));
    await page.keyboard.press('Space');
  }

  async function keepToken(): Promise<void> {
    const dialog = page.getByRole('dialog', { name: 'Turn SCIM on' });
    const field = dialog.getByRole('textbox', { name: 'Token' });
    await field.waitFor();
    token = (await field.textContent()) ?? '';
    await settled(page);
    expect(await accessibilityFaults(page)).toEqual([]);
    await expectFocusToStayIn(dialog);
    const question = dialog.getByText('Close without storing the token?');
    await page.keyboard.press('Escape');
    await question.waitFor();
    await expectFocus(dialog.getByRole('button', { name: 'Go back' }));
    await page.keyboard.press('Enter');
    await question.waitFor({ state: 'detached' });
    await tabTo(dialog.getByRole('button', { name: 'Copy token' }));
    await page.keyboard.press('Enter');
    await page.getByRole('status').filter({ hasText: 'Copied' }).waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(token);
    await tabTo(dialog.getByRole('button', { name: 'Done' }));
    await page.keyboard.press('Enter');
    expect(await field.textContent()).toBe(token);
    await tabTo(dialog.getByLabel('I have stored the token in a safe place'));
    await page.keyboard.press('Space');
    await tabTo(dialog.getByRole('button', { name: 'Done' }));
    await page.keyboard.press('Enter');
    await page.waitForURL('**/setup');
    await page.getByText('What has arrived').waitFor();
  }

  /** Presses Tab until `target` has the focus. */
  async function tabTo(target: Locator): Promise<void> {
    for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
      if (await hasFocus(target)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`Tab does not reach ${target}`);
  }

  /** Where Tab leads from the last element to the first, and back. */
  async function expectFocusToStayIn(dialog: Locator): Promise<void> {
    const focused = dialog.locator(':focus');
    for (const key of [...Array(8).fill('Tab'), ...Array(8).fill('Shift+Tab')]) {
      await page.keyboard.press(key);
      expect(await focused.count()).toBe(1);
    }
  }

  async function expectFocus(target: Locator): Promise<void> {
    await expect.poll(() => hasFocus(target), { timeout: 30_000 }).toBe(true);
  }

  async function hasFocus(target: Locator): Promise<boolean> {
    return (await target.and(page.locator(':focus')).count()) === 1;
  }
});

/** Everything that the browser shows and keeps for a page, as text. */
async function everythingKept(page: Page): Promise<string> {
  const kept = await page.evaluate(`Promise.all([
    [...document.querySelectorAll('input, textarea')].map(({ value }) => value),
    { ...localStorage },
    { ...sessionStorage },
    document.cookie,
    history.state,
    location.href,
    performance.getEntries().map(({ name }) => name),
    indexedDB.databases(),
    caches.keys(),
  ])`);
  return JSON.stringify(kept) + (await page.content());
}
