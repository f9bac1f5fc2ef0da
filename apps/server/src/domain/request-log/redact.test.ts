import { parseJson } from '@rollcall/scim';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  redactAnswer,
  redactBody,
  redactDifference,
  redactHeaders,
  redactPath,
  redactWords,
} from './redact.ts';

const token = `rollcall_scim_${'aB3'.repeat(14)}x7Qf`;
const webToken = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N';
const ofText = (text: string) => redactBody(text, parseJson(text));

describe('redactBody', () => {
  it('leaves a body without secrets as it was sent, to the last blank', () => {
    const body = '{ "userName" : "ada@example.com",\n "title":"Dr \\"A\\"" }';
    expect(ofText(body)).toBe(body);
  });

  it('takes out whatever goes by the name of a secret, in any case and spelling (S-05)', () => {
    for (const name of ['password', 'PassWord', 'p\\u0061ssword', 'apiKey', 'client_secret']) {
      const kept = ofText(`{"userName":"ada","${name}":{"value":"hunter2"}}`);
      expect(kept).not.toContain('hunter2');
      expect(JSON.parse(kept).userName).toBe('ada');
    }
  });

  it('takes out the value of an operation whose path is a secret, wherever the path stands', () => {
    const far = ' '.repeat(20_000);
    for (const body of [
      '{"Operations":[{"op":"replace","path":"password","value":"hunter2"}]}',
      `{"Operations":[{"Value":"hunter2",${far}"op":"replace","Path":"p\\u0061ssword"}]}`,
    ]) {
      const kept = ofText(body);
      expect(kept).toContain('"op":"replace"');
      expect(kept).not.toContain('hunter2');
    }
  });

  it('takes a connector token, a bearer token and a JSON Web Token out of any text', () => {
    const values = [token, `Bearer ${webToken}`, `(${webToken})`, `x ${token}.`];
    for (const value of values) {
      const kept = ofText(JSON.stringify({ schemas: [], title: value, nickName: 'Ada' }));
      expect(kept).not.toContain(token);
      expect(kept).not.toContain('dozjgNryP4J3jVmNHl0w5N');
      expect(kept).toContain('"nickName":"Ada"');
    }
  });

  it('takes out what a filter compares a secret with', () => {
    const kept = ofText(JSON.stringify({ filter: 'active eq true and password eq "hunt\\"er2"' }));
    expect(kept).toBe(JSON.stringify({ filter: 'active eq true and password eq [redacted]' }));
  });

  it('leaves out all that follows the name of a secret in a body that is no JSON', () => {
    for (const body of [
      '{"userName":"ada","password" "hunter2"}',
      '{"userName":"ada","p\\u0061ssword" "hunter2"',
      '{"userName":"ada",password=hunter2',
      '{"userName":"ada","password":{"value":"hunter2",}}',
    ]) {
      expect(redactBody(body, undefined)).toMatch(/^\{"userName":"ada","?password\[redacted\]$/);
    }
    expect(redactBody(`{"title":"${token}`, undefined)).toBe('{"title":"[redacted]');
  });

  it('keeps the same of a body however much follows, and looks at no more', () => {
    const hostile = ['-eyJ', 'password', 'password eq ', 'eyJ.', 'rollcall_', 'bearer ', '\\u0070'];
    for (const piece of hostile) {
      const kept = [1, 2].map((times) => redactBody(piece.repeat(10_000 * times), undefined));
      expect(kept[0]).toBe(kept[1]);
      expect(kept[0]?.length).toBeLessThanOrEqual(16_385);
      const values = [1, 2].map((times) =>
        redactBody('x'.repeat(20_000), { title: piece.repeat(10_000 * times) }),
      );
      expect(values[0]).toBe(values[1]);
      expect(values[0]?.length).toBeLessThanOrEqual(16_385);
    }
  });

  it('never shows a token, wherever it stands and whatever stands around it', () => {
    const around = fc.string({
      unit: fc.constantFrom(...'ab{}[]":,\\%=& \n.-_u06'),
      maxLength: 60,
    });
    fc.assert(
      fc.property(around, around, (before, after) => {
        const text = `${before} ${token} ${after}`;
        expect(redactBody(text, undefined)).not.toContain(token);
        expect(redactBody('x', { title: text })).not.toContain(token);
        expect(redactPath(`/Users?filter=${encodeURIComponent(text)}`)).not.toContain(token);
        expect(redactWords(text)).not.toContain(token);
        expect(redactDifference(JSON.stringify([{ after: text }]))).not.toContain(token);
        expect(redactAnswer(JSON.stringify({ detail: text }))).not.toContain(token);
        expect(redactHeaders({ 'user-agent': text })).not.toContain(token);
      }),
    );
  });
});

describe('redactPath', () => {
  it('leaves a path without secrets as it is', () => {
    const path = '/Users?filter=userName%20eq%20%22ada%40example.com%22&count=2';
    expect(redactPath(path)).toBe(path);
  });

  it.each([
    ['/Users?access_token=abc&count=2', '/Users?access_token=[redacted]&count=2'],
    ['/Users?%74oken=abc', '/Users?%74oken=[redacted]'],
    ['/Users?filter=password+eq+%22a/b%22', '/Users?filter=password%20eq%20[redacted]'],
    ['/Users?filter=p%61ssword%20eq%20%22abc%22', '/Users?filter=password%20eq%20[redacted]'],
    [`/Users/${token}`, '/Users/[redacted]'],
    [`/Users/r%6fllcall${token.slice(8)}?count=2`, '/Users/[redacted]?count=2'],
    [`/Users?filter=id%20eq%20%22${webToken}%22`, '/Users?filter=id%20eq%20%22[redacted]%22'],
  ])('takes the secret out of %s', (path, kept) => {
    expect(redactPath(path)).toBe(kept);
  });

  it('keeps 2,000 characters', () => {
    expect(redactPath(`/Users?filter=${'x'.repeat(10_000)}`)).toHaveLength(2_000);
  });
});

it('says of the token in a header how it ends, and nothing of one that is too short for that', () => {
  expect(JSON.parse(redactHeaders({ authorization: `bearer ${token}` }))).toEqual({
    authorization: 'Bearer …x7Qf',
  });
  expect(JSON.parse(redactHeaders({ authorization: 'hunter2' }))).toEqual({
    authorization: '[redacted]',
  });
});

it('leaves our own words about tokens as they are', () => {
  const detail =
    'The request had no token. Send the connector token as "Authorization: Bearer <token>".';
  expect(redactWords(detail)).toBe(detail);
  expect(redactAnswer(JSON.stringify({ detail }))).toBe(JSON.stringify({ detail }));
});
