import type { SsoConnection } from '@rollcall/api';
import type { Mark } from '../../components/status-mark.tsx';

export const states: Record<SsoConnection['state'], { mark: Mark; word: string }> = {
  draft: { mark: 'off', word: 'Draft' },
  tested: { mark: 'on', word: 'Tested' },
  enforced: { mark: 'ok', word: 'Enforced' },
};

export const protocols: Record<SsoConnection['protocol'], string> = { saml: 'SAML', oidc: 'OIDC' };

const day = 86_400_000;

/** How an end of a certificate is to be taken: from thirty days before, as a warning. */
export function certificateTone(validUntil: string, now: number): 'plain' | 'warning' | 'danger' {
  const left = Date.parse(validUntil) - now;
  if (left <= 0) return 'danger';
  return left <= 30 * day ? 'warning' : 'plain';
}
