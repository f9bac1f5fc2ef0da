import { noAccessCode } from '@rollcall/api';
import { expect, it } from 'vitest';
import { noAccessWords } from './no-access-words.ts';

it.each(noAccessCode.options)('says what %s is about and what to do next', (reason) => {
  const about = { account: 'Harbor Freight Lines', domain: 'example.com', location: null };
  const { what, next } = noAccessWords({ reason, ...about }, 'Insomnia');
  expect(`${what}. ${next}`).toMatch(/Harbor Freight Lines|example\.com|(in|opens) no account/);
  expect(next).toMatch(/\.$/);
});
