import { expect, it } from 'vitest';
import { secretBox } from './secret-box.ts';

const box = secretBox('a secret key of the operator, long enough');
const place = 'sso_connections/settings/c1';

it('opens what it sealed, at the same place alone', () => {
  const sealed = box.seal('–very secret–', place);
  expect(sealed).toMatch(/^1\.[0-9a-f]{8}\.[\w-]{16}\.[\w-]+$/);
  expect(box.open(sealed, place)).toBe('–very secret–');
  expect(() => box.open(sealed, 'sso_connections/settings/c2')).toThrow();
  expect(() => box.open(sealed, 'totp_secrets/secret/c1')).toThrow();
});

it('notices a change, and another key', () => {
  const sealed = box.seal('secret', place);
  const last = sealed.endsWith('A') ? 'B' : 'A';
  expect(() => box.open(sealed.slice(0, -2) + last + sealed.slice(-1), place)).toThrow();
  expect(() => secretBox('another key of the operator, long too').open(sealed, place)).toThrow(
    /another SECRET_KEY/,
  );
});

it('seals one text differently each time', () => {
  expect(box.seal('secret', place)).not.toBe(box.seal('secret', place));
});
