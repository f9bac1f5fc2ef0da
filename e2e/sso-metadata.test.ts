import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../apps/server/src/database/index.ts';
import { chromiumMissing, chromiumPath, launchChromium } from './support/chromium.ts';
import { type DemoProcess, demoFolder, startDemo } from './support/demo.ts';
import { signInAsOwner } from './support/owner.ts';
import { accessibilityFaults, openPage, shown, sidewaysScroll } from './support/watched-page.ts';

const skipped = chromiumPath === undefined ? `: ${chromiumMissing}` : '';
const metadataUrl = `https://idp.example.com/${'app/'.repeat(20)}metadata`;

describe.skipIf(chromiumPath === undefined)(`Metadata that cannot be read${skipped}`, () => {
  const folder = demoFolder();
  let demo: DemoProcess;
  let browser: Browser;
  let database: Database;
  let page: Page;

  beforeAll(async () => {
    [demo, browser] = await Promise.all([startDemo(folder.path), launchChromium()]);
    database = await openDatabase({ url: `sqlite:${join(folder.path, 'rollcall.db')}` });
    ({ page } = await openPage(browser, demo.line.consoleUrl, await signInAsOwner(demo.line)));
  });

  afterAll(async () => {
    await browser?.close();
    await database?.close();
    await demo?.stop();
    folder.remove();
  });

  it('leads from Home to the connection, which says why and what to do until it works again', async () => {
    await noteTrouble({ since: Date.now(), reason: `${metadataUrl} answered 503.`, told: true });
    await page.goto(`${demo.line.consoleUrl}/app/home`);
    const needed = page.getByRole('region', { name: 'What needs attention' });
    await needed.getByText(/The metadata of .+ has not been read since/).waitFor();
    await needed.getByRole('link', { name: 'See why' }).click();
    await page.getByText('answered 503.').waitFor();
    await page.getByText('add the new certificate by hand', { exact: false }).waitFor();
    await page
      .getByRole('navigation', { name: 'Pages' })
      .getByRole('link', { name: /^SSO.*1/ })
      .waitFor();
    await shown(page);
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await accessibilityFaults(page)).toEqual([]);
    }
    expect(await sidewaysScroll(page, 360, 800)).toBe(0);

    await noteTrouble(null);
    // As somebody comes back to the window.
    await page.evaluate("window.dispatchEvent(new Event('visibilitychange'))");
    await page.getByText('answered 503.').waitFor({ state: 'detached' });
  });

  /** What the scheduled look at the metadata leaves behind. */
  function noteTrouble(trouble: object | null): Promise<unknown> {
    return database.write(async (tx) => {
      const connections = await tx.query
        .selectFrom('sso_connections')
        .select(['id', 'settings'])
        .execute();
      for (const { id, settings } of connections) {
        await tx.query
          .updateTable('sso_connections')
          .set({ settings: JSON.stringify({ ...JSON.parse(settings), trouble }) })
          .where('id', '=', id)
          .execute();
      }
    });
  }
});
