import type { Reader } from '../../database/index.ts';

/** Whether somebody is in another account than this one; removed from it does not count. */
export async function isMemberElsewhere(
  reader: Reader,
  { accountId, userId }: { readonly accountId: string; readonly userId: string },
): Promise<boolean> {
  const other = await reader.query
    .selectFrom('memberships')
    .select('account_id')
    .where('user_id', '=', userId)
    .where('account_id', '<>', accountId)
    .where('state', '<>', 'removed')
    .limit(1)
    .executeTakeFirst();
  return other !== undefined;
}
