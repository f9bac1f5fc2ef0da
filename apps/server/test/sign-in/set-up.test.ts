import { beforeEach, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import { issueFirstSetupLink, issueSetupLink } from '../../src/domain/accounts/index.ts';
import { day } from '../../src/duration.ts';
import { TestBrowser } from '../support/browser.ts';
import { describeEachEngine } from '../support/databases.ts';
import { TestClock, testApp } from '../support/server.ts';

const owner = {
  name: 'Olivia Owner',
  email: 'olivia@example.com',
  passphrase: 'seven quiet harbors',
  accountName: 'Example',
};

describeEachEngine('The set-up link', (databases) => {
  let database: Database;
  let clock: TestClock;
  let browser: TestBrowser;

  beforeEach(async () => {
    database = await databases.open();
    clock = new TestClock();
    browser = new TestBrowser(testApp(database, { now: clock.now }));
  });

  const issue = async () => {
    const { code } = await database.write((tx) => issueSetupLink(tx, clock.time));
    return code;
  };

  it('makes the owner and the account, and signs in with a fresh factor', async () => {
    const code = await issue();
    expect((await browser.get('/product')).body).toMatchObject({ setUp: false });
    expect(await browser.get(`/setup/${code}`)).toMatchObject({
      status: 200,
      body: { state: 'ready' },
    });
    const answer = await browser.post('/setup', { code, ...owner });
    expect(answer).toMatchObject({
      status: 201,
      body: { accounts: [{ name: 'Example', role: 'owner' }], user: { email: owner.email } },
    });
    expect(answer.body.freshUntil).not.toBeNull();
    expect((await browser.get('/session')).status).toBe(200);
    expect((await browser.get('/product')).body).toMatchObject({ setUp: true });
  });

  it('works once, and there is no second set-up', async () => {
    const code = await issue();
    expect((await browser.post('/setup', { code, ...owner })).status).toBe(201);
    const again = { code, ...owner, email: 'eve@example.com' };
    expect((await browser.post('/setup', again)).body).toMatchObject({ code: 'setup_done' });
    expect((await browser.get(`/setup/${code}`)).body).toMatchObject({ code: 'setup_done' });
    await expect(issue()).rejects.toMatchObject({ code: 'setup_done' });
  });

  it('is spent once under a race', async () => {
    const code = await issue();
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        browser.post('/setup', { code, ...owner, email: `owner${index}@example.com` }),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    const accounts = await database.read.query.selectFrom('accounts').selectAll().execute();
    expect(accounts).toHaveLength(1);
  });

  it('works for a day', async () => {
    const code = await issue();
    clock.advance(day);
    const expected = { status: 404, code: 'setup_link_invalid' };
    expect((await browser.get(`/setup/${code}`)).body).toMatchObject(expected);
    expect((await browser.post('/setup', { code, ...owner })).body).toMatchObject(expected);
  });

  it('ends with the next one', async () => {
    const first = await issue();
    const second = await issue();
    expect((await browser.get(`/setup/${first}`)).status).toBe(404);
    expect((await browser.get(`/setup/${second}`)).status).toBe(200);
  });

  it('is not issued by a start while one works', async () => {
    const code = await issue();
    expect(await database.write((tx) => issueFirstSetupLink(tx, clock.time))).toBeUndefined();
    expect((await browser.get(`/setup/${code}`)).status).toBe(200);
  });

  it.each([
    [{ passphrase: 'elevenchars' }, 'passphrase_too_short', 'passphrase'],
    [{ passphrase: 'Password1234' }, 'passphrase_too_common', 'passphrase'],
    [{ passphrase: 'aaaaaaaaaaaaaaaa' }, 'passphrase_too_common', 'passphrase'],
    [{ email: 'olivia@localhost' }, 'email_invalid', 'email'],
    [{ name: '  ' }, 'invalid_request', 'name'],
    [{ accountName: 'a\u0000b' }, 'invalid_request', undefined],
  ])('refuses %o as %s and stays unspent', async (change, code, field) => {
    const link = await issue();
    const answer = await browser.post('/setup', { code: link, ...owner, ...change });
    expect(answer.body).toMatchObject({ status: 400, code });
    if (field !== undefined) expect(answer.body.fields).toMatchObject([{ path: [field] }]);
    expect((await browser.post('/setup', { code: link, ...owner })).status).toBe(201);
  });

  it('is stored as a digest', async () => {
    const code = await issue();
    const links = await database.read.query.selectFrom('setup_links').selectAll().execute();
    expect(JSON.stringify(links)).not.toContain(code);
  });
});
