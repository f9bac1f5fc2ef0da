import type { SsoConnection, SsoConnectionDetail } from '@rollcall/api';
import type { Mark } from '../../components/status-mark.tsx';

export const states: Record<SsoConnection['state'], { mark: Mark; word: string }> = {
  draft: { mark: 'off', word: 'Draft' },
  tested: { mark: 'on', word: 'Tested' },
  enforced: { mark: 'ok', word: 'Enforced' },
};

export const protocols: Record<SsoConnection['protocol'], string> = { saml: 'SAML', oidc: 'OIDC' };

/** Whether a person has come through the connection of late, by a sign-in or a test. */
export function hasComeThrough(
  { lastTest, attempts }: Pick<SsoConnectionDetail, 'lastTest' | 'attempts'>,
  userId: string,
): boolean {
  const seen = lastTest === null ? attempts : [lastTest, ...attempts];
  return seen.some(({ outcome, person }) => outcome === 'accepted' && person?.id === userId);
}

const day = 86_400_000;

/** How an end of a certificate is to be taken: from thirty days before, as a warning. */
export function certificateTone(validUntil: string, now: number): 'plain' | 'warning' | 'danger' {
  const left = Date.parse(validUntil) - now;
  if (left <= 0) return 'danger';
  return left <= 30 * day ? 'warning' : 'plain';
}
