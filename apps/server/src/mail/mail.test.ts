import { describe, expect, it } from 'vitest';
import { invitationMail } from './invitation.ts';
import { waitingMail } from './waiting.ts';

const link = 'https://rollcall.example.com/invite/abc';

describe('mails', () => {
  it('say the same in text and HTML, with the link written out', () => {
    const mail = invitationMail({
      productName: 'Insomnia',
      accountName: 'Example',
      link,
      expiresAt: Date.UTC(2026, 11, 8),
    });
    expect(mail.subject).toBe('Join Example in Insomnia');
    for (const body of [mail.text, mail.html]) {
      expect(body).toContain('Example invites you to join its account in Insomnia.');
      expect(body).toContain(link);
      expect(body).toContain('8 December 2026');
    }
  });

  it('escape names, and load nothing from anywhere', () => {
    const { html } = invitationMail({
      productName: 'Insomnia',
      accountName: '<img src=x onerror="alert(1)">',
      link,
      expiresAt: 0,
    });
    expect(html).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;');
    expect(html).not.toMatch(/<(img|script|link|iframe)\b/);
  });

  it('count people in words that fit the number', () => {
    const subject = (people: number) =>
      waitingMail({ productName: 'Insomnia', accountName: 'Example', people, link }).subject;
    expect(subject(1)).toBe('1 person waits for a seat in Example');
    expect(subject(5)).toBe('5 people wait for a seat in Example');
  });
});
