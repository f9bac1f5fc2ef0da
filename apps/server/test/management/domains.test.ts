import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DnsZone } from '../../src/cli/demo/dns-zone.ts';
import type { Database } from '../../src/database/index.ts';
import { createUser } from '../../src/domain/users/index.ts';
import { day, hour, minute } from '../../src/duration.ts';
import { domainsJob } from '../../src/jobs/domains.ts';
import { TestBrowser } from '../support/browser.ts';
import { describeEachEngine } from '../support/databases.ts';
import { testDns } from '../support/dns.ts';
import { fixtureTime, type SeededAccount, seedAccount, seedMember } from '../support/fixtures.ts';
import { TestClock, testApp, testSettings } from '../support/server.ts';

const unknownId = '01a00000-0000-7000-8000-000000000000';

describeEachEngine('The domains of an account', (databases) => {
  let database: Database;
  let zone: DnsZone;
  let settings: ReturnType<typeof testSettings>;
  let account: SeededAccount;
  let owner: TestBrowser;
  let clock: TestClock;
  let names = 0;

  beforeAll(async () => {
    database = await databases.open();
    const dns = await testDns();
    zone = dns.zone;
    settings = testSettings({ DNS_SERVERS: dns.server });
  });

  beforeEach(async () => {
    clock = new TestClock();
    account = await seedAccount(database);
    owner = await signedIn(account.ownerEmail);
  });

  const signedIn = async (email: string) => {
    const browser = new TestBrowser(testApp(database, { settings, now: clock.now }));
    expect((await browser.signIn(email)).status).toBe(200);
    return browser;
  };
  const pathOf = ({ accountId }: SeededAccount, id = '') =>
    `/accounts/${accountId}/domains${id && `/${id}`}`;
  const freshName = () => {
    names += 1;
    return `new${names}.example.org`;
  };
  const added = async (name = freshName(), browser = owner, where = account) => {
    const { status, body } = await browser.post(pathOf(where), { name });
    expect([status, body.code]).toEqual([201, undefined]);
    return body;
  };
  const shown = ({ record }: { record: { host: string; value: string } }) => zone.add(record);
  const verified = async (name = freshName(), browser = owner, where = account) => {
    const domain = await added(name, browser, where);
    shown(domain);
    const { body } = await browser.post(`${pathOf(where, domain.id)}/verify`);
    expect(body).toMatchObject({ check: { verdict: 'found' }, domain: { state: 'verified' } });
    return body.domain;
  };
  const readBack = async (id: string) => (await owner.get(pathOf(account, id))).body;
  const runJob = () => domainsJob.run({ database, settings, now: clock.now });
  /** The job runs as seldom as a domain can lapse: the record is missed, warned of three times, and missed again. */
  const lapse = async () => {
    for (const wait of [day, 3 * day, 20 * day, 6 * day, day]) {
      clock.advance(wait);
      await runJob();
    }
  };
  const mails = async (kind: string, domain: string) => {
    const rows = await database.read.query
      .selectFrom('mails')
      .select(['recipient', 'subject', 'body_text'])
      .where('account_id', '=', account.accountId)
      .where('kind', '=', kind)
      .execute();
    return rows.filter(({ subject }) => subject.includes(domain));
  };
  const audit = async (id: string) => {
    const { body } = await owner.get(`/accounts/${account.accountId}/audit-events?search=${id}`);
    return body.items.map(({ action }: { action: string }) => action);
  };

  it('are added with the record to show, and verified once DNS shows it', async () => {
    const domain = await added('Ship.Example.org');
    expect(domain).toMatchObject({
      name: 'ship.example.org',
      state: 'pending',
      method: 'unique',
      record: { type: 'TXT', host: '_rollcall.ship.example.org' },
      capture: false,
      lock: false,
    });
    const path = pathOf(account, domain.id);
    const before = await owner.post(`${path}/verify`);
    expect(before.body).toMatchObject({
      check: { verdict: 'missing', answers: [{ outcome: 'no_name' }] },
      domain: { state: 'pending', checks: [{ verdict: 'missing' }] },
    });
    shown(domain);
    const now = await owner.post(`${path}/check`);
    expect(now.body).toMatchObject({ verdict: 'found', answers: [{ outcome: 'found' }] });
    expect(await readBack(domain.id)).toMatchObject({ state: 'pending' });
    const after = await owner.post(`${path}/verify`);
    expect(after.body.domain).toMatchObject({ state: 'verified' });
    expect(await audit(domain.id)).toEqual(['domain.verified', 'domain.created']);
    const { body } = await owner.get(pathOf(account));
    expect(body.items).toMatchObject([{ name: account.domain }, { name: 'ship.example.org' }]);
  });

  it('take international names, and show them in their own letters', async () => {
    const domain = await verified('Müller.example.org');
    expect(domain).toMatchObject({
      name: 'müller.example.org',
      record: { host: '_rollcall.xn--mller-kva.example.org' },
    });
  });

  it.each([
    ['gmail.com', 'domain_invalid'],
    ['co.uk', 'domain_invalid'],
    ['nothing', 'domain_invalid'],
  ])('refuse %s, at the field', async (name, code) => {
    const { status, body } = await owner.post(pathOf(account), { name });
    expect({ status, code: body.code, path: body.fields[0].path }).toEqual({
      status: 400,
      code,
      path: ['name'],
    });
  });

  it('refuse a domain twice, whatever its case', async () => {
    await added('twice.example.org');
    const again = await owner.post(pathOf(account), { name: 'TWICE.example.org' });
    expect(again.body).toMatchObject({ status: 409, code: 'conflict' });
  });

  describe('by the record of the root domain', () => {
    const below = async (name: string) => owner.post(pathOf(account), { name, method: 'root' });

    it('are verified and lapse with it', async () => {
      const root = await added();
      const child = await below(`mail.${root.name}`);
      expect(child.body).toMatchObject({
        state: 'pending',
        provedBy: root.name,
        record: root.record,
      });
      shown(root);
      const { body } = await owner.post(`${pathOf(account, child.body.id)}/verify`);
      expect(body.domain.state).toBe('verified');
      expect(await readBack(root.id)).toMatchObject({ state: 'verified' });
      const late = await below(`late.${root.name}`);
      await owner.post(`${pathOf(account, late.body.id)}/verify`);
      expect(await readBack(late.body.id)).toMatchObject({ state: 'verified' });
      zone.remove(root.record);
      await lapse();
      owner = await signedIn(account.ownerEmail);
      expect(await readBack(root.id)).toMatchObject({ state: 'lapsed' });
      expect(await readBack(child.body.id)).toMatchObject({ state: 'lapsed' });
    });

    it('need it in the account, and are not root domains themselves', async () => {
      const orphan = await below(`mail.${freshName()}`);
      expect(orphan.body).toMatchObject({ status: 409, code: 'domain_parent_missing' });
      expect(orphan.body.detail).toContain('Add example.org first');
      const root = await below('example.net');
      expect(root.body.detail).toContain('is a root domain itself');
    });

    it('are to be proved anew when it is removed', async () => {
      const root = await verified();
      const child = await below(`mail.${root.name}`);
      await owner.post(`${pathOf(account, child.body.id)}/verify`);
      expect(await readBack(root.id)).toMatchObject({
        dependents: { domains: [`mail.${root.name}`], last: false },
      });
      expect((await owner.send('DELETE', pathOf(account, root.id))).status).toBe(204);
      expect(await readBack(child.body.id)).toMatchObject({
        state: 'pending',
        method: 'unique',
        record: { host: `_rollcall.mail.${root.name}` },
      });
    });
  });

  describe('in two accounts', () => {
    let other: SeededAccount;
    let rival: TestBrowser;

    beforeEach(async () => {
      other = await seedAccount(database);
      rival = await signedIn(other.ownerEmail);
    });

    it('are verified by one alone, which the other learns without its name', async () => {
      const mine = await verified();
      const theirs = await added(mine.name, rival, other);
      shown(theirs);
      const refused = await rival.post(`${pathOf(other, theirs.id)}/verify`);
      expect(refused.body).toMatchObject({ status: 409, code: 'domain_taken' });
      expect(refused.text).not.toContain(account.accountName);
      await owner.send('DELETE', pathOf(account, mine.id));
      const then = await rival.post(`${pathOf(other, theirs.id)}/verify`);
      expect(then.body.domain.state).toBe('verified');
    });

    it('are verified by one alone under a race', async () => {
      const mine = await added();
      const theirs = await added(mine.name, rival, other);
      shown(mine);
      shown(theirs);
      const answers = await Promise.all([
        owner.post(`${pathOf(account, mine.id)}/verify`),
        rival.post(`${pathOf(other, theirs.id)}/verify`),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    });

    it('open nothing of the account that lost one', async () => {
      const mine = await verified();
      const { userId, email } = await seedMember(database, account.accountId, {
        email: `ada@${mine.name}`,
      });
      zone.remove(mine.record);
      await lapse();
      rival = await signedIn(other.ownerEmail);
      await verified(mine.name, rival, other);
      const address = await database.read.query
        .selectFrom('user_emails')
        .select('ended_at')
        .where('user_id', '=', userId)
        .executeTakeFirstOrThrow();
      expect(address.ended_at).toBe(clock.time);
      const visitor = new TestBrowser(testApp(database, { settings, now: clock.now }));
      expect((await visitor.signIn(email)).status).toBe(401);
      owner = await signedIn(account.ownerEmail);
      expect((await audit(mine.id))[0]).toBe('domain.taken_over');
      const back = await owner.post(`${pathOf(account, mine.id)}/verify`);
      expect(back.status).toBe(200);
      shown(mine);
      const taken = await owner.post(`${pathOf(account, mine.id)}/verify`);
      expect(taken.body.code).toBe('domain_taken');
    });

    it('are not there for each other', async () => {
      const mine = await verified();
      for (const [method, suffix] of [
        ['GET', ''],
        ['PATCH', ''],
        ['DELETE', ''],
        ['POST', '/check'],
        ['POST', '/verify'],
        ['GET', '/unclaimed'],
        ['GET', '/unclaimed/report'],
      ] as const) {
        for (const id of [mine.id, unknownId]) {
          const answer = await rival.send(method, pathOf(other, id) + suffix);
          expect([method, suffix, answer.status]).toEqual([method, suffix, 404]);
        }
      }
    });
  });

  describe('are looked up again', () => {
    it('while they wait, so that the owners are mailed when the record shows', async () => {
      const domain = await added();
      await runJob();
      expect(await readBack(domain.id)).toMatchObject({ checks: [{ verdict: 'missing' }] });
      shown(domain);
      clock.advance(2 * minute);
      await runJob();
      expect(await readBack(domain.id)).toMatchObject({ state: 'verified' });
      expect(await mails('domain_verified', domain.name)).toMatchObject([
        { recipient: account.ownerEmail, subject: `${domain.name} is verified` },
      ]);
    });

    it('every day, and lapse 30 days after the record went, with warnings before', async () => {
      const domain = await verified();
      zone.remove(domain.record);
      const states: string[] = [];
      for (let days = 1; days <= 32; days += 1) {
        clock.advance(day);
        await runJob();
        const row = await database.read.query
          .selectFrom('domains')
          .select('state')
          .where('id', '=', domain.id)
          .executeTakeFirstOrThrow();
        states.push(row.state);
      }
      expect(states.slice(0, 3)).toEqual(Array(3).fill('verified'));
      expect(states.slice(3, 30)).toEqual(Array(27).fill('lapsing'));
      expect(states.slice(30)).toEqual(['lapsed', 'lapsed']);
      const warnings = await mails('domain_failing', domain.name);
      expect(warnings).toHaveLength(3);
      expect(warnings[0]?.body_text).toContain('25 December 2026');
      expect(await mails('domain_lapsed', domain.name)).toHaveLength(1);
    });

    it('and lapse only after each warning, however long nobody looked: a warning leaves what it says', async () => {
      const domain = await verified();
      zone.remove(domain.record);
      const working = settings;
      const miss = async (silence: number) => {
        clock.advance(silence);
        await runJob();
        owner = await signedIn(account.ownerEmail);
        const { state, lapsesAt } = await readBack(domain.id);
        const left = lapsesAt === null ? null : (Date.parse(lapsesAt) - clock.time) / day;
        return [state, left, (await mails('domain_failing', domain.name)).length];
      };
      expect(await miss(day)).toEqual(['verified', 30, 0]);
      expect(await miss(35 * day)).toEqual(['lapsing', 27, 1]);
      // No resolver answers when the next warning is due.
      settings = testSettings({ DNS_SERVERS: '127.0.0.1:1' });
      await miss(20 * day);
      settings = working;
      expect(await miss(2 * day)).toEqual(['lapsing', 7, 2]);
      expect(await miss(40 * day)).toEqual(['lapsing', 1, 3]);
      expect(await mails('domain_lapsed', domain.name)).toEqual([]);
      expect(await miss(day)).toEqual(['lapsed', null, 3]);
      expect(await mails('domain_lapsed', domain.name)).toHaveLength(1);
      expect((await audit(domain.id)).slice(0, 2)).toEqual(['domain.lapsed', 'domain.failing']);
    });

    it('by hand too, and the owners are mailed all the same, whoever looked', async () => {
      const domain = await verified();
      zone.remove(domain.record);
      for (let days = 1; days <= 31; days += 1) {
        clock.advance(day);
        owner = await signedIn(account.ownerEmail);
        expect((await owner.post(`${pathOf(account, domain.id)}/verify`)).status).toBe(200);
      }
      expect(await readBack(domain.id)).toMatchObject({ state: 'lapsed' });
      expect(await mails('domain_failing', domain.name)).toHaveLength(3);
      expect(await mails('domain_lapsed', domain.name)).toHaveLength(1);
    });

    it('and are whole again when the record is back', async () => {
      const domain = await verified();
      zone.remove(domain.record);
      clock.advance(day);
      await runJob();
      owner = await signedIn(account.ownerEmail);
      const failing = await readBack(domain.id);
      expect(Date.parse(failing.lapsesAt)).toBe(clock.time + 30 * day);
      shown(domain);
      clock.advance(day);
      await runJob();
      owner = await signedIn(account.ownerEmail);
      expect(await readBack(domain.id)).toMatchObject({ failingSince: null, lapsesAt: null });
    });

    it('and keep their state where no resolver answers', async () => {
      const domain = await verified();
      zone.remove(domain.record);
      const working = settings;
      settings = testSettings({ DNS_SERVERS: '127.0.0.1:1' });
      for (let days = 0; days < 40; days += 10) {
        clock.advance(10 * day);
        await runJob();
      }
      settings = working;
      owner = await signedIn(account.ownerEmail);
      expect(await readBack(domain.id)).toMatchObject({
        state: 'verified',
        failingSince: null,
        checks: [{ verdict: 'unknown', answers: [{ outcome: 'refused' }] }, {}, {}, {}, {}],
      });
    });
  });

  describe('have capture and lock', () => {
    it('which can be turned on where the domain is verified', async () => {
      const domain = await added();
      const early = await owner.send('PATCH', pathOf(account, domain.id), { capture: true });
      expect(early.body).toMatchObject({ status: 409, code: 'domain_not_verified' });
      shown(domain);
      await owner.post(`${pathOf(account, domain.id)}/verify`);
      const on = await owner.send('PATCH', pathOf(account, domain.id), { capture: true });
      expect(on.body).toMatchObject({ capture: true, lock: false });
      const both = await owner.send('PATCH', pathOf(account, domain.id), { lock: true });
      expect(both.body).toMatchObject({ capture: true, lock: true });
      expect((await audit(domain.id)).slice(0, 2)).toEqual(Array(2).fill('domain.policy_changed'));
    });
  });

  describe('know who has an address in them', () => {
    const signedUp = (address: string) =>
      database.write((tx) =>
        createUser(tx, {
          name: 'Una Sample',
          address,
          provedBy: 'sign_up',
          passphraseHash: null,
          at: fixtureTime,
        }),
      );

    it('and is no member: listed, counted and exported, once the domain is verified', async () => {
      const domain = await added();
      await signedUp(`=una@${domain.name}`);
      const { userId } = await seedMember(database, (await seedAccount(database)).accountId, {
        email: `elsewhere@${domain.name}`,
      });
      await seedMember(database, account.accountId, { email: `member@${domain.name}` });
      const path = pathOf(account, domain.id);
      expect((await owner.get(`${path}/unclaimed`)).body.items).toEqual([]);
      shown(domain);
      const { body } = await owner.post(`${path}/verify`);
      expect(body.domain).toMatchObject({
        people: { value: 1, more: false },
        unclaimed: { value: 2 },
        alone: { value: 1 },
      });
      const list = await owner.get(`${path}/unclaimed?limit=1`);
      expect(list.body.items).toMatchObject([{ address: `=una@${domain.name}`, elsewhere: false }]);
      const rest = await owner.get(`${path}/unclaimed?cursor=${list.body.nextCursor}`);
      expect(rest.body).toMatchObject({ items: [{ userId, elsewhere: true }], nextCursor: null });
      const { text, headers } = await owner.get(`${path}/unclaimed/report`);
      expect(headers['content-disposition']).toContain('unclaimed-accounts.csv');
      expect(text.split('\r\n')).toEqual([
        'email,since,inAnotherAccount',
        `'=una@${domain.name},2026-11-24T09:00:00.000Z,no`,
        `elsewhere@${domain.name},2026-11-24T09:00:00.000Z,yes`,
        '',
      ]);
    });
  });

  it('are removed with what depends on them named, after a fresh factor', async () => {
    const { body } = await owner.get(pathOf(account));
    const [{ id }] = body.items;
    expect(await readBack(id)).toMatchObject({
      dependents: { connections: ['Okta'], domains: [], last: true },
    });
    clock.advance(hour);
    const stale = await owner.send('DELETE', pathOf(account, id));
    expect(stale.body.code).toBe('fresh_factor_required');
    owner = await signedIn(account.ownerEmail);
    expect((await owner.send('DELETE', pathOf(account, id))).status).toBe(204);
    expect((await owner.get(pathOf(account, id))).status).toBe(404);
    expect((await audit(id))[0]).toBe('domain.deleted');
    const connections = await owner.get(`/accounts/${account.accountId}/sso-connections`);
    expect(connections.body.items).toMatchObject([{ name: 'Okta', domains: [] }]);
  });
});
