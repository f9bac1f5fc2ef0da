import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumMissing, chromiumPath, launchChromium } from './support/chromium.ts';
import { type DemoProcess, demoFolder, startDemo } from './support/demo.ts';

const size = { viewport: { width: 1280, height: 900 } };

const passphrase = 'a quiet evening over the hangar';

/**
 * The how-to, clicked from the set-up link to the first deactivation, in both consoles. One story: each step stands on the
 * one before.
 */
describe.skipIf(chromiumPath === undefined)(
  `The how-to by clicking${chromiumPath === undefined ? `: ${chromiumMissing}` : ''}`,
  () => {
    const folder = demoFolder();
    let demo: DemoProcess;
    let browser: Browser;
    let rollcall: Page;
    let okta: Page;
    let connectorUrl: string;
    let token: string;
    const complaints: string[] = [];

    beforeAll(async () => {
      demo = await startDemo(folder.path, '--fresh');
      browser = await launchChromium();
      const context = await browser.newContext(size);
      await context.grantPermissions(['clipboard-read', 'clipboard-write']);
      rollcall = await context.newPage();
      // A context of its own: a page behind another draws once a second.
      okta = await (await browser.newContext(size)).newPage();
      for (const page of [rollcall, okta]) {
        page.setDefaultTimeout(15_000);
        page.on('pageerror', (error) => complaints.push(error.message));
        page.on('console', (message) => {
          if (/Content Security Policy/.test(message.text())) complaints.push(message.text());
        });
      }
    });

    afterAll(async () => {
      await browser?.close();
      await demo?.stop();
      folder.remove();
    });

    test('leads from the set-up link to the first user, team and deactivation', async () => {
      await makeOwner();
      await enterActivationCode();
      await proveDomain();
      await connectSso();
      await turnScimOn();
      await configureOkta();
      await assignPerson();
      await pushGroup();
      await unassignPerson();
      expect(complaints).toEqual([]);
    });

    /** The set-up link makes the owner and the account, and signs in. */
    async function makeOwner(): Promise<void> {
      await rollcall.goto(demo.line.setupUrl ?? '');
      await rollcall.getByLabel('Your name').fill('Olga Example');
      await rollcall.getByLabel('E-mail').fill('olga.example@example.com');
      await rollcall.getByLabel('Passphrase').fill(passphrase);
      await rollcall.getByLabel('Account name').fill('Example Air');
      await rollcall.getByRole('button', { name: /create/i }).click();
      await rollcall.getByRole('heading', { level: 1 }).waitFor();
      await expect.poll(() => rollcall.url()).toContain('/app/home');
    }

    /** An activation code brings the Enterprise plan. */
    async function enterActivationCode(): Promise<void> {
      const { code } = await demo.rollcall(
        'activation-code',
        '--seats',
        '50',
        '--plan-days',
        '365',
      );
      await rollcall.getByRole('link', { name: 'Plan & billing' }).first().click();
      await rollcall.getByRole('button', { name: /Enter Activation Code/ }).click();
      await rollcall.getByRole('dialog').getByRole('textbox').fill(String(code));
      await rollcall
        .getByRole('dialog')
        .getByRole('button', { name: /activate/i })
        .click();
      await rollcall.getByText('Enterprise', { exact: true }).first().waitFor();
    }

    /** The domain is proved by its record, which is added at the DNS provider. */
    async function proveDomain(): Promise<void> {
      await rollcall.getByRole('link', { name: 'Domains' }).first().click();
      await rollcall.getByRole('button', { name: 'New Domain' }).click();
      const dialog = rollcall.getByRole('dialog', { name: 'New Domain' });
      await dialog.getByLabel('Domain', { exact: true }).fill('example.com');
      await dialog.getByRole('button', { name: 'Create Domain' }).click();
      await rollcall.getByRole('heading', { level: 1, name: 'example.com' }).waitFor();
      await okta.goto(demo.line.dnsUrl);
      for (const [part, field] of [
        ['host', 'Host'],
        ['value', 'TXT value'],
      ] as const) {
        await rollcall.getByRole('button', { name: `Copy ${part}` }).click();
        const copied = await rollcall.evaluate('navigator.clipboard.readText()');
        await okta.getByLabel(field).fill(String(copied));
      }
      await okta.getByRole('button', { name: 'Add record' }).click();
      await rollcall.getByRole('button', { name: 'Verify Domain' }).click();
      await rollcall.getByText('Verified example.com.').waitFor();
    }

    /**
     * "Configure Okta SAML SSO": two values go there, sign-on URL, issuer and signing certificate come back, and a test
     * sign-in shows that it works. The stand-in is opened by its other name, so that it is another site to the browser.
     */
    async function connectSso(): Promise<void> {
      const idp = demo.line.standInUrl.replace('127.0.0.1', 'localhost');
      await rollcall.getByRole('link', { name: 'SSO' }).first().click();
      await rollcall.getByRole('link', { name: 'Create Connection' }).click();
      await rollcall.getByLabel('Name').fill('Okta');
      await rollcall.getByRole('button', { name: 'Continue' }).click();
      await rollcall.getByRole('heading', { level: 1, name: 'Okta' }).waitFor();
      await okta.goto(`${idp}/app/saml`);
      for (const [ours, theirs] of [
        ['SSO URL', 'Single sign-on URL'],
        ['Audience', 'Audience URI (SP Entity ID)'],
      ] as const) {
        const value = await textOf(rollcall.getByRole('textbox', { name: ours, exact: true }));
        await okta.getByLabel(theirs).fill(value);
      }
      expect(await textOf(givenBy('Name ID format'))).toBe('EmailAddress');
      expect(await textOf(givenBy('Application username'))).toBe('Email');
      expect(await textOf(givenBy('Update application username on'))).toBe('Create and update');
      expect(await okta.getByLabel(/^Attribute statement.*user\.email/).inputValue()).toBe('email');
      await okta.getByRole('button', { name: 'Save' }).click();
      await okta.getByText('SAML settings saved.').waitFor();
      await takeValues();
      await okta.getByRole('link', { name: 'Assignments' }).click();
      await okta.getByRole('link', { name: 'Assign to People' }).click();
      await okta.getByRole('button', { name: 'Assign Tom Sample' }).click();
      await okta.getByRole('link', { name: 'Done' }).click();

      await rollcall.getByRole('button', { name: 'Create connection' }).click();
      await rollcall.getByRole('button', { name: 'Sign in as Tom Sample' }).click();
      await rollcall.getByText('Your SAML connection has been successfully updated.').waitFor();
      expect(new URL(rollcall.url()).origin).toBe(demo.line.consoleUrl);
      await rollcall.getByText('Tested', { exact: true }).first().waitFor();
      await takeMetadata(idp);
      await signInThroughIdp();
      await signInFromTile(idp);
      await okta.getByRole('button', { name: 'Remove Tom Sample' }).click();
    }

    /** What stands under a label of Okta's. */
    function givenBy(label: string): Locator {
      return okta.locator(`dt:text-is("${label}") + dd`);
    }

    async function takeValues(): Promise<void> {
      await rollcall.getByRole('radio', { name: 'Values by hand' }).check();
      for (const label of ['Sign on URL', 'Issuer', 'Signing certificate']) {
        const value = await textOf(givenBy(label));
        await rollcall.getByRole('textbox', { name: label }).fill(value);
      }
    }

    /** The address of the metadata takes the place of the values, so that new certificates are fetched. */
    async function takeMetadata(idp: string): Promise<void> {
      await rollcall.getByRole('radio', { name: /^Metadata URL/ }).check();
      const field = rollcall.getByRole('textbox', { name: 'Metadata URL' });
      await field.fill(`${idp}/app/saml/metadata`);
      const tested = rollcall.waitForResponse(/\/sso\/finish\//);
      await rollcall.getByRole('button', { name: 'Save and test' }).click();
      await tested;
      await rollcall.getByText('Your SAML connection has been successfully updated.').waitFor();
      await rollcall.getByRole('cell', { name: 'Metadata', exact: true }).waitFor();
    }

    /** The tile on Okta's dashboard signs in too, without a request of ours. */
    async function signInFromTile(idp: string): Promise<void> {
      const context = await browser.newContext(size);
      const person = await context.newPage();
      await person.goto(`${idp}/app/saml`);
      await person.getByRole('link', { name: /^Open Insomnia/ }).click();
      await person.getByRole('button', { name: 'Sign in as Tom Sample' }).click();
      await expect.poll(() => person.url()).toBe(`${demo.line.consoleUrl}/app/home`);
      await context.close();
    }

    /** Somebody else's browser: e-mail first, then the company's sign-in, and in. */
    async function signInThroughIdp(): Promise<void> {
      const context = await browser.newContext(size);
      const person = await context.newPage();
      person.setDefaultTimeout(15_000);
      await person.goto(`${demo.line.consoleUrl}/sign-in`);
      await person.getByLabel('E-mail').fill('tom.sample@example.com');
      await person.getByRole('button', { name: 'Continue' }).click();
      await person.getByRole('link', { name: "Use your company's sign-in" }).click();
      expect(new URL(person.url()).hostname).toBe('localhost');
      await person.getByRole('button', { name: 'Sign in as Tom Sample' }).click();
      await expect.poll(() => person.url()).toContain('/app/home');
      await person.getByRole('heading', { level: 1 }).waitFor();
      await context.close();
    }

    /** The toggle leads through the dialog to connector URL and token, which are shown once. */
    async function turnScimOn(): Promise<void> {
      await rollcall.getByRole('link', { name: 'SCIM' }).first().click();
      await rollcall.getByRole('switch', { name: 'SCIM is off' }).click();
      const dialog = rollcall.getByRole('dialog');
      await dialog.getByRole('radio', { name: /^Okta/ }).check();
      await dialog.getByRole('button', { name: 'Continue' }).click();
      await dialog.getByRole('radio', { name: /^1 year/ }).check();
      await dialog.getByRole('button', { name: 'Generate' }).click();
      connectorUrl = await textOf(dialog.getByRole('textbox', { name: 'Connector URL' }));
      token = await textOf(dialog.getByRole('textbox', { name: 'Token' }));
      expect(connectorUrl).toMatch(/\/scim\/[a-z0-9-]+\/v2$/);
      const done = dialog.getByRole('button', { name: 'Done' });
      expect(await done.getAttribute('aria-disabled')).toBe('true');
      await dialog.getByLabel('I have stored the token in a safe place').check();
      await done.click();
      await rollcall.getByRole('tab', { name: /Set-up/ }).waitFor();
      expect(await rollcall.content()).not.toContain(token);
      await rollcall.reload();
      await rollcall.getByText('What has arrived').waitFor();
      expect(await rollcall.content()).not.toContain(token);
      expect(await rollcall.evaluate(kept)).not.toContain(token);
    }

    /** Okta is configured as the guide says, and its test passes. */
    async function configureOkta(): Promise<void> {
      await okta.goto(`${demo.line.standInUrl}/app/general`);
      await okta.getByRole('link', { name: 'Edit' }).click();
      await okta.getByLabel('Enable SCIM provisioning').check();
      await okta.getByRole('button', { name: 'Save' }).click();
      await okta.getByRole('link', { name: 'Provisioning' }).click();
      await okta.getByLabel('SCIM connector base URL').fill(connectorUrl);
      await okta.getByLabel('Unique identifier field for users').fill('email');
      for (const action of ['Push New Users', 'Push Profile Updates', 'Push Groups']) {
        await okta.getByLabel(action).check();
      }
      await okta.getByLabel('HTTP Header').check();
      await okta.getByLabel('Authorization').fill(token);
      await okta.getByRole('button', { name: 'Test Connector Configuration' }).click();
      await okta.getByText('Connector configured successfully').waitFor();
      await okta.getByRole('button', { name: 'Save' }).click();
      await okta.getByRole('link', { name: 'To App' }).click();
      await okta.getByRole('link', { name: 'Edit' }).click();
      for (const action of ['Create Users', 'Deactivate Users'])
        await okta.getByLabel(action).check();
      await okta.getByRole('button', { name: 'Save' }).click();
      await ticked('Connection tested');
    }

    /** An assigned person becomes a user, and the page ticks it off by itself. */
    async function assignPerson(): Promise<void> {
      await okta.getByRole('link', { name: 'Assignments' }).click();
      await okta.getByRole('link', { name: 'Assign to People' }).click();
      await okta.getByRole('button', { name: 'Assign Ada Example' }).click();
      await ticked('First user', 'Ada Example');
      await okta.getByRole('link', { name: 'Done' }).click();
    }

    /** A pushed group becomes a team with its members. */
    async function pushGroup(): Promise<void> {
      await okta.getByRole('link', { name: 'Push Groups' }).click();
      await okta.getByRole('link', { name: 'Find groups by name' }).click();
      await okta.getByRole('button', { name: 'Push Platform Team' }).click();
      await ticked('First group', 'Platform Team');
      // Okta sends the members in a request of their own, after the group.
      await okta.getByText('1 member').waitFor();
      await rollcall.getByRole('link', { name: 'Teams' }).first().click();
      await rollcall.getByRole('link', { name: 'Platform Team' }).click();
      await rollcall.getByRole('link', { name: 'Ada Example' }).waitFor();
    }

    /** The person holds a seat, until unassigning takes it at once. */
    async function unassignPerson(): Promise<void> {
      await rollcall.getByRole('link', { name: 'Licenses' }).first().click();
      await rollcall.getByRole('link', { name: 'Ada Example' }).waitFor();
      await okta.getByRole('link', { name: 'Assignments' }).click();
      await okta.getByRole('button', { name: 'Remove Ada Example' }).click();
      await rollcall.getByRole('link', { name: 'SCIM' }).first().click();
      await rollcall.getByRole('tab', { name: /Set-up/ }).click();
      await ticked('First deactivation', 'Ada Example');
    }

    /** Waits until *What has arrived* shows a milestone as done, without a reload. */
    async function ticked(milestone: string, subject?: string): Promise<void> {
      const line = rollcall.getByRole('listitem').filter({ hasText: milestone });
      await line.getByRole('link', subject === undefined ? {} : { name: subject }).waitFor();
    }
  },
);

async function textOf(locator: Locator): Promise<string> {
  return (await locator.textContent()) ?? '';
}

/** Whatever the browser keeps for the page. */
const kept = 'JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])';
