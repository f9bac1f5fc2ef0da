import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { group, oktaUser, patch } from '../apps/server/test/scim/bodies.ts';
import { chromiumMissing, chromiumPath, launchChromium } from './support/chromium.ts';
import { type DemoProcess, demoFolder, startDemo } from './support/demo.ts';
import { type Owner, signInAsOwner } from './support/owner.ts';
import { scimClient } from './support/scim-client.ts';
import { StandIn } from './support/stand-in.ts';
import {
  accessibilityFaults,
  openPage,
  settled,
  shown,
  sidewaysScroll,
  type WatchedPage,
} from './support/watched-page.ts';

/** Where things are that a page can be about. */
interface Ids {
  readonly draftId: string;
  readonly domainId: string;
  readonly connectionId: string;
  readonly directoryId: string;
  readonly recordId: string;
  readonly groupId: string;
  readonly teamId: string;
  readonly userId: string;
  readonly longTeamId: string;
  readonly longUserId: string;
  readonly longRecordId: string;
  readonly refusedId: string;
  readonly changedId: string;
  readonly eventId: string;
}

const directory = ({ directoryId }: Ids) => `/app/enterprise/scim/${directoryId}`;

/** Every page of the console with a session, and every drawer. */
const pages: readonly { name: string; path: (ids: Ids) => string; text: RegExp }[] = [
  { name: 'Home', path: () => '/app/home', text: /seats/i },
  { name: 'Organizations', path: () => '/app/organizations', text: /organization/ },
  { name: 'Profile', path: () => '/app/profile', text: /mira\.sample@example\.com/ },
  { name: 'Plan & billing', path: () => '/app/billing', text: /1,000,000/ },
  { name: 'Domains', path: () => '/app/enterprise/domains/list', text: /example\.com/ },
  {
    name: 'a domain that waits for its record',
    path: ({ domainId }) => `/app/enterprise/domains/${domainId}`,
    text: /does not exist yet/,
  },
  {
    name: 'the unclaimed accounts of a domain',
    path: ({ domainId }) => `/app/enterprise/domains/${domainId}/unclaimed`,
    text: /There is nobody/,
  },
  { name: 'Invites', path: () => '/app/enterprise/invite', text: /outsider@elsewhere\.example/ },
  { name: 'SSO', path: () => '/app/enterprise/sso/list', text: /Stand-in IdP/ },
  {
    name: 'a new SSO connection',
    path: () => '/app/enterprise/sso/new',
    text: /example\.com/,
  },
  {
    name: 'an SSO connection',
    path: ({ connectionId }) => `/app/enterprise/sso/${connectionId}`,
    text: /CN=Stand-in IdP/,
  },
  {
    name: 'an SSO connection that waits for its IdP',
    path: ({ draftId }) => `/app/enterprise/sso/${draftId}`,
    text: /login\.microsoftonline\.com/,
  },
  { name: 'SCIM, Overview', path: (ids) => `${directory(ids)}/overview`, text: /Okta/ },
  { name: 'SCIM, Set-up', path: (ids) => `${directory(ids)}/setup`, text: /What has arrived/ },
  {
    name: 'SCIM, Set-up for Entra',
    path: (ids) => `${directory(ids)}/setup?idp=entra`,
    text: /Tenant URL/,
  },
  { name: 'SCIM, People', path: (ids) => `${directory(ids)}/people`, text: /Grace Byron/ },
  {
    name: 'a person of the directory',
    path: (ids) => `${directory(ids)}/people?person=${ids.recordId}`,
    text: /Grace Byron/,
  },
  { name: 'SCIM, Groups', path: (ids) => `${directory(ids)}/groups`, text: /Platform Team/ },
  {
    name: 'a group of the directory',
    path: (ids) => `${directory(ids)}/groups?group=${ids.groupId}`,
    text: /Platform Team/,
  },
  { name: 'SCIM, Requests', path: (ids) => `${directory(ids)}/requests`, text: /Create user/ },
  {
    name: 'a refused request',
    path: (ids) => `${directory(ids)}/requests?request=${ids.refusedId}`,
    text: /What to change/,
  },
  {
    name: 'a request that changed something',
    path: (ids) => `${directory(ids)}/requests?request=${ids.changedId}`,
    text: /What happened/,
  },
  {
    name: 'SCIM, Requests without any',
    path: (ids) => `${directory(ids)}/requests?search=zzzz`,
    text: /No request fits/,
  },
  { name: 'SCIM, Review', path: (ids) => `${directory(ids)}/review`, text: /Review/ },
  { name: 'SCIM, Settings', path: (ids) => `${directory(ids)}/settings`, text: /Token/ },
  { name: 'Teams', path: () => '/app/enterprise/team', text: /Platform Team/ },
  { name: 'a team', path: ({ teamId }) => `/app/enterprise/team/${teamId}`, text: /Platform Team/ },
  { name: 'Licenses', path: () => '/app/enterprise/licenses', text: /Grace Byron/ },
  {
    name: 'a person of the account',
    path: ({ userId }) => `/app/enterprise/licenses/${userId}`,
    text: /Effective access/,
  },
  {
    name: 'a person with a long name, in a team with one',
    path: ({ longUserId }) => `/app/enterprise/licenses/${longUserId}`,
    text: /Effective access/,
  },
  {
    name: 'a team with a long name',
    path: ({ longTeamId }) => `/app/enterprise/team/${longTeamId}`,
    text: /Hohenzollern/,
  },
  {
    name: 'a person of the directory with a long name',
    path: (ids) => `${directory(ids)}/people?person=${ids.longRecordId}`,
    text: /Hohenzollern/,
  },
  { name: 'Co-owners', path: () => '/app/enterprise/co-owners', text: /Mira Sample/ },
  { name: 'API keys', path: () => '/app/enterprise/api-keys', text: /No API key yet/ },
  { name: 'Audit', path: () => '/app/enterprise/audit', text: /Grace Byron/ },
  {
    name: 'an audit event',
    path: ({ eventId }) => `/app/enterprise/audit?event=${eventId}`,
    text: /Grace Byron/,
  },
  { name: 'a page that does not exist', path: () => '/app/enterprise/nothing', text: /./ },
];

