import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeEachEngine } from '../../test/support/databases.ts';
import { TestClock, testSettings } from '../../test/support/server.ts';
import type { Database } from '../database/index.ts';
import { day, hour, minute } from '../duration.ts';
import { writeMail } from '../mail/layout.ts';
import { enqueueMail } from '../mail/mails.ts';
import { claimMails, listMails, retryMail } from '../mail/queue.ts';
import { mailJob } from './mail.ts';

describeEachEngine('The mail job', (databases) => {
  let database: Database;
  let clock: TestClock;
  const servers: SMTPServer[] = [];
  let received: ParsedMail[];

  beforeAll(async () => {
    database = await databases.open();
  });

  beforeEach(async () => {
    clock = new TestClock();
    received = [];
    await database.write((tx) => tx.query.deleteFrom('mails').execute());
  });

  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  /** An SMTP server that keeps what it accepts; answers its URL. */
  const catcher = async (options: SMTPServerOptions = {}) => {
    const server = new SMTPServer({
      disabledCommands: ['STARTTLS'],
      authOptional: true,
      allowInsecureAuth: true,
      onData(stream, _session, done) {
        text(stream).then(async (source) => {
          received.push(await simpleParser(source));
          done();
        }, done);
      },
      ...options,
    });
    // A connection that is cut off in a test is no fault of the server.
    server.on('error', () => {});
    server.listen(0, '127.0.0.1');
    await once(server.server, 'listening');
    servers.push(server);
    // A TCP server's address is an AddressInfo.
    return `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  };

  const run = (url: string | undefined) => {
    const settings = testSettings({
      PUBLIC_URL: 'https://rollcall.example.com',
      ...(url && { SMTP_URL: url, MAIL_FROM: 'Rollcall <rollcall@example.com>' }),
    });
    return mailJob.run({ database, settings, now: clock.now });
  };

  const enqueue = (recipient: string) =>
    database.write((tx) =>
      enqueueMail(tx, {
        accountId: null,
        recipient,
        at: clock.time,
        ...writeMail({
          kind: 'test',
          subject: 'Grüße & <more>',
          productName: 'Insomnia',
          paragraphs: ['One & <two>.'],
          action: { label: 'Open', link: 'https://rollcall.example.com/invite/secretCode' },
          footnote: 'Enough.',
        }),
      }),
    );

  const states = async () => {
    const mails = await listMails(database.read, { limit: 100 });
    return mails
      .map(({ recipient, state, attempts }) => `${recipient} ${state} ${attempts}`)
      .sort();
  };

  it('sends each mail once, in text and HTML, and forgets the codes in it', async () => {
    const url = await catcher();
    for (let index = 0; index < 23; index += 1) await enqueue(`p${index}@example.com`);
    await run(url);
    await run(url);
    expect(received).toHaveLength(23);
    expect(new Set(received.map(({ messageId }) => messageId)).size).toBe(23);
    const [mail] = received;
    expect(mail).toMatchObject({
      subject: 'Grüße & <more>',
      from: { text: '"Rollcall" <rollcall@example.com>' },
    });
    expect(mail?.text).toContain('One & <two>.');
    expect(mail?.html).toContain('One &amp; &lt;two&gt;.');
    expect(mail?.messageId).toMatch(/^<[0-9a-f-]{36}@rollcall\.example\.com>$/);
    expect(mail?.headers.get('auto-submitted')).toBe('auto-generated');
    const kept = await database.read.query.selectFrom('mails').selectAll().execute();
    expect(JSON.stringify(kept)).not.toContain('secretCode');
    expect(kept.map(({ state }) => state)).toEqual(Array(23).fill('sent'));
  });

  it('leaves mail in the outbox where there is no SMTP', async () => {
    await enqueue('ada@example.com');
    await run(undefined);
    expect(await states()).toEqual(['ada@example.com waiting 0']);
  });

  it('tries again, later each time, while the server is away, and then sends it once', async () => {
    await enqueue('ada@example.com');
    await enqueue('bo@example.com');
    await run('smtp://127.0.0.1:1');
    expect(await states()).toEqual(['ada@example.com waiting 1', 'bo@example.com waiting 0']);
    const url = await catcher();
    await run(url);
    expect(received).toHaveLength(0);
    clock.advance(minute);
    await run(url);
    await run(url);
    expect(received.map(({ to }) => [to].flat()[0]?.text).sort()).toEqual([
      'ada@example.com',
      'bo@example.com',
    ]);
  });

  it('gives up after many tries over days, and an operator sends it again', async () => {
    await enqueue('ada@example.com');
    for (let tries = 0; tries < 10; tries += 1) {
      await run('smtp://127.0.0.1:1');
      clock.advance(day);
    }
    const [dead] = await listMails(database.read, { state: 'dead', limit: 10 });
    expect(dead).toMatchObject({ attempts: 10, error: expect.stringContaining('ECONNREFUSED') });
    const url = await catcher();
    await run(url);
    expect(received).toHaveLength(0);
    const again = await database.write((tx) => retryMail(tx, dead?.id ?? '', clock.time));
    expect(again).toBe(true);
    await run(url);
    expect(received).toHaveLength(1);
  });

  it('gives up at once what the server refuses for ever, and goes on with the others', async () => {
    const url = await catcher({
      onRcptTo({ address }, _session, done) {
        if (address.startsWith('gone')) {
          done(Object.assign(new Error('No such user here'), { responseCode: 550 }));
        } else if (address.startsWith('later')) {
          done(Object.assign(new Error('Mailbox busy'), { responseCode: 450 }));
        } else done();
      },
    });
    for (const name of ['gone', 'later', 'there']) await enqueue(`${name}@example.com`);
    await run(url);
    expect(await states()).toEqual([
      'gone@example.com dead 1',
      'later@example.com waiting 1',
      'there@example.com sent 1',
    ]);
    const [dead] = await listMails(database.read, { state: 'dead', limit: 10 });
    expect(dead?.error).toContain('No such user here');
  });

  it('does not send again what was handed over when the connection went', async () => {
    let handedOver = 0;
    const url = await catcher({
      onData(stream, _session) {
        text(stream).then(() => {
          handedOver += 1;
          for (const server of servers) {
            for (const connection of server.connections) {
              Object(connection)._socket.destroy();
            }
          }
        });
      },
    });
    await enqueue('ada@example.com');
    await run(url);
    clock.advance(2 * hour);
    await run(url);
    expect(handedOver).toBe(1);
    const [dead] = await listMails(database.read, { state: 'dead', limit: 10 });
    expect(dead?.error).toContain('It may have left');
  });

  it('does not send again what a process that died had claimed', async () => {
    await enqueue('ada@example.com');
    const claim = { at: clock.time, limit: 10, host: 'rollcall.example.com' };
    expect(await database.write((tx) => claimMails(tx, claim))).toHaveLength(1);
    const url = await catcher();
    await run(url);
    expect(await states()).toEqual(['ada@example.com sending 1']);
    clock.advance(hour);
    await run(url);
    expect(received).toHaveLength(0);
    const [dead] = await listMails(database.read, { state: 'dead', limit: 10 });
    expect(dead?.error).toContain('It may have left');
  });

  it('signs in where the settings say so, and leaves the mails where it is not let in', async () => {
    const url = await catcher({
      authOptional: false,
      onAuth({ username, password }, _session, done) {
        if (username === 'rollcall' && password === 'p/w') done(null, { user: 'rollcall' });
        else done(new Error('Wrong password'));
      },
    });
    await enqueue('ada@example.com');
    await run(url.replace('smtp://', 'smtp://rollcall:wrong@'));
    expect(await states()).toEqual(['ada@example.com waiting 1']);
    clock.advance(hour);
    await run(url.replace('smtp://', 'smtp://rollcall:p%2Fw@'));
    expect(received).toHaveLength(1);
  });

  it('claims each mail for one process alone', async () => {
    for (let index = 0; index < 20; index += 1) await enqueue(`p${index}@example.com`);
    const claim = { at: clock.time, limit: 10, host: 'rollcall.example.com' };
    const claims = await Promise.all(
      Array.from({ length: 4 }, () => database.write((tx) => claimMails(tx, claim))),
    );
    const ids = claims.flat().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
