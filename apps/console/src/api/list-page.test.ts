import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import { pageOf } from './list-page.ts';

const invitations = (accountId: string, organizationId: string | undefined, cursor?: string) =>
  pageOf(['account', accountId, 'invitations', organizationId], { cursor });

type AskedFor = ReturnType<typeof pageOf>;

/** What a list shows that was loaded and is asked for other rows, which never come. */
async function shownWhileLoading(loaded: AskedFor, next: AskedFor): Promise<unknown> {
  const client = new QueryClient();
  await client.prefetchQuery({ ...loaded, queryFn: () => ['Ada'] });
  const observer = new QueryObserver<unknown>(client, { ...loaded, enabled: false });
  expect(observer.getCurrentResult().data).toEqual(['Ada']);
  observer.setOptions({ ...next, enabled: false });
  return observer.getCurrentResult().data;
}

it('keeps the page before in sight while another one loads', async () => {
  const [first, second] = [invitations('a', 'o1'), invitations('a', 'o1', 'next')];
  expect(await shownWhileLoading(first, second)).toEqual(['Ada']);
});

it.each([
  ['organization', invitations('a', 'o2')],
  ['account', invitations('b', 'o1')],
  ['scope, of the whole account', invitations('a', undefined)],
])('shows nothing of one list in that of another %s', async (_, next) => {
  expect(await shownWhileLoading(invitations('a', 'o1'), next)).toBeUndefined();
  expect(await shownWhileLoading(next, invitations('a', 'o1'))).toBeUndefined();
});