/** Every page before sign-in, and the refusal that the browser itself notes in its console. */
const entryPages: readonly { name: string; path: string; text: RegExp; status?: number }[] = [
  { name: 'Sign in', path: '/sign-in', text: /Start with your work e-mail/ },
  { name: 'Sign up', path: '/sign-up', text: /proves it is yours/ },
  { name: 'a forgotten passphrase', path: '/sign-in/reset', text: /mailed a link/ },
  {
    name: 'a link to a new passphrase that does not work',
    path: '/sign-in/reset/used',
    text: /does not work any more/,
    status: 404,
  },
  {
    name: 'a link of a sign-up that does not work',
    path: '/sign-up/used',
    text: /does not work any more/,
    status: 404,
  },
  { name: 'a set-up link that was used', path: '/setup/used', text: /set up already/, status: 409 },
  {
    name: 'an invitation that does not work',
    path: '/invite/used',
    text: /does not work any more/,
    status: 404,
  },
];

/** Every page of the stand-in IdP. */
const standInPages: readonly { name: string; path: (ids: StandInIds) => string }[] = [
  { name: 'Dashboard and tasks', path: () => '/dashboard' },
  { name: 'People', path: () => '/people' },
  { name: 'a new person', path: () => '/people/new' },
  { name: 'a person', path: ({ personId }) => `/people/${personId}` },
  { name: 'Groups', path: () => '/groups' },
  { name: 'a group', path: ({ groupId }) => `/groups/${groupId}` },
  { name: 'General', path: () => '/app/general' },
  { name: 'General, while it is edited', path: () => '/app/general?edit=1' },
  { name: 'Sign On', path: () => '/app/sign-on' },
  { name: 'SAML', path: () => '/app/saml' },
  { name: 'SAML sign-in', path: () => '/app/saml/open' },
  { name: 'OIDC', path: () => '/app/oidc' },
  { name: 'Integration', path: () => '/app/provisioning/integration' },
  { name: 'To App', path: () => '/app/provisioning/to-app' },
  { name: 'To Okta', path: () => '/app/provisioning/to-okta' },
  { name: 'Import', path: () => '/app/import' },
  { name: 'Assignments', path: () => '/app/assignments' },
  { name: 'Push Groups', path: () => '/app/push-groups' },
  { name: 'what it sends otherwise', path: () => '/app/advanced' },
  { name: 'Requests', path: () => '/requests' },
];

interface StandInIds {
  readonly personId: string;
  readonly groupId: string;
}

const skipped = chromiumPath === undefined ? `: ${chromiumMissing}` : '';

