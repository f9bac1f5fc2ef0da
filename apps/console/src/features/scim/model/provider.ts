import type { Provider } from '@rollcall/api';

/** The providers by name, as their own screens spell them. */
export const providerNames: Record<Provider, string> = {
  okta: 'Okta',
  entra: 'Microsoft Entra ID',
  generic: 'Other',
};

/** The provider at the start of a sentence: “Okta”, “Your IdP”. */
export function idpName(provider: Provider): string {
  return provider === 'generic' ? 'Your IdP' : providerNames[provider];
}

/** The provider inside a sentence: “Okta”, “your IdP”. */
export function idpInSentence(provider: Provider): string {
  return provider === 'generic' ? 'your IdP' : providerNames[provider];
}
