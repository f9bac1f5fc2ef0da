import { expect, it } from 'vitest';
import { describeEachEngine } from '../../../test/support/databases.ts';
import { DnsZone } from './dns-zone.ts';
import { buildOutsidePages } from './outside-pages.ts';

describeEachEngine('The pages of what is outside', (databases) => {
  it('answer under the names of this machine and no other, so that no other site reads the links', async () => {
    const page = buildOutsidePages(await databases.open(), new DnsZone());
    for (const host of ['localhost:4002', '127.0.0.1', '127.0.0.1:4002', '[::1]:4002']) {
      const answer = await page.inject({ url: '/', headers: { host } });
      expect([answer.statusCode, answer.headers['content-type']], host).toEqual([
        200,
        'text/html; charset=utf-8',
      ]);
    }
    for (const host of [
      'attacker.example.com',
      'localhost.example.com:4002',
      '127.0.0.1.example.com',
    ]) {
      const answer = await page.inject({ url: '/', headers: { host } });
      expect([answer.statusCode, answer.body], host).toEqual([
        421,
        'This page answers on this machine only.',
      ]);
    }
    await page.close();
  });

  it('keep the records of a DNS provider, which other sites cannot change', async () => {
    const zone = new DnsZone();
    const page = buildOutsidePages(await databases.open(), zone);
    const send = (path: string, site = 'same-origin') =>
      page.inject({
        method: 'POST',
        url: path,
        headers: {
          host: '127.0.0.1',
          'sec-fetch-site': site,
          'content-type': 'application/x-www-form-urlencoded',
        },
        payload: 'host=_rollcall.Example.com.&value=a%3D%3Cb%3E',
      });
    expect((await send('/dns/add', 'cross-site')).statusCode).toBe(403);
    expect(zone.records).toEqual([]);
    expect((await send('/dns/add')).headers.location).toBe('/dns');
    expect(zone.records).toEqual([{ host: '_rollcall.example.com', value: 'a=<b>' }]);
    const { body } = await page.inject({ url: '/dns', headers: { host: 'localhost' } });
    expect(body).toContain('<td>a=&lt;b&gt;</td>');
    await send('/dns/remove');
    expect(zone.records).toEqual([]);
    await page.close();
  });
});
