import { beforeAll, describe, expect, it } from 'vitest';
import { silentDns, testDns } from '../../../test/support/dns.ts';
import type { DnsZone } from '../../cli/demo/dns-zone.ts';
import { checkRecord, verdictOf } from './check.ts';
import { verificationRecord } from './record.ts';

describe('What DNS says of a domain', () => {
  let zone: DnsZone;
  let server: string;
  const token = 'tokenOfTheTest';
  const value = `rollcall-verification=${token}`;

  beforeAll(async () => {
    ({ zone, server } = await testDns());
  });

  const check = (name: string, servers = [server]) => checkRecord(servers, { name, token });

  it('is that the name does not exist yet', async () => {
    const { verdict, answers, record } = await check('none.example');
    expect(record).toEqual({ type: 'TXT', host: '_rollcall.none.example', value });
    expect(verdict).toBe('missing');
    expect(answers).toMatchObject([
      {
        resolver: server,
        outcome: 'no_name',
        text: 'The name _rollcall.none.example does not exist yet.',
      },
    ]);
  });

  it('is that the name has no TXT record', async () => {
    zone.add({ host: 'a._rollcall.empty.example', value: 'x' });
    const { verdict, answers } = await check('empty.example');
    expect(verdict).toBe('missing');
    expect(answers).toMatchObject([
      { outcome: 'no_data', text: '_rollcall.empty.example exists but has no TXT record.' },
    ]);
  });

  it('is the record, also among others, in quotes and without its prefix', async () => {
    for (const [index, written] of [value, ` ${value} `, `"${value}"`, token].entries()) {
      const name = `found${index}.example`;
      zone.add({ host: `_rollcall.${name}`, value: 'v=spf1 -all' });
      zone.add({ host: `_rollcall.${name}`, value: written });
      const { verdict, answers } = await check(name);
      expect([written, verdict]).toEqual([written, 'found']);
      expect(answers[0]?.values).toEqual(['v=spf1 -all', written]);
    }
  });

  it('is another value, with what was seen and what to do', async () => {
    zone.add({ host: '_rollcall.wrong.example', value: 'rollcall-verification=former' });
    const { verdict, answers, advice } = await check('wrong.example');
    expect(verdict).toBe('missing');
    expect(answers).toMatchObject([
      { outcome: 'other_value', values: ['rollcall-verification=former'] },
    ]);
    expect(advice).toContain('Replace the value of the TXT record at _rollcall.wrong.example');
  });

  it('joins the chunks of a long value, and goes on over TCP for a long answer', async () => {
    const long = 'x'.repeat(290);
    for (let index = 0; index < 10; index += 1) {
      zone.add({ host: '_rollcall.long.example', value: `${index}${long}` });
    }
    zone.add({ host: '_rollcall.long.example', value });
    const { verdict, answers } = await check('long.example');
    expect(verdict).toBe('found');
    expect(answers[0]?.values[0]).toBe(`0${long}`);
  });

  it('sees a host to which a provider added the zone, and a record at the domain itself', async () => {
    zone.add({ host: '_rollcall.mail.doubled.example.doubled.example', value });
    expect((await check('mail.doubled.example')).advice).toContain(
      'Enter the host as _rollcall.mail.',
    );
    zone.add({ host: 'apex.example', value });
    expect((await check('apex.example')).advice).toContain(
      'Its host must be _rollcall.apex.example',
    );
  });

  it('is nothing where no resolver answers, each with its reason', async () => {
    const silent = await silentDns();
    const { verdict, answers } = await check('none.example', [silent, '127.0.0.1:1']);
    expect(verdict).toBe('unknown');
    expect(answers).toMatchObject([
      { outcome: 'timeout', text: `The resolver ${silent} gave no answer within 3 seconds.` },
      { outcome: 'refused', text: 'The resolver 127.0.0.1:1 refuses to answer.' },
    ]);
  });

  it('is found where one of several resolvers knows it already', () => {
    expect(verdictOf([{ outcome: 'no_name' }, { outcome: 'found' }])).toBe('found');
    expect(verdictOf([{ outcome: 'no_name' }, { outcome: 'timeout' }])).toBe('missing');
    expect(verdictOf([{ outcome: 'failed' }, { outcome: 'refused' }])).toBe('unknown');
    expect(verdictOf([])).toBe('unknown');
  });

  it('is asked under a host that is written out', () => {
    expect(verificationRecord('example.com', 'abc')).toEqual({
      type: 'TXT',
      host: '_rollcall.example.com',
      value: 'rollcall-verification=abc',
    });
  });
});
