import { queryOptions } from '@tanstack/react-query';
import { accountKey } from './account.ts';
import { request } from './request.ts';

/** One SSO connection: addresses, IdP, certificates, sign-ins. */
export const ssoConnectionQuery = (accountId: string, connectionId: string) =>
  queryOptions({
    queryKey: [...accountKey(accountId), 'sso-connection', connectionId],
    queryFn: ({ signal }) =>
      request('getSsoConnection', { params: { accountId, connectionId }, signal }),
  });
