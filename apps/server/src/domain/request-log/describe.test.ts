import { describe, expect, it } from 'vitest';
import { gatheredHeadline, headlineOf } from './describe.ts';

const told = (
  operation: string,
  outcome: 'changed' | 'unchanged' | 'refused' | 'failed',
  subject_name: string | null = null,
  explanation: string | null = null,
) => headlineOf({ operation, outcome, subject_name, explanation }, 'Okta');

describe('The headline of a request', () => {
  it.each([
    [told('Create user', 'changed', 'Ada Example'), 'Okta created Ada Example'],
    [told('Rename group', 'changed', 'Sales'), 'Okta renamed Sales'],
    [told('Add 3 members', 'changed', 'Sales'), 'Okta added 3 members to Sales'],
    [told('Remove 1 member', 'changed', 'Sales'), 'Okta removed 1 member from Sales'],
    [
      told('Add 3 members, remove 2', 'changed', 'Sales'),
      'Okta added 3 members to Sales and removed 2',
    ],
    [
      told('Update user', 'unchanged', 'Ada Example'),
      'Okta asked to update Ada Example, and nothing had to change',
    ],
    [told('List users', 'unchanged'), 'Okta listed users'],
    [told('Find groups', 'unchanged'), 'Okta searched for groups'],
    [told('Read group', 'unchanged'), 'Okta read a group'],
    [told('Read configuration', 'unchanged'), 'Okta read configuration'],
    [told('Look up by userName', 'unchanged'), 'Okta looked up by userName'],
    [
      told('Look up by userName', 'unchanged', 'Ada Example'),
      'Okta looked up Ada Example by userName',
    ],
    [told('Other request', 'unchanged'), 'Okta sent a request of another kind'],
  ])('is a sentence: %s', (headline, sentence) => {
    expect(headline).toBe(sentence);
  });

  it.each([
    [
      told('Create user', 'refused', 'Ada Example', 'user_name_taken'),
      'Okta tried to create Ada Example, but the userName is taken',
    ],
    [
      told('Read user', 'refused', null, 'user_unknown'),
      'Okta tried to read a user, but this directory has no such user',
    ],
    [
      told('Add 2 members', 'refused', 'Sales', 'member_unknown'),
      'Okta tried to add 2 members to Sales, but a member is not in this directory',
    ],
    [
      told('List users', 'refused', null, 'expired_token'),
      'Okta tried to list users, but the token has expired',
    ],
    [
      told('Create group', 'failed', null, 'internal_error'),
      'Okta tried to create a group, but the server failed',
    ],
    [
      told('Create group', 'refused', null, 'gone_since'),
      'Okta tried to create a group, but it was refused',
    ],
  ])('gives the reason of what came to nothing: %s', (headline, sentence) => {
    expect(headline).toBe(sentence);
  });

  it('blames nobody for a request whose sender has proved nothing', () => {
    expect(told('List users', 'refused', null, 'unknown_token')).toBe(
      'Somebody tried to list users, but the token is none of this directory',
    );
  });

  it('gathers what came to nothing for one reason', () => {
    const times = { times: 14, atLeast: false };
    expect(
      gatheredHeadline({ outcome: 'refused', explanation: 'seats_exhausted' }, times, 'Okta'),
    ).toBe('Okta was refused 14 times: no license is free');
    expect(
      gatheredHeadline(
        { outcome: 'refused', explanation: 'unknown_token' },
        { times: 100, atLeast: true },
        'Okta',
      ),
    ).toBe('Somebody was refused 100 times or more: the token is none of this directory');
  });
});
