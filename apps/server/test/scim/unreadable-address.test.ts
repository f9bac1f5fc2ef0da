import { expect, it } from 'vitest';
import { describeEachEngine } from '../support/databases.ts';
import { testApp } from '../support/server.ts';

describeEachEngine('An address that is no URL', (databases) => {
  it('gets an error of SCIM below the endpoint and a problem document elsewhere (E-02, H-20)', async () => {
    const app = testApp(await databases.open());
    for (const url of ['/scim/%zz/v2/Users', '/scim/d1/v2/Users/%zz', '/scim/d1/v2/Users/%c3%28']) {
      const answer = await app.inject({ url });
      expect(answer.json(), url).toMatchObject({
        schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
        status: '400',
      });
      expect(answer.json().detail).toContain('two hexadecimal digits');
      expect([answer.statusCode, answer.headers]).toMatchObject([
        400,
        {
          'content-type': 'application/scim+json; charset=utf-8',
          'cache-control': 'private, no-cache',
          'x-content-type-options': 'nosniff',
        },
      ]);
    }
    const elsewhere = await app.inject({ url: '/app/%zz' });
    expect(elsewhere.json()).toMatchObject({ status: 400, code: 'invalid_request' });
  });
});
