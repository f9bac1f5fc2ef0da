import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../apps/server/src/database/index.ts';
import { group, oktaUser } from '../apps/server/test/scim/bodies.ts';
import {
  passphrase,
  type SeededAccount,
  type SeedOptions,
  seedAccount,
  seedMember,
} from '../apps/server/test/support/fixtures.ts';
import { chromiumMissing, chromiumPath, launchChromium } from './support/chromium.ts';
import { type DemoProcess, demoFolder, startDemo } from './support/demo.ts';
import { type Owner, signInAsOwner } from './support/owner.ts';
import { type ScimClient, scimClient } from './support/scim-client.ts';
import { openPage, shown } from './support/watched-page.ts';

const DAY = 86_400_000;
const skipped = chromiumPath === undefined ? `: ${chromiumMissing}` : '';

/** Each state has an account of its own, in the database of one running server. */
describe.skipIf(chromiumPath === undefined)(`The SCIM page${skipped}`, () => {
  const folder = demoFolder();
  let demo: DemoProcess;
  let browser: Browser;
  let database: Database;
  let account: SeededAccount;
  let owner: Owner;
  let send: ScimClient;
  let page: Page;

  beforeAll(async () => {
    [demo, browser] = await Promise.all([startDemo(folder.path), launchChromium()]);
    database = await openDatabase({ url: `sqlite:${join(folder.path, 'rollcall.db')}` });
  });

  afterEach(() => page.context().close());

  afterAll(async () => {
    await browser?.close();
    await database?.close();
    await demo?.stop();
    folder.remove();
  });

  async function signIn(ownerEmail: string): Promise<void> {
    const { consoleUrl } = demo.line;
    owner = await signInAsOwner({ consoleUrl, ownerEmail, ownerPassphrase: passphrase });
    ({ page } = await openPage(browser, consoleUrl, owner));
  }

  /** An account in a state, and its owner's browser. */
  async function seed(options: SeedOptions = {}): Promise<void> {
    account = await seedAccount(database, { at: Date.now() - DAY, ...options });
    const { directoryId, token } = account;
    send = scimClient(`${demo.line.consoleUrl}/scim/${directoryId}/v2`, token);
    await signIn(account.ownerEmail);
  }

  /** A person of the account's verified domain. */
  const person = (name: string) => {
    const userName = `${name}@${account.domain}`;
    return oktaUser(name, { userName, emails: [{ primary: true, value: userName, type: 'work' }] });
  };

  async function open(): Promise<void> {
    await page.goto(`${demo.line.consoleUrl}/app/enterprise/scim`);
    await shown(page);
  }

  /** Waits until the page says all of these. */
  async function says(...texts: (string | RegExp)[]): Promise<void> {
    for (const text of texts) {
      await page.getByText(text).filter({ visible: true }).first().waitFor();
    }
  }

  async function endTokenAt(expiresAt: number): Promise<void> {
    await database.write((tx) =>
      tx.query
        .updateTable('connector_tokens')
        .set({ expires_at: expiresAt })
        .where('id', '=', account.tokenId)
        .execute(),
    );
  }

  /** Waits until the use of the token is written down: that comes in batches, after the answers. */
  async function tokenNoted(): Promise<void> {
    const lastUse = () =>
      database.read.query
        .selectFrom('connector_tokens')
        .select('last_used_at')
        .where('id', '=', account.tokenId)
        .executeTakeFirstOrThrow();
    await expect.poll(lastUse, { timeout: 10_000 }).not.toEqual({ last_used_at: null });
  }

  it('is not for members: no menu entry, and its URL says whom to ask', async () => {
    await seed({ ownerName: 'Mira Sample' });
    const { email } = await seedMember(database, account.accountId, { at: Date.now() });
    await page.context().close();
    await signIn(email);
    await open();
    await says('You have no permission for this page', /Mira Sample/);
    const navigation = page.getByRole('navigation', { name: 'Pages' });
    expect(await navigation.getByRole('link', { name: 'Home' }).count()).toBe(1);
    expect(await navigation.getByRole('link', { name: 'SCIM' }).count()).toBe(0);
  });

  it.each<[string, SeedOptions, string, string]>([
    ['Plan', { plan: 'essentials' }, 'SCIM is part of the Enterprise plan.', 'Plan & billing'],
    [
      'Verified domain',
      { domain: null },
      "Verify the domain of your people's e-mail addresses.",
      'Domains',
    ],
    [
      'SSO',
      { sso: false },
      'People whom SCIM creates sign in through your IdP, so connect it first.',
      'SSO',
    ],
  ])(
    'off without %s: the toggle says why it does not move, and where to go',
    async (name, options, why, link) => {
      await seed({ provider: null, ...options });
      await open();
      const toggle = page.getByRole('switch', { name: 'SCIM is off' });
      expect(await toggle.getAttribute('aria-disabled')).toBe('true');
      const reason = page.locator(`#${await toggle.getAttribute('aria-describedby')}`);
      expect(await reason.textContent()).toContain(`Still missing: ${name}.`);
      await toggle.click({ force: true });
      expect(await page.getByRole('dialog').count()).toBe(0);
      const line = page.getByRole('listitem').filter({ hasText: why });
      await line.getByRole('link', { name: link }).waitFor();
    },
  );

  it('off and ready: the toggle, and what will happen', async () => {
    await seed({ provider: null });
    await open();
    const toggle = page.getByRole('switch', { name: 'SCIM is off' });
    expect(await toggle.getAttribute('aria-disabled')).toBeNull();
    await says(
      'Your IdP will be the source of truth for the people and groups it sends. Nobody who is in Insomnia today is removed.',
    );
  });

  it('on and waiting: the Set-up tab is open and waits for the first request', async () => {
    await seed();
    await open();
    await page.waitForURL(`**/scim/${account.directoryId}/setup`);
    await says(/waits for the first request/i, /What has arrived/);
  });

  it('on and healthy: last request, people, groups and no failure, then a link to the one there is', async () => {
    await seed();
    await endTokenAt(Date.now() + 300 * DAY);
    await send('POST', '/Users', person('ada'));
    await send('POST', '/Groups', group('Sales'));
    await tokenNoted();
    await open();
    await page.waitForURL(`**/scim/${account.directoryId}/overview`);
    const status = page.getByRole('region', { name: 'Status' });
    await status.getByText('Healthy').waitFor();
    for (const fact of [
      /Token valid until/,
      /Last request/,
      /People\s*1/,
      /Groups\s*1/,
      /Failures in 24 h\s*0/,
    ]) {
      await expect.poll(() => status.textContent()).toMatch(fact);
    }
    await send('GET', '/Users/nobody');
    await status.getByRole('link', { name: '1', exact: true }).click();
    await page.waitForURL('**/requests?*outcome=refused*');
    await says('Read user');
  });

  it('on, and most of what comes is refused: how many, and the way into the log', async () => {
    await seed();
    await endTokenAt(Date.now() + 300 * DAY);
    await send('POST', '/Users', person('ada'));
    for (let times = 0; times < 10; times += 1) await send('GET', '/Users/nobody');
    await tokenNoted();
    await open();
    const status = page.getByRole('region', { name: 'Status' });
    await status.getByText('Many requests are refused').waitFor();
    await says('10 of 11 requests in 24 hours were refused.');
    await page.getByRole('link', { name: 'See requests' }).click();
    await page.waitForURL('**/requests?*outcome=refused*');
  });

  it('on with a token that expires: when, what then, and Refresh Token', async () => {
    await seed();
    await send('POST', '/Users', person('ada'));
    await endTokenAt(Date.now() + 12 * DAY);
    await open();
    await says(
      /^The connector token expires in 12 days \(\d+ [A-Z][a-z]{2} \d{4}\)\.$/,
      'After that new people are not provisioned and people who leave keep their access.',
    );
    await page.getByRole('button', { name: 'Refresh Token' }).first().waitFor();
  });

  it('Refresh Token and turning off ask for the passphrase, and say when it is not right', async () => {
    await seed();
    await endTokenAt(Date.now() + 12 * DAY);
    await open();
    const dialog = page.getByRole('dialog');
    await page.getByRole('button', { name: 'Refresh Token' }).first().click();
    await dialog.getByRole('button', { name: 'Generate' }).click();
    await dialog.getByText('Type your passphrase.').waitFor();
    await dialog.getByLabel('Passphrase').fill('not the passphrase');
    await dialog.getByRole('button', { name: 'Generate' }).click();
    await dialog.getByText('That passphrase is not right.').waitFor();
    await dialog.getByLabel('Passphrase').fill(passphrase);
    await dialog.getByRole('button', { name: 'Generate' }).click();
    await dialog.getByLabel('I have stored the token').check();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('switch', { name: 'SCIM is on' }).click();
    await dialog.getByLabel('Passphrase').fill(passphrase);
    await dialog.getByRole('button', { name: 'Turn SCIM off' }).click();
    await says('SCIM is off');
  });

  it('on with an expired token: since when, and how many requests were refused since', async () => {
    await seed();
    await endTokenAt(Date.now() - DAY / 2);
    expect((await send('GET', '/Users')).status).toBe(401);
    expect((await send('POST', '/Users', person('ada'))).status).toBe(401);
    await open();
    await says(
      /^Provisioning has stopped: the token expired on \d+ [A-Z][a-z]{2} \d{4}\.$/,
      '2 requests were refused since.',
    );
    await page.getByRole('button', { name: 'Refresh Token' }).first().waitFor();
  });

  it('on and out of seats: how many wait, who, and where seats come from', async () => {
    await seed({ seats: 3 });
    for (const name of ['ada', 'ben', 'cleo', 'dan']) await send('POST', '/Users', person(name));
    await open();
    await says('2 people wait for a seat.', 'They get one, in order, as soon as there is one.');
    await page.getByRole('link', { name: 'Plan & billing' }).last().waitFor();
    await page.getByRole('link', { name: 'See who' }).click();
    await page.waitForURL('**/people?**');
    // The overview, which names everybody, may still stand while the list is on its way.
    await page.getByRole('link', { name: 'Ada Byron' }).first().waitFor({ state: 'detached' });
    await says('Cleo Byron', 'Dan Byron');
  });

  it('on and silent: for how long, and what to check in Okta', async () => {
    await seed();
    await send('POST', '/Users', person('ada'));
    await tokenNoted();
    await database.write((tx) =>
      tx.query
        .updateTable('connector_tokens')
        .set({ last_used_at: Date.now() - 9 * DAY })
        .where('id', '=', account.tokenId)
        .execute(),
    );
    await open();
    await says(/^Okta has sent nothing for 9 days; usually it is hours\.$/, /In Okta check that/);
  });

  it.each([
    ['Plan', 'Plan & billing', () => set('accounts', { plan: 'essentials' })],
    ['Verified domain', 'Domains', () => set('domains', { state: 'lapsed' })],
    ['SSO', 'SSO', () => set('sso_connections', { state: 'draft' })],
  ])('on and lapsed when %s went: what went, and what still works', async (name, link, lapse) => {
    await seed();
    const { body } = await send('POST', '/Users', person('ada'));
    await lapse();
    expect((await send('POST', '/Users', person('ben'))).status).toBe(403);
    expect((await send('DELETE', `/Users/${body.id}`)).status).toBe(204);
    await open();
    await says(new RegExp(`^${name} has lapsed`), 'Okta can still remove people, but add nobody.');
    await page.getByRole('main').getByRole('link', { name: link }).first().waitFor();
  });

  it('off again: what was kept, and a way back that keeps the connector URL', async () => {
    await seed();
    await send('POST', '/Users', person('ada'));
    const path = `/accounts/${account.accountId}/directories/${account.directoryId}`;
    const { connectorUrl } = await owner.call('GET', path);
    await owner.call('POST', `${path}/disable`, { people: 'keep' });
    await open();
    await says('SCIM is off', /Kept: what 1 person and 0 groups looked like/);
    expect(await page.getByRole('textbox', { name: 'Connector URL' }).textContent()).toBe(
      connectorUrl,
    );
    await page.getByRole('button', { name: 'Turn on again' }).click();
    await page
      .getByRole('dialog')
      .getByRole('radio', { name: /^1 year/ })
      .waitFor();
  });

  /** Changes a row of the account as the end of a plan, a domain or a connection does. */
  function set(
    table: 'accounts' | 'domains' | 'sso_connections',
    values: object,
  ): Promise<unknown> {
    const key = table === 'accounts' ? 'id' : 'account_id';
    return database.write((tx) =>
      tx.query
        .updateTable(table as 'domains')
        .set(values)
        .where(key as 'id', '=', account.accountId)
        .execute(),
    );
  }
});
