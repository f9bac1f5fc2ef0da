import type { AppSettings } from '../store/settings.ts';

/** Why a base URL is refused, or undefined where it is fine. */
export function baseUrlProblem(text: string): string | undefined {
  if (text.trim() === '') return 'SCIM connector base URL is required.';
  const url = URL.parse(text.trim());
  if (url === null) return 'SCIM connector base URL must be a complete URL.';
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    return 'SCIM connector base URL must start with https://. Plain http is only accepted for this machine (127.0.0.1 or localhost).';
  }
  if (text.split('?')[0]?.includes('_')) {
    return 'SCIM connector base URL must not contain an underscore (_). Okta refuses such URLs.';
  }
  if (url.username !== '' || url.hash !== '') {
    return 'SCIM connector base URL must not contain a user name or a fragment (#).';
  }
  return undefined;
}

/** True for names that only lead back to this machine. */
export function isLoopback(hostname: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i.test(hostname);
}

/** The name of Entra's flag, which an administrator may also append to the Tenant URL. */
const entraFlagName = 'aadOptscim062020';

/** True where requests follow Entra's `aadOptscim062020` behavior. */
export function hasEntraFlag(settings: AppSettings): boolean {
  return settings.advanced.entraFlag || settings.integration.baseUrl.includes(entraFlagName);
}

/**
 * The address of a request: the base URL as it was typed, without a slash at its end, then the path. A query that the
 * administrator appended to the base URL stays in front.
 */
export function requestUrl(settings: AppSettings, path: string, query: string): string {
  const [address = '', ownQuery = ''] = settings.integration.baseUrl.trim().split('?');
  const queries = [ownQuery, query].filter((part) => part !== '');
  return address.replace(/\/$/, '') + path + (queries.length === 0 ? '' : `?${queries.join('&')}`);
}

/** The `Authorization` header of the chosen mode; nothing pasted is corrected. */
export function authorization({ integration }: AppSettings): string {
  if (integration.authenticationMode === 'header') return `Bearer ${integration.token}`;
  const pair = `${integration.basicUser}:${integration.basicPassword}`;
  return `Basic ${Buffer.from(pair).toString('base64')}`;
}

/** `Users?filter=…` as Okta writes it: encoded, spaces by the setting, quotes and backslashes of the value escaped. */
export function filterQuery(settings: AppSettings, attribute: string, value: string): string {
  const filter = `${attribute} eq "${value.replace(/["\\]/g, '\\$&')}"`;
  return `filter=${encodeURIComponent(filter).replaceAll('%20', settings.advanced.filterSpace)}`;
}
