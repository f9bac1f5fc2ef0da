import { expect, test } from 'vitest';
import { directoryWith } from './directory.fixture.ts';
import { settingsChange, settingsOf, settingsProblems } from './settings.ts';

const directory = directoryWith();
const draft = settingsOf(directory);

test('an untouched form changes nothing, spaces around the name included', () => {
  expect(settingsChange(directory, draft)).toBeUndefined();
  expect(settingsChange(directory, { ...draft, name: ' Okta ' })).toBeUndefined();
});

test('showing teams made by hand is a change of its own', () => {
  expect(settingsChange(directory, { ...draft, handmadeTeams: 'offered' })).toEqual({
    policies: { handmadeTeams: 'offered' },
  });
});

test('letting groups share names is a change of its own', () => {
  expect(settingsChange(directory, { ...draft, groupNames: 'shared' })).toEqual({
    policies: { groupNames: 'shared' },
  });
});

test('only what was changed is sent', () => {
  expect(settingsChange(directory, { ...draft, seats: 'refuse', outsiders: '5' })).toEqual({
    policies: { seats: 'refuse', outsidersPerDay: 5 },
  });
});

test.each(['', '-1', '1.5', 'many', '10001'])('%j is no number of invitations', (outsiders) => {
  expect(settingsProblems({ ...draft, outsiders }).outsiders).toBeDefined();
});

test('a directory needs a name', () => {
  expect(settingsProblems({ ...draft, name: ' ' }).name).toBeDefined();
  expect(settingsProblems(draft)).toEqual({ name: undefined, outsiders: undefined });
});
