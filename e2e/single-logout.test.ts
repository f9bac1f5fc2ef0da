import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumMissing, chromiumPath, launchChromium } from './support/chromium.ts';
import { type DemoProcess, demoFolder, startDemo } from './support/demo.ts';
import { type Owner, signInAsOwner } from './support/owner.ts';
import { StandIn } from './support/stand-in.ts';
import { accessibilityFaults, openPage } from './support/watched-page.ts';

const skipped = chromiumPath === undefined ? `: ${chromiumMissing}` : '';

describe.skipIf(chromiumPath === undefined)(`Single Logout from the IdP${skipped}`, () => {
  const folder = demoFolder();
  let demo: DemoProcess;
  let browser: Browser;
  let owner: Owner;
  let startUrl: string;

  beforeAll(async () => {
    [demo, browser] = await Promise.all([startDemo(folder.path), launchChromium()]);
    owner = await signInAsOwner(demo.line);
    const connections = `/accounts/${owner.accountId}/sso-connections`;
    const [{ id }] = (await owner.call('GET', connections)).items;
    startUrl = `${demo.line.consoleUrl}/sso/start/${id}`;
    // Its addresses by its other name, so that it is another site to the browser.
    const metadataUrl = `${idpUrl()}/app/saml/metadata`;
    await owner.call('PATCH', `${connections}/${id}`, { saml: { metadataUrl } });
    const standIn = new StandIn(demo.line.standInUrl);
    const { people } = await standIn.state();
    const tom = people.find(({ profile }) => profile.login === 'tom.sample@example.com');
    await standIn.post(`/people/${tom?.id}/assign`);
    // With other addresses it has to be tested again.
    const { page } = await openPage(browser, demo.line.consoleUrl, owner);
    await page.goto(`${startUrl}?test=1`);
    await page.getByRole('button', { name: 'Sign in as Tom Sample' }).click();
    await page.waitForURL('**/app/enterprise/sso/**');
  });

  afterAll(async () => {
    await browser?.close();
    await demo?.stop();
    folder.remove();
  });

  it.each(['HTTP POST', 'HTTP REDIRECT'])(
    'ends the session that this browser has here, in a hidden frame, by %s',
    async (binding) => {
      const okta = await newBrowser();
      await chooseBinding(okta, binding);
      const [here, elsewhere] = [await signedIn(), await signedIn()];
      const idp = await here.context().newPage();
      await idp.goto(`${idpUrl()}/app/saml`);
      await idp.getByRole('button', { name: 'Sign out of the stand-in' }).click();
      await idp.getByRole('heading', { name: 'Signed out at the stand-in' }).waitFor();
      const answer = idp.frameLocator('iframe').getByText('Insomnia answered Success');
      await answer.waitFor({ state: 'attached' });
      await here.reload();
      await here.waitForURL('**/sign-in?**');
      // Another browser of the same person goes on.
      await elsewhere.reload();
      await elsewhere.getByRole('button', { name: /^Tom Sample, / }).waitFor();
      // The IdP asks again who it is.
      await here.goto(startUrl);
      await here.getByRole('button', { name: 'Sign in as Tom Sample' }).waitFor();
    },
  );

  async function newBrowser(): Promise<Page> {
    return (await openPage(browser, demo.line.consoleUrl)).page;
  }

  async function signedIn(): Promise<Page> {
    const page = await newBrowser();
    await page.goto(startUrl);
    await page.getByRole('button', { name: 'Sign in as Tom Sample' }).click();
    await page.waitForURL('**/app/home');
    return page;
  }

  /** SAML Settings: *Logout request URL* is what the console gives as Single Logout URL. */
  async function chooseBinding(okta: Page, binding: string): Promise<void> {
    await okta.goto(`${idpUrl()}/app/saml`);
    const single = await okta.getByLabel('Single Logout URL').inputValue();
    expect(single).toMatch(/\/sso\/saml\/[^/]+\/logout$/);
    await okta.getByLabel('Logout request URL').fill(single);
    await okta.getByLabel('Logout request binding').selectOption(binding);
    await okta.getByRole('button', { name: 'Save' }).click();
    await okta.getByText('SAML settings saved.').waitFor();
    expect(await accessibilityFaults(okta)).toEqual([]);
  }

  const idpUrl = () => demo.line.standInUrl.replace('127.0.0.1', 'localhost');
});
