import { expect, test } from 'vitest';
import { quirksFor, quirkTable } from './quirks.ts';

test('the quirk table and the grants agree', () => {
  for (const profile of ['okta', 'entra', 'generic'] as const) {
    const granted = quirksFor(profile);
    for (const quirk of Object.values(quirkTable)) {
      expect(granted[quirk.name]).toBe(quirk.profiles.includes(profile));
    }
  }
  expect(Object.entries(quirkTable).map(([name, quirk]) => name === quirk.name)).not.toContain(
    false,
  );
});

test('a generic client is granted no habit', () => {
  expect(Object.values(quirksFor('generic'))).not.toContain(true);
});
