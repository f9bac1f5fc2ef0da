import { expect, test } from 'vitest';
import { createdUser } from '../../test/support.ts';

const packed = '{"id":"8","value":"editor","displayName":"Editor"}';

test('Entra packs an app role into value, and it is unpacked', () => {
  const roles = [{ value: packed, primary: 'True', type: 'WindowsAzureActiveDirectoryRole' }];
  expect(createdUser({ roles }, 'entra').document.roles).toEqual([
    { value: 'editor', display: 'Editor', primary: true, type: 'WindowsAzureActiveDirectoryRole' },
  ]);
});

test.each(['{', '{}', '[1]', '{"value":5}', 'plain', '{"value":"\\u0000"}', '{"value":"\\ud800"}'])(
  'a value that is no packed role stays: %s',
  (value) => {
    expect(createdUser({ roles: [{ value }] }, 'entra').document.roles).toEqual([{ value }]);
  },
);

test.each(['okta', 'generic'] as const)('%s keeps the text as it is', (profile) => {
  expect(createdUser({ roles: [{ value: packed }] }, profile).document.roles).toEqual([
    { value: packed },
  ]);
});
