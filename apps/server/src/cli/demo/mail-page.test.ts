import { expect, it } from 'vitest';
import { describeEachEngine } from '../../../test/support/databases.ts';
import { buildMailPage } from './mail-page.ts';

describeEachEngine('The page of outgoing mail', (databases) => {
  it('answers under the names of this machine and no other, so that no other site reads the links', async () => {
    const page = buildMailPage(await databases.open());
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
});
