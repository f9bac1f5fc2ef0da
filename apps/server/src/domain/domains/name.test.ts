import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { namesAbove, readDomainName, rootOf, shown } from './name.ts';

describe('A domain as people write it', () => {
  it.each([
    ['Example.com', 'example.com'],
    [' @example.com. ', 'example.com'],
    ['München.example', 'xn--mnchen-3ya.example'],
    ['xn--mnchen-3ya.example', 'xn--mnchen-3ya.example'],
    ['mail.example.co.uk', 'mail.example.co.uk'],
    ['corp.internal', 'corp.internal'],
  ])('%j is stored as %s', (text, name) => {
    expect(readDomainName(text)).toBe(name);
  });

  it.each([
    ['', 'Enter a domain'],
    ['example', 'Enter a domain'],
    ['exa mple.com', 'Enter a domain'],
    ['https://example.com', 'Enter a domain'],
    ['ada@example.com', 'Enter a domain'],
    ['-a.example.com', 'Enter a domain'],
    ['a..example.com', 'Enter a domain'],
    ['_rollcall.example.com', 'Enter a domain'],
    [`${'a'.repeat(64)}.com`, 'Enter a domain'],
    [`${'a.'.repeat(150)}com`, 'Enter a domain'],
    ['192.0.2.1', 'address of a machine'],
    ['2001:db8::1', 'Enter a domain'],
    ['co.uk', 'Anybody can register names below co.uk'],
    ['github.io', 'Anybody can register names below github.io'],
    ['com', 'Enter a domain'],
    ['gmail.com', 'belongs to a mail service'],
    ['mail.gmail.com', 'belongs to a mail service'],
  ])('%j is refused in words', (text, words) => {
    expect(() => readDomainName(text)).toThrow(words);
  });

  it('reads what it wrote the same, and shows it in its own letters', () => {
    const label = fc.stringMatching(/^[a-z0-9ÄÖÜéñß漢字]{1,12}$/u);
    fc.assert(
      fc.property(fc.array(label, { minLength: 1, maxLength: 4 }), (labels) => {
        const text = [...labels, 'example.com'].join('.');
        let name: string;
        try {
          name = readDomainName(text);
        } catch {
          return;
        }
        expect(readDomainName(name)).toBe(name);
        expect(readDomainName(shown(name))).toBe(name);
        expect(rootOf(name)).toBe('example.com');
      }),
    );
  });

  it('knows the names above it that can be a company’s own', () => {
    expect(namesAbove('a.b.example.co.uk')).toEqual(['b.example.co.uk', 'example.co.uk']);
    expect(namesAbove('example.co.uk')).toEqual([]);
  });
});
