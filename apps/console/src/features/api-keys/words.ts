import type { ApiKey, ApiKeyExpiration, ApiKeyScope } from '@rollcall/api';
import { expiryOf } from '@rollcall/api/expiration';
import { formatDate } from '../../components/format.ts';
import type { Mark } from '../../components/status-mark.tsx';

/** What a key may do with an area. */
export type Access = 'none' | 'read' | 'write';

type Area = ApiKeyScope extends `${infer Name}:${string}` ? Name : never;

/** The areas in the order of the pages that they stand for. */
const areaNames: Readonly<Record<Area, string>> = {
  account: 'Home',
  billing: 'Plan & billing',
  domains: 'Domains',
  sso: 'SSO',
  scim: 'SCIM',
  people: 'Teams and licenses',
  organizations: 'Organizations',
  audit: 'Audit',
};

/** Areas that only have something to read. */
export const readOnlyAreas: ReadonlySet<Area> = new Set(['account', 'audit']);

/** The areas with their names. */
export function areas(): readonly (readonly [Area, string])[] {
  // The record is a literal: it has no other keys.
  return Object.entries(areaNames) as [Area, string][];
}

/** The scopes of what was chosen, area by area. */
export function scopesOf(chosen: Readonly<Partial<Record<Area, Access>>>): ApiKeyScope[] {
  return areas().flatMap(([area]): ApiKeyScope[] => {
    const access = chosen[area] ?? 'none';
    return access === 'none' ? [] : [`${area}:${access}`];
  });
}

/** “Reads SCIM, changes Teams and licenses”. */
export function scopesInWords(scopes: readonly ApiKeyScope[]): string {
  const list = (access: string) =>
    new Intl.ListFormat('en', { type: 'conjunction' }).format(
      areas()
        .filter(([area]) => scopes.some((scope) => scope === `${area}:${access}`))
        .map(([, name]) => name),
    );
  const [reads, changes] = [list('read'), list('write')];
  if (!reads) return `Changes ${changes}`;
  return changes ? `Reads ${reads}, changes ${changes}` : `Reads ${reads}`;
}

/** How long a key works, in the order in which it is offered. */
export const expirations: readonly ApiKeyExpiration[] = ['30_days', '90_days', '1_year'];

const lengths: Readonly<Record<ApiKeyExpiration, string>> = {
  '30_days': '30 days',
  '90_days': '90 days',
  '1_year': '1 year',
};

export function expirationLabel(expiration: ApiKeyExpiration): string {
  return lengths[expiration];
}

/** “until 22 Feb 2027”. */
export function expirationHelp(expiration: ApiKeyExpiration, now: Date): string {
  return `until ${formatDate(new Date(expiryOf(expiration, now.getTime())))}`;
}

export const stateWords: Readonly<Record<ApiKey['state'], { word: string; mark: Mark }>> = {
  valid: { word: 'Works', mark: 'on' },
  suspended: { word: 'Suspended', mark: 'warning' },
  expired: { word: 'Expired', mark: 'danger' },
  revoked: { word: 'Revoked', mark: 'off' },
};
