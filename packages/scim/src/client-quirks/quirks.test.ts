import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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

test('a generic client is granted only what the form of a request gives away', () => {
  const granted = Object.entries(quirksFor('generic')).flatMap(([name, is]) => (is ? [name] : []));
  expect(granted).toEqual(['dotAfterExtensionUrn', 'emailFilterAlias']);
});

test('the README of the folder tells of every habit', () => {
  const files = readdirSync(import.meta.dirname).filter(
    (file) => file.endsWith('.ts') && !/test|^quirks?\.ts$|^path-alias/.test(file),
  );
  const table = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8');
  expect(files.filter((file) => !table.includes(`](${file})`))).toEqual([]);
});
