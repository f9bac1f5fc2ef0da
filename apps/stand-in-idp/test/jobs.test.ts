import { expect, it } from 'vitest';
import { Browser } from './support/browser.ts';
import { configure, startHarness } from './support/harness.ts';

it('jobs of one person wait for each other, so that one who is removed at once is still deactivated; others go on (section 3.17)', async () => {
  const harness = await startHarness();
  const ada = await harness.person('Ada');
  const ben = await harness.person('Ben');
  await configure(harness);
  const release = Promise.withResolvers<void>();
  const benArrived = Promise.withResolvers<void>();
  harness.peer.override = ({ method, target, body }) => {
    if (method === 'POST' && String(body?.userName).startsWith('ben.')) benArrived.resolve();
    return target.includes('ada.') ? { after: release.promise } : undefined;
  };
  const browser = new Browser(harness.idp);
  await browser.post(`/app/assignments/people/${ada}/assign`);
  await browser.post(`/app/assignments/people/${ada}/remove`);
  await browser.post(`/app/assignments/people/${ben}/assign`);
  await benArrived.promise;
  expect(harness.peer.take().filter((line) => line.includes('ada.'))).toHaveLength(1);
  release.resolve();
  await harness.control('POST', '/settle');
  const adaId =
    harness.peer
      .take()
      .find((line) => line.startsWith('PUT'))
      ?.split('/')[2] ?? '';
  expect(harness.peer.users.get(adaId)).toMatchObject({ active: false, externalId: ada });
  const { appUsers } = await harness.state();
  expect(appUsers).toMatchObject([
    { personId: ada, state: 'DEPROVISIONED' },
    { personId: ben, state: 'PROVISIONED' },
  ]);
});