describe.skipIf(chromiumPath === undefined)(`Every page of both consoles${skipped}`, () => {
  const folder = demoFolder();
  let demo: DemoProcess;
  let browser: Browser;
  let ids: Ids;
  let signedIn: WatchedPage;
  let stranger: WatchedPage;
  let atStandIn: WatchedPage;

  beforeAll(async () => {
    [demo, browser] = await Promise.all([
      startDemo(folder.path, '--provisioned'),
      launchChromium(),
    ]);
    const owner = await signInAsOwner(demo.line);
    ids = await live(demo, owner);
    signedIn = await openPage(browser, demo.line.consoleUrl, owner);
    stranger = await openPage(browser, demo.line.consoleUrl);
    atStandIn = await openPage(browser, demo.line.standInUrl);
  });

  afterAll(async () => {
    await browser?.close();
    await demo?.stop();
    folder.remove();
  });

  it.each(pages)('$name reads well, in both themes and at 320 px', async ({ path, text }) => {
    await expectGood(signedIn, path(ids), text);
  });

  it.each(entryPages)(
    '$name reads well, in both themes and at 320 px',
    async ({ path, text, status }) => {
      await expectGood(stranger, path, text, status);
    },
  );

  it.each([
    ['a request', (ids: Ids) => `${directory(ids)}/requests`, /[?&]request=/],
    ['a person', (ids: Ids) => `${directory(ids)}/people`, /[?&]person=/],
    ['a group', (ids: Ids) => `${directory(ids)}/groups`, /[?&]group=/],
    ['an audit event', () => '/app/enterprise/audit', /[?&]event=/],
    ['a user', () => '/app/enterprise/licenses', /\/licenses\/[0-9a-f-]+$/],
  ] as const)(
    'a click anywhere on the row of %s opens it, and selects text',
    async (_row, path, opened) => {
      const { page } = signedIn;
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.goto(demo.line.consoleUrl + path(ids));
      await shown(page);
      const row = page
        .getByRole('row')
        .filter({ has: page.locator('.row-link') })
        .first();
      const box = await row.boundingBox();
      const cell = await row.getByRole('cell').last().boundingBox();
      if (box === null || cell === null) throw new Error('the row is not drawn');
      // On the first line, of however many.
      const y = box.y + 16;
      await page.mouse.move(box.x + 4, y);
      await page.mouse.down();
      await page.mouse.move(cell.x + cell.width - 4, y, { steps: 5 });
      await page.mouse.up();
      expect(await page.evaluate('String(getSelection())')).not.toBe('');
      expect(page.url()).not.toMatch(opened);
      await page.evaluate('getSelection().removeAllRanges()');
      await page.mouse.click(cell.x + 2, box.y + 2);
      await page.waitForURL(opened);
    },
  );

  it('a team whose members all come from the IdP has no column of acts', async () => {
    const { page } = signedIn;
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.goto(`${demo.line.consoleUrl}/app/enterprise/team/${ids.longTeamId}`);
    await shown(page);
    const columns = await page.getByRole('columnheader').allTextContents();
    expect(columns).toEqual(['Name', 'Source', 'State']);
  });

  it('with the sidebar as a sheet at 360 px is without fault too', async () => {
    const { page, complaints } = signedIn;
    await page.setViewportSize({ width: 360, height: 780 });
    await page.goto(`${demo.line.consoleUrl}/app/home`);
    await shown(page);
    await page.getByRole('button', { name: 'Open menu' }).click();
    await page.getByRole('link', { name: 'Licenses' }).waitFor();
    await settled(page);
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it.each(standInPages)('of the stand-in, $name is without fault at 1280 px', async ({ path }) => {
    const { page, complaints } = atStandIn;
    const { standInUrl } = demo.line;
    const { people, groups } = await new StandIn(standInUrl).state();
    const answer = await page.goto(
      standInUrl + path({ personId: people[0]?.id ?? '', groupId: groups[0]?.id ?? '' }),
    );
    expect(answer?.status()).toBe(200);
    await shown(page);
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  /** In light and dark at 1280 px, at 360 and at 320 px. */
  async function expectGood(
    watched: WatchedPage,
    path: string,
    text: RegExp,
    refused?: number,
  ): Promise<void> {
    const { page, complaints } = watched;
    complaints.length = 0;
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await page.goto(demo.line.consoleUrl + path);
    await shown(page);
    await page.getByText(text).filter({ visible: true }).first().waitFor();
    const faults = { light: await accessibilityFaults(page), dark: [''], narrow: [''] };
    await page.emulateMedia({ colorScheme: 'dark' });
    await shown(page);
    faults.dark = await accessibilityFaults(page);
    const scrolls = {
      at360: await sidewaysScroll(page, 360, 780),
      at320: await sidewaysScroll(page, 320, 780),
    };
    faults.narrow = await accessibilityFaults(page);
    expect({ ...faults, ...scrolls }).toEqual({
      light: [],
      dark: [],
      narrow: [],
      at360: 0,
      at320: 0,
    });
    expect(complaints.filter((line) => !line.includes(`a status of ${refused}`))).toEqual([]);
  }
});

const outsider = oktaUser('outsider', {
  userName: 'outsider@elsewhere.example',
  emails: [{ primary: true, value: 'outsider@elsewhere.example' }],
});

/** As long as names and addresses come. */
const long = {
  userName: 'maximiliana.theodora.wilhelmina.featherstonehaugh-cholmondeley@example.com',
  team: 'Ground operations and winter readiness crew of the northern regional hubs, night',
};

const longUser = oktaUser('long', {
  userName: long.userName,
  emails: [{ primary: true, value: long.userName, type: 'work' }],
  displayName: 'Maximiliana Theodora Featherstonehaugh-Cholmondeley von Hohenzollern-Sigmaringen',
});

/** Makes what pages show: somebody who comes, changes, joins and goes, an outsider, and requests that are refused. */
async function live({ line }: DemoProcess, owner: Owner): Promise<Ids> {
  const { connectorUrl = '', token = '' } = line;
  const send = scimClient(connectorUrl, token);
  const { body: grace } = await send('POST', '/Users', oktaUser('grace'));
  const { body: groups } = await send('GET', '/Groups');
  const groupId = groups.Resources[0].id;
  const join = patch({ op: 'add', path: 'members', value: [{ value: grace.id }] });
  const rename = patch({ op: 'replace', path: 'title', value: 'Captain' });
  await send('PATCH', `/Groups/${groupId}`, join);
  await send('PATCH', `/Users/${grace.id}`, rename);
  const { body: longer } = await send('POST', '/Users', longUser);
  await send('POST', '/Groups', group(long.team, [longer.id]));
  await send('POST', '/Users', outsider);
  const standIn = new StandIn(line.standInUrl);
  const { people } = await standIn.state();
  await standIn.post(`/people/${people[0]?.id}/unassign`);
  await send('POST', '/Users', oktaUser('grace'));
  await send('GET', '/Users/nobody');
  await send('GET', '/Users?filter=userName eqq "grace"');
  await send('POST', '/Users', { schemas: outsider.schemas });
  await scimClient(connectorUrl, 'rollcall_scim_nobodyHasThisOne')('GET', '/Users');
  const found = await idsOf(owner, connectorUrl, grace.id);
  return { ...found, recordId: grace.id, longRecordId: longer.id, groupId };
}

async function idsOf(owner: Owner, connectorUrl: string, recordId: string) {
  const account = `/accounts/${owner.accountId}`;
  const directoryId = connectorUrl.split('/').at(-2) ?? '';
  const first = async (path: string, isIt: (item: Listed) => boolean = () => true) => {
    const { items }: { items: Listed[] } = await owner.call('GET', account + path);
    const item = items.find(isIt);
    return item?.id ?? item?.userId ?? '';
  };
  const requests = `/directories/${directoryId}/requests`;
  // Refused requests are logged off their path.
  const refusedId = await vi.waitFor(
    async () => {
      const id = await first(`${requests}?outcome=refused`, ({ status }) => status === 400);
      if (id === '') throw new Error('no refused request was logged');
      return id;
    },
    { timeout: 10_000 },
  );
  const sso = await owner.call('GET', `${account}/sso-connections`);
  const draft = await owner.call('POST', `${account}/sso-connections`, {
    name: 'Entra',
    protocol: 'oidc',
    domainIds: [await first('/domains')],
  });
  const domain = await owner.call('POST', `${account}/domains`, { name: 'cargo.example.com' });
  return {
    draftId: draft.id,
    domainId: domain.id,
    connectionId: sso.items[0].id,
    directoryId,
    refusedId,
    changedId: await first(`${requests}?outcome=changed`),
    teamId: await first('/teams', ({ name }) => name !== long.team),
    longTeamId: await first('/teams', ({ name }) => name === long.team),
    userId: await first('/licenses/users?search=grace'),
    longUserId: await first('/licenses/users?search=maximiliana'),
    eventId: await first('/audit-events', ({ subject }) => subject?.id === recordId),
  };
}

/** An item of any list; only what is looked at. */
interface Listed {
  readonly id?: string;
  readonly userId?: string;
  readonly name?: string;
  readonly status?: number;
  readonly subject?: { readonly id: string };
}
