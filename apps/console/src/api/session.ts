import { queryOptions } from '@tanstack/react-query';
import { request } from './request.ts';

const minute = 60_000;

/** Name of the product and whether the first account exists: known before anybody is. */
export const productQuery = () =>
  queryOptions({
    queryKey: ['product'],
    queryFn: ({ signal }) => request('getProduct', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** Whether a set-up link still works. */
export const setupLinkQuery = (code: string) =>
  queryOptions({
    queryKey: ['setup-link', code],
    queryFn: ({ signal }) => request('getSetupLink', { params: { code }, signal }),
    retry: false,
  });

/** Whose passphrase a mailed link sets. */
export const resetQuery = (code: string) =>
  queryOptions({
    queryKey: ['reset', code],
    queryFn: ({ signal }) => request('getReset', { params: { code }, signal }),
    retry: false,
  });

/** What an address that was proved by mail joins. */
export const signUpQuery = (code: string) =>
  queryOptions({
    queryKey: ['sign-up', code],
    queryFn: ({ signal }) => request('getSignUp', { params: { code }, signal }),
    retry: false,
  });

/** What the link of an invitation offers. */
export const invitationQuery = (code: string) =>
  queryOptions({
    queryKey: ['invitation', code],
    queryFn: ({ signal }) => request('getInvitation', { params: { code }, signal }),
    retry: false,
  });

/** Who is signed in. Fails with `unauthenticated` when nobody is. */
export const sessionQuery = () =>
  queryOptions({
    queryKey: ['session'],
    queryFn: ({ signal }) => request('getSession', { signal }),
    staleTime: 5 * minute,
  });

/** What a half-done sign-in still asks for. Fails with `unauthenticated` where there is none, or it took too long. */
export const secondFactorQuery = () =>
  queryOptions({
    queryKey: ['second-factor'],
    queryFn: ({ signal }) => request('getSecondFactor', { signal }),
    retry: false,
  });

/** Why the signed-in person enters no account. */
export const noAccessQuery = () =>
  queryOptions({
    queryKey: ['no-access'],
    queryFn: ({ signal }) => request('getNoAccess', { signal }),
  });

/** Own name and addresses. */
export const profileQuery = () =>
  queryOptions({
    queryKey: ['profile'],
    queryFn: ({ signal }) => request('getProfile', { signal }),
  });

/** Own local factors. */
export const factorsQuery = () =>
  queryOptions({
    queryKey: ['profile', 'factors'],
    queryFn: ({ signal }) => request('getFactors', { signal }),
  });

/** Own sessions, the current one among them. */
export const sessionsQuery = () =>
  queryOptions({
    queryKey: ['profile', 'sessions'],
    queryFn: ({ signal }) => request('listSessions', { signal }),
  });
