import type { TokenKey } from '../oidc/keys.ts';
import type { OidcSettings } from '../oidc/settings.ts';
import type { ImportCounts } from '../provisioning/import.ts';
import type { SigningKey } from '../saml/keys.ts';
import type { SamlSettings } from '../saml/settings.ts';
import type { ProbeResult } from '../scim-client/probe.ts';
import type { Database } from './database.ts';

/** Results that stay on screen until the next one, and what the app signs in by. */
export interface FactTypes {
  readonly lastImport: ImportCounts;
  readonly lastTest: ProbeResult & { readonly at: number };
  readonly saml: Partial<SamlSettings>;
  readonly samlKey: SigningKey;
  readonly oidc: Partial<OidcSettings>;
  readonly oidcSecret: string;
  readonly oidcKeys: readonly TokenKey[];
}

/** Reads and writes the last results. */
export function createFacts(database: Database) {
  const one = database.prepare<[string], string>('select value from facts where name = ?').pluck();
  const upsert = database.prepare('insert or replace into facts values (?, ?)');
  const remove = database.prepare('delete from facts where name = ?');
  return {
    get<K extends keyof FactTypes>(name: K): FactTypes[K] | undefined {
      const value = one.get(name);
      return value === undefined ? undefined : JSON.parse(value);
    },
    put: <K extends keyof FactTypes>(name: K, value: FactTypes[K]) =>
      void upsert.run(name, JSON.stringify(value)),
    remove: (name: keyof FactTypes) => void remove.run(name),
  };
}
