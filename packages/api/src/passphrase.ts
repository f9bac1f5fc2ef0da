/*
 * What is asked of a new passphrase. The server decides by it and the console advises by it, so neither may know more
 * than the other. It stands apart from the schemas: a browser that advises needs no schema library.
 */

/** At least this many characters; there are no composition rules. */
export const passphraseMinimumLength = 12;

/** Keyboards compose characters in different ways: the same typing must give the same passphrase. */
export function normalizePassphrase(passphrase: string): string {
  return passphrase.normalize('NFKC');
}

/** Whether it is too short in characters as they are seen, among the first that anybody would try, or good enough. */
export function judgePassphrase(passphrase: string): 'too_short' | 'too_common' | 'good' {
  const text = normalizePassphrase(passphrase);
  if ([...text].length < passphraseMinimumLength) return 'too_short';
  const plain = text.toLowerCase();
  return commonPassphrases.has(plain) || new Set(plain).size <= 2 ? 'too_common' : 'good';
}

/** What is tried first among passphrases of twelve characters and more, in lower case. */
const commonPassphrases: ReadonlySet<string> = new Set([
  '123456789012',
  '1234567890123',
  '12345678901234567890',
  '1234567890ab',
  '123456123456',
  '1q2w3e4r5t6y',
  '1q2w3e4r5t6y7u8i',
  '1qaz2wsx3edc',
  '1qaz2wsx3edc4rfv',
  'abcdefghijkl',
  'abcdefghijklmnopqrstuvwxyz',
  'abc123abc123',
  'administrator',
  'administrator1',
  'adminadminadmin',
  'asdfghjkl123',
  'changeme1234',
  'changemechangeme',
  'correct horse battery staple',
  'correcthorsebatterystaple',
  'iloveyou1234',
  'letmeinletmein',
  'letmein12345',
  'mypassword123',
  'p@ssw0rd1234',
  'passphrase123',
  'password1234',
  'password12345',
  'password123456',
  'password123!',
  'passwordpassword',
  'q1w2e3r4t5y6',
  'qazwsxedcrfv',
  'qwerty123456',
  'qwertyqwerty',
  'qwertyuiop12',
  'qwertyuiop123',
  'qwertyuiopasdfghjkl',
  'welcome12345',
  'welcomewelcome',
  'zaq12wsxcde3',
]);
