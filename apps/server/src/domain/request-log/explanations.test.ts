import { ScimError, scimError } from '@rollcall/scim';
import { describe, expect, it } from 'vitest';
import { explanations } from './explanation-table.ts';
import { explain, explanationOf, refuse } from './explanations.ts';

const providers = ['okta', 'entra', 'generic'] as const;

describe('The table of explanations', () => {
  it.each(Object.entries(explanations))(
    'tells of %s why and what to change, for each identity provider',
    (code, { brief }) => {
      expect(brief).toMatch(/^[a-zSC][^.]*[^.]$/);
      for (const provider of providers) {
        const { why, whatToChange } = explain(code, null, provider);
        expect(why).toMatch(/[.)]$/);
        expect(whatToChange).toMatch(/\.$/);
        if (provider !== 'okta') expect(why + whatToChange).not.toContain('Okta');
        if (provider !== 'entra') expect(why + whatToChange).not.toContain('Entra');
      }
    },
  );

  it.each([
    ['missing_token', 'The request had no token.', 'choose HTTP Header, and paste the token'],
    ['expired_token', 'The token has expired.', 'Refresh Token'],
    ['revoked_token', 'The token was revoked.', 'Refresh Token'],
    ['foreign_token', 'This token belongs to another directory.', 'correct one of them in Okta'],
    ['user_unknown', 'Okta asked for a user that this directory never had', 'assign again'],
    [
      'user_name_taken',
      'Another person in this directory already has this userName',
      'Retry Selected',
    ],
    [
      'seats_exhausted',
      'No license is free.',
      'Free one under Licenses or add seats, then press Retry Selected',
    ],
    ['last_owner', 'This person is the only owner.', 'Make someone else an owner first'],
    ['filter_invalid', 'RFC 7644 §3.4.2.2', 'userName eq "ada@example.com"'],
    ['path_invalid', 'RFC 7644 §3.5.2', 'Provisioning > To App'],
    ['value_invalid', 'RFC 7643 §2.3', 'Provisioning > To App'],
  ])('tells Okta’s administrator of %s: %s … %s', (code, why, change) => {
    const told = explain(code, null, 'okta');
    expect(told.why).toContain(why);
    expect(told.whatToChange).toContain(change);
  });
});

describe('explain', () => {
  it('says what the answer said, what the caller may not know, and each thing once', () => {
    const why = 'This is not a token of this directory. It ends in …x7Qf.';
    const loggedWhy =
      'This is not a token of this directory. It ends in …x7Qf; yours ends in …k2Lm.';
    const refused = refuse('unknown_token', 401, 'okta', { why, loggedWhy });
    expect(refused.detail).toContain(why);
    expect(refused.detail).not.toContain('k2Lm');
    expect(explain('unknown_token', refused.logged ?? '', 'okta').why).toBe(loggedWhy);
  });

  it('names no identity provider but today’s, whichever it was when the answer was given', () => {
    for (const code of Object.keys(explanations)) {
      const now = explain(code, null, 'generic');
      for (const provider of providers) {
        const { why, whatToChange } = explain(code, null, provider);
        expect(explain(code, `${why} ${whatToChange}`, 'generic')).toEqual(now);
      }
    }
  });

  it('adds the section of the standard to a detail that does not name it', () => {
    const detail = 'The filter is wrong at position 10.';
    expect(explain('filter_invalid', detail, 'okta').why).toBe(`${detail} (RFC 7644 §3.4.2.2)`);
    const named = '"schemas" must be an array (RFC 7644 §3.5.2).';
    expect(explain('syntax_invalid', named, 'okta').why).toBe(named);
  });

  it('keeps to its own words where the detail gives the same advice in others', () => {
    const detail =
      'No license is free. Free one under Licenses or add seats, then send this again.';
    expect(explain('seats_exhausted', detail, 'okta').why).toBe('No license is free.');
  });

  it('says how many licenses are in use, as the answer did', () => {
    const { whatToChange } = explain('seats_exhausted', null, 'okta');
    const detail = `No license is free: 50 of 50 in use. ${whatToChange}`;
    expect(explain('seats_exhausted', detail, 'okta')).toEqual({
      why: 'No license is free: 50 of 50 in use.',
      whatToChange,
    });
  });

  it('knows a code of an older program as a failure', () => {
    expect(explain('gone_since', 'Something.', 'okta').whatToChange).toContain('server log');
  });
});

it('tells an error of the protocol package by its type, and one of size by its status', () => {
  expect(explanationOf(scimError('noTarget', 'x'))).toBe('no_target');
  expect(explanationOf(new ScimError(413, 'x'))).toBe('body_too_large');
  expect(explanationOf(new ScimError(500, 'x'))).toBe('internal_error');
});
