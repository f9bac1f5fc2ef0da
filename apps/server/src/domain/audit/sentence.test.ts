import { expect, it } from 'vitest';
import { auditSentence } from './sentence.ts';

const olivia = { actor_kind: 'user', actor_name: 'Olivia Owner' } as const;

it('tells who did what to whom', () => {
  const event = { ...olivia, action: 'domain.verified', subject_kind: 'domain' };
  expect(auditSentence({ ...event, subject_name: 'example.com' })).toBe(
    'Olivia Owner verified the domain example.com',
  );
});

it('leaves a name as it is, whatever it holds', () => {
  const event = { ...olivia, action: 'user.removed', subject_kind: 'user' };
  expect(auditSentence({ ...event, subject_name: '$& 100 %' })).toBe(
    'Olivia Owner removed $& 100 %',
  );
});

it('names who has no name by what they are', () => {
  const nobody = { actor_kind: 'operator', actor_name: null } as const;
  const event = { action: 'account.created', subject_kind: 'account', subject_name: 'Example' };
  expect(auditSentence({ ...nobody, ...event })).toBe('The operator created the account Example');
});

it('tells an action without words of its own by its name', () => {
  const event = { ...olivia, action: 'kite.flown_high', subject_kind: 'kite' };
  expect(auditSentence({ ...event, subject_name: 'Red' })).toBe(
    'Olivia Owner kite flown high: Red',
  );
});
