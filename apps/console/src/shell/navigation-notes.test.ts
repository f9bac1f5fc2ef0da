import { expect, it } from 'vitest';
import { navigationNotes } from './navigation-notes.ts';

const entries = ['/app/billing', '/app/enterprise/scim', '/app/enterprise/licenses'];

function need(severity: 'danger' | 'warning' | 'info', href: string) {
  return { kind: 'seats_low', severity, title: '', detail: '', href, action: '' } as const;
}

it('counts what needs attention at its entry, and keeps the worst', () => {
  const notes = navigationNotes(
    [
      need('warning', '/app/enterprise/scim/01a2/review'),
      need('danger', '/app/enterprise/scim'),
      need('warning', '/app/enterprise/licenses?state=waiting'),
    ],
    entries,
  );
  expect([...notes]).toEqual([
    ['/app/enterprise/scim', { severity: 'danger', count: 2 }],
    ['/app/enterprise/licenses', { severity: 'warning', count: 1 }],
  ]);
});

it('has no note for what is only worth knowing, nor for what has no entry', () => {
  const notes = navigationNotes(
    [need('info', '/app/billing'), need('danger', '/app/billing-of-another-kind')],
    entries,
  );
  expect(notes.size).toBe(0);
});

it('counts what is said of one thing of a list at the list', () => {
  const notes = navigationNotes(
    [need('warning', '/app/enterprise/sso/01a2')],
    ['/app/enterprise/sso/list'],
  );
  expect([...notes.keys()]).toEqual(['/app/enterprise/sso/list']);
});
