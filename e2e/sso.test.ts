import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../apps/server/src/database/index.ts';
import { chromiumMissing, chromiumPath, launchChromium } from './support/chromium.ts';
import { type DemoProcess, demoFolder, startDemo } from './support/demo.ts';
import { openMailed } from './support/mail.ts';
import { type Owner, signInAsOwner } from './support/owner.ts';
import { StandIn } from './support/stand-in.ts';
import { accessibilityFaults, openPage } from './support/watched-page.ts';

const skipped = chromiumPath === undefined ? `: ${chromiumMissing}` : '';
const passphrase = 'a quiet evening over the hangar';
const tomsAddress = 'tom.sample@example.com';

/** One story: each step stands on the one before. */
describe.skipIf(chromiumPath === undefined)(`SSO by clicking${skipped}`, () => {
  const folder = demoFolder();
  let demo: DemoProcess;
  let browser: Browser;
  let owner: Owner;
  let rollcall: Page;
  let okta: Page;
  let complaints: readonly string[];

  beforeAll(async () => {
    [demo, browser] = await Promise.all([startDemo(folder.path), launchChromium()]);
    owner = await signInAsOwner(demo.line);
    const opened = await openPage(browser, demo.line.consoleUrl, owner);
    await opened.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    ({ page: rollcall, complaints } = opened);
    okta = await newBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await demo?.stop();
    folder.remove();
  });

  it('signs people in through OpenID Connect, once it is connected by four values and tested', async () => {
    await rollcall.goto(`${demo.line.consoleUrl}/app/enterprise/sso/list`);
    await rollcall.getByRole('link', { name: 'Create Connection' }).click();
    await rollcall.getByLabel('Name').fill('Okta OIDC');
    await rollcall.getByRole('radio', { name: /^OpenID Connect/ }).check();
    await rollcall.getByRole('button', { name: 'Continue' }).click();
    await rollcall.getByRole('heading', { level: 1, name: 'Okta OIDC' }).waitFor();
    await giveRedirectUrl();
    await takeClient();
    await rollcall.getByRole('button', { name: 'Create connection' }).click();
    await rollcall.getByRole('button', { name: 'Sign in as Tom Sample' }).click();
    await rollcall.getByText('Your OIDC connection has been successfully updated.').waitFor();
    await rollcall.getByText(`${tomsAddress} is nobody here yet`, { exact: false }).waitFor();
    expect(await accessibilityFaults(rollcall)).toEqual([]);
    const connection = new URL(rollcall.url()).pathname;

    const tom = await newBrowser();
    await goToIdp(tom, tomsAddress);
    await tom.getByRole('button', { name: 'Sign in as Tom Sample' }).click();
    await tom.waitForURL('**/app/home');
    const ben = await newBrowser();
    await goToIdp(ben, 'ben.sample@example.com');
    await ben.getByRole('button', { name: 'Sign in as Ben Sample' }).click();
    await ben.getByRole('heading', { name: 'Your company’s sign-in was not accepted' }).waitFor();

    await changeIssuer();
    const ines = await newBrowser();
    await goToIdp(ines, 'ines.example@example.com');
    await ines.getByRole('button', { name: 'Sign in as Ines Example' }).click();
    await ines.waitForURL('**/app/home');

    await rollcall.goto(demo.line.consoleUrl + connection);
    await rollcall.getByRole('row', { name: /^Ines Example.*Accepted/ }).waitFor();
    await rollcall.getByRole('row', { name: /^Tom Sample.*Accepted/ }).waitFor();
    const refused = rollcall.getByRole('row', { name: /Refused/ });
    await refused.getByText('User is not assigned to the client application.').waitFor();
    expect(complaints).toEqual([]);
  });

  it('keeps the focus in an option while it is saved', async () => {
    await openConnection(rollcall, 'Stand-in IdP');
    const joining = rollcall.getByRole('checkbox', { name: /^People join by signing in/ });
    const joins = await joining.isChecked();
    await joining.focus();
    await rollcall.keyboard.press('Space');
    expect(await joining.isChecked()).toBe(!joins);
    await rollcall.getByText('Saved.').filter({ visible: true }).first().waitFor();
    await rollcall.keyboard.press('Space');
    await expect.poll(() => joining.isChecked()).toBe(joins);
  });

  it('removes a certificate after its consequence was read, and never the last', async () => {
    const remove = rollcall.getByRole('button', { name: /^Remove the certificate / });
    expect(await remove.count()).toBe(0);
    const { certificate } = await new StandIn(demo.line.standInUrl).post('/saml/rotate');
    await rollcall.getByRole('button', { name: 'Add certificate…' }).click();
    const dialog = rollcall.getByRole('dialog');
    await dialog.getByLabel('Signing certificate').fill(String(certificate));
    await dialog.getByRole('button', { name: 'Add certificate' }).click();
    await expect.poll(() => remove.count()).toBe(2);
    // With one that nobody has signed in with, the connection would have to be tested again.
    await enterThroughIdp(await newBrowser());
    await remove.first().click();
    await dialog.getByText('are refused from now on', { exact: false }).waitFor();
    await dialog.getByRole('button', { name: 'Remove certificate' }).click();
    await expect.poll(() => remove.count()).toBe(0);
    await rollcall.getByRole('cell', { name: 'Added by hand' }).waitFor();
  });

  it('is enforced: passphrases are refused with the way to go, until it is released', async () => {
    const tom = await newBrowser();
    await setPassphrase(tom);
    await invite('ben.sample@example.com');
    await enforce();
    await lead(rollcall, 'Example Air takes your company’s sign-in alone');
    await tom.reload();
    await lead(tom, 'Example Air takes your company’s sign-in alone');

    const again = await newBrowser();
    await again.goto(`${demo.line.consoleUrl}/sign-in`);
    await enterAddress(again, tomsAddress);
    await again.waitForURL(`${idpUrl()}/oauth2/v1/authorize?**`);
    await enterByPassphrase(again, tomsAddress, passphrase);
    await again.getByText('sign in through its identity provider', { exact: false }).waitFor();
    await again.getByRole('link', { name: "Use your company's sign-in" }).click();
    await again.getByRole('button', { name: 'Sign in as Tom Sample' }).click();
    await again.waitForURL('**/app/home');
  });

  it('lets whoever was invited in by the same way, and asks for no passphrase', async () => {
    await assign('Ben Sample');
    const { page: ben, complaints } = await openPage(browser, demo.line.consoleUrl);
    await openMailed(ben, demo.line.mailUrl, /To ben\.sample@example\.com.*invites you/s);
    await ben.getByRole('heading', { name: 'Join Example Air' }).waitFor();
    expect(await ben.getByLabel('Passphrase').count()).toBe(0);
    expect(await accessibilityFaults(ben)).toEqual([]);
    await ben.getByRole('link', { name: 'Use your company’s sign-in' }).click();
    await ben.getByRole('button', { name: 'Sign in as Ben Sample' }).click();
    await ben.waitForURL('**/app/home');
    expect(complaints).toEqual([]);
    await openMailed(ben, demo.line.mailUrl, /To ben\.sample@example\.com.*invites you/s);
    await ben.getByRole('heading', { name: 'This invitation does not work any more' }).waitFor();
  });

  it('lets an owner pass who breaks the glass, audited, for its time alone', async () => {
    const mira = await newBrowser();
    await breakGlass(mira);
    await mira.getByRole('link', { name: 'Audit' }).first().click();
    await mira.getByText('sign in without SSO', { exact: false }).first().waitFor();
    await endGlass();
    await mira.reload();
    await lead(mira, 'Example Air takes your company’s sign-in alone');

    await breakGlass(mira);
    await openConnection(mira);
    await mira.getByText('Mira Sample can sign in without SSO').waitFor();
    await mira.getByRole('switch', { name: 'Enforce SSO for example.com' }).click();
    await mira.getByRole('button', { name: 'Stop enforcing' }).click();
    await mira.getByText('SSO is not enforced any more.').waitFor();
    const tom = await newBrowser();
    await enterByPassphrase(tom, tomsAddress, passphrase);
    await tom.waitForURL('**/app/home');
  });

  it.each([
    ['Stand-in IdP', 'saml'],
    ['Okta OIDC', 'oidc'],
  ])(
    'ends the sessions of a person when the IdP of the connection %s says so, by Universal Logout',
    async (connection, settings) => {
      const tom = await newBrowser();
      await enterByPassphrase(tom, tomsAddress, passphrase);
      await tom.waitForURL('**/app/home');
      await openConnection(rollcall, connection);
      const endpoint = await copied('Universal Logout endpoint');
      await okta.goto(`${idpUrl()}/app/${settings}`);
      await okta.getByLabel('Universal Logout endpoint').fill(endpoint);
      await okta.getByRole('button', { name: 'Save' }).click();
      await okta.getByRole('link', { name: 'People' }).click();
      await okta.getByRole('link', { name: 'Tom Sample' }).click();
      await okta.getByRole('button', { name: 'Clear user sessions' }).click();
      await okta.getByText('The sessions here and in the app ended.').waitFor();
      await tom.reload();
      await tom.waitForURL('**/sign-in?**');
    },
  );

  it('signs out at the IdP too, by Single Logout', async () => {
    await openConnection(rollcall, 'Stand-in IdP');
    const tom = await newBrowser();
    const start = await enterThroughIdp(tom);
    await tom.getByRole('button', { name: /^Tom Sample, / }).click();
    await tom.getByRole('menuitem', { name: 'Sign out' }).click();
    await tom.waitForURL('**/sign-in');
    // There is no session at the IdP either, which would let him in without a question.
    await tom.goto(start);
    await tom.getByRole('button', { name: 'Sign in as Tom Sample' }).waitFor();
  });

  /** Somebody signs in through the connection that is open; its address for that. */
  async function enterThroughIdp(person: Page): Promise<string> {
    const start = rollcall.url().replace('/app/enterprise/sso/', '/sso/start/');
    await person.goto(start);
    await person.getByRole('button', { name: 'Sign in as Tom Sample' }).click();
    await person.waitForURL('**/app/home');
    return start;
  }

  async function newBrowser(): Promise<Page> {
    return (await openPage(browser, demo.line.consoleUrl)).page;
  }

  /** *Redirect URL* is copied into Okta's *Sign-in redirect URIs*, and somebody is assigned. */
  async function giveRedirectUrl(): Promise<void> {
    await okta.goto(`${idpUrl()}/app/oidc`);
    await okta.getByLabel('Sign-in redirect URIs').fill(await copied('Redirect URL'));
    await okta.getByRole('button', { name: 'Save' }).click();
    await okta.getByText('OIDC settings saved.').waitFor();
    expect(await accessibilityFaults(okta)).toEqual([]);
    await assign('Tom Sample');
  }

  async function assign(person: string): Promise<void> {
    await okta.goto(`${idpUrl()}/app/oidc`);
    await okta.getByRole('link', { name: 'Assignments' }).click();
    await okta.getByRole('link', { name: 'Assign to People' }).click();
    await okta.getByRole('button', { name: `Assign ${person}` }).click();
  }

  async function invite(address: string): Promise<void> {
    await rollcall.goto(`${demo.line.consoleUrl}/app/enterprise/invite`);
    await rollcall.getByRole('button', { name: 'Invite…' }).click();
    const dialog = rollcall.getByRole('dialog');
    await dialog.getByLabel('E-mail').fill(address);
    await dialog.getByRole('button', { name: 'Invite' }).click();
    await dialog.waitFor({ state: 'detached' });
  }

  /** What the copy button of a value brings. */
  async function copied(value: string): Promise<string> {
    await rollcall.getByRole('button', { name: `Copy ${value}`, exact: true }).click();
    return String(await rollcall.evaluate('navigator.clipboard.readText()'));
  }

  /** Issuer, client ID and client secret come back. */
  async function takeClient(): Promise<void> {
    await okta.goto(`${idpUrl()}/app/oidc`);
    for (const label of ['Issuer', 'Client ID', 'Client secret']) {
      const value = await okta.locator(`dt:text-is("${label}") + dd`).textContent();
      await rollcall.getByLabel(label).fill(value ?? '');
    }
  }

  /** A new key signs, the ID token tells no more than who it is, and somebody else is assigned. */
  async function changeIssuer(): Promise<void> {
    const standIn = new StandIn(demo.line.standInUrl);
    const { people } = await standIn.state();
    const ines = people.find(({ profile }) => profile.login === 'ines.example@example.com');
    await standIn.post(`/people/${ines?.id}/assign`);
    await standIn.post('/oidc/rotate');
    await standIn.post('/oidc', { thinIdToken: true });
  }

  /** E-mail first, then the company's sign-in. */
  async function goToIdp(page: Page, address: string): Promise<void> {
    await page.goto(`${demo.line.consoleUrl}/sign-in`);
    await enterAddress(page, address);
    await page.getByRole('link', { name: "Use your company's sign-in" }).click();
    await page.waitForURL(`${idpUrl()}/oauth2/v1/authorize?**`);
  }

  async function enterAddress(page: Page, address: string): Promise<void> {
    await page.getByLabel('E-mail').fill(address);
    await page.getByRole('button', { name: 'Continue' }).click();
  }

  async function enterByPassphrase(page: Page, address: string, secret: string): Promise<void> {
    await page.goto(`${demo.line.consoleUrl}/sign-in?with=passphrase`);
    await enterAddress(page, address);
    await page.getByLabel('Passphrase').fill(secret);
    await page.getByRole('button', { name: 'Sign in' }).click();
  }

  /** Somebody who came through the IdP sets a passphrase by mail. */
  async function setPassphrase(page: Page): Promise<void> {
    await page.goto(`${demo.line.consoleUrl}/sign-in`);
    await enterAddress(page, tomsAddress);
    await page.getByRole('link', { name: 'Forgot your passphrase?' }).click();
    await page.getByRole('button', { name: 'Send the link' }).click();
    await openMailed(page, demo.line.mailUrl, /To tom\.sample@example\.com/);
    await page.getByLabel('Passphrase').fill(passphrase);
    await page.getByRole('button', { name: 'Set passphrase' }).click();
    await page.waitForURL('**/app/home');
  }

  async function openConnection(page: Page, name = 'Okta OIDC'): Promise<void> {
    await page.goto(`${demo.line.consoleUrl}/app/enterprise/sso/list`);
    await page.getByRole('link', { name }).click();
    await page.getByRole('heading', { level: 1, name }).waitFor();
  }

  /** The owner is one of these people, so she comes through it herself first. */
  async function enforce(): Promise<void> {
    await openConnection(rollcall);
    const toggle = rollcall.getByRole('switch', { name: 'Enforce SSO for example.com' });
    await toggle.click();
    const dialog = rollcall.getByRole('dialog');
    await dialog.getByText('3 people have an address in example.com', { exact: false }).waitFor();
    await dialog.getByText('have not come through Okta OIDC yet', { exact: false }).waitFor();
    expect(await accessibilityFaults(rollcall)).toEqual([]);
    await hireOwner();
    await dialog.getByRole('button', { name: 'Test sign-in' }).click();
    await rollcall.getByRole('button', { name: 'Sign in as Mira Sample' }).click();
    await rollcall.getByText(`${demo.line.ownerEmail} is Mira Sample here.`).waitFor();
    await toggle.click();
    await dialog.getByText('you get in through Okta OIDC alone', { exact: false }).waitFor();
    await dialog.getByRole('button', { name: 'Enforce SSO' }).click();
  }

  /** The owner is known to the IdP too, which forgets who was signed in there before. */
  async function hireOwner(): Promise<void> {
    const standIn = new StandIn(demo.line.standInUrl);
    const email = demo.line.ownerEmail;
    const profile = { firstName: 'Mira', lastName: 'Sample', login: email, email };
    const { id } = await standIn.post('/people', { profile });
    await standIn.post(`/people/${id}/assign`);
    await rollcall.context().clearCookies({ name: 'stand-in-session' });
  }

  /** The page that says why an account is closed, and the way in. */
  async function lead(page: Page, reason: string): Promise<void> {
    await page.waitForURL('**/no-access');
    await page.getByText(reason).waitFor();
    await page.getByText('Use your company’s sign-in').waitFor();
  }

  /** The operator's command, and the address that it prints, walked by the owner. */
  async function breakGlass(page: Page): Promise<void> {
    const { ownerEmail = '', ownerPassphrase = '' } = demo.line;
    const who = ['--account', owner.accountId, '--email', ownerEmail];
    const { url } = await demo.rollcall('break-glass', ...who, '--reason', 'Okta is down');
    expect(url).toBe(`${demo.line.consoleUrl}/sign-in?with=passphrase`);
    await page.context().clearCookies();
    await enterByPassphrase(page, ownerEmail, ownerPassphrase);
    await page.waitForURL('**/app/home');
  }

  /** Its time passes. */
  async function endGlass(): Promise<void> {
    const database = await openDatabase({ url: `sqlite:${join(folder.path, 'rollcall.db')}` });
    await database.write((tx) =>
      tx.query
        .updateTable('break_glass')
        .set({ until: Date.now() - 1 })
        .execute(),
    );
    await database.close();
  }

  /** The stand-in by its other name, so that it is another site to the browser. */
  const idpUrl = () => demo.line.standInUrl.replace('127.0.0.1', 'localhost');
});
