import type { Milestone } from '@rollcall/api';
import { describe, expect, test } from 'vitest';
import { directoryWith } from './directory.fixture.ts';
import { cutAtName } from './linked-sentence.ts';
import { leadSentence } from './sentence.ts';
import { deactivateText, deactivateVerb, keepText } from './turn-off.ts';

const reached = (...kinds: Milestone['kind'][]): Milestone[] =>
  kinds.map((kind) => ({ kind, at: '2026-11-24T10:42:07.000Z', requestId: null, subject: null }));

describe('the sentence under the title', () => {
  test('it follows the directory from off to decided', () => {
    const lead = (part: Parameters<typeof directoryWith>[0]) =>
      leadSentence(directoryWith(part), 'Example Air');
    expect(lead({ state: 'off', health: 'off' })).toBe(
      'SCIM is off. Requests from Okta are refused.',
    );
    expect(lead({ health: 'waiting' })).toBe(
      'SCIM is on and waits for the first request from Okta.',
    );
    expect(
      lead({
        health: 'waiting',
        lastRequest: {
          id: '01a20ce4-f020-7d08-9f42-000000000002',
          at: '2026-11-24T10:42:07.000Z',
          sentence: 'Okta listed users.',
          outcome: 'unchanged',
        },
      }),
    ).toBe('SCIM is on and waits for the first request from Okta with the new token.');
    expect(lead({ milestones: reached('connection_tested') })).toBe(
      'Okta is connected. The first person has not arrived yet.',
    );
    expect(lead({ milestones: reached('first_user') })).toBe(
      'Okta is connected. The first group has not arrived yet.',
    );
    expect(lead({ milestones: reached('first_user', 'first_group') })).toBe(
      'Okta decides who is in Example Air and which teams they are in.',
    );
  });

  test('an IdP without a name is yours', () => {
    const directory = directoryWith({
      provider: 'generic',
      milestones: reached('first_user', 'first_group'),
    });
    expect(leadSentence(directory, 'Example Air')).toMatch(/^Your IdP decides/);
  });
});

describe('turning off in numbers', () => {
  const preview = {
    people: 312,
    teams: 14,
    createdByScim: 298,
    addedByHand: 14,
    accountName: 'Example Air',
  };

  test('both choices say how many', () => {
    expect(keepText(preview)).toBe(
      '312 people and 14 teams stay and are managed by hand from now on.',
    );
    expect(deactivateText(preview)).toBe(
      '298 people lose access and free 298 seats; 14 people who were added by hand stay.',
    );
    expect(deactivateVerb(preview)).toBe('Deactivate 298 people');
  });

  test('where SCIM alone brought nobody, nobody is deactivated', () => {
    const none = { ...preview, createdByScim: 0 };
    expect(deactivateText(none)).toBe('Nobody is here through SCIM alone, so nobody loses access.');
    expect(deactivateVerb(none)).toBe('Turn SCIM off');
  });

  test('one is one', () => {
    expect(deactivateText({ ...preview, createdByScim: 1, addedByHand: 1 })).toBe(
      '1 person loses access and frees 1 seat; 1 person who was added by hand stays.',
    );
    expect(deactivateText({ ...preview, createdByScim: 2, addedByHand: 0 })).toBe(
      '2 people lose access and free 2 seats.',
    );
  });
});

test('a sentence is cut at the name of whom it is about', () => {
  expect(cutAtName('Okta deactivated Ada Example.', 'Ada Example')).toEqual({
    before: 'Okta deactivated ',
    name: 'Ada Example',
    after: '.',
  });
  expect(cutAtName('Okta listed users.', 'Ada Example')).toBeUndefined();
  expect(cutAtName('Okta listed users.', '')).toBeUndefined();
});
