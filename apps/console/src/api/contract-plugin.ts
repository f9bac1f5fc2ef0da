import {
  accountName,
  activationCodeBody,
  emailAddress,
  passphraseMinimumLength,
  personName,
  routes,
  streams,
} from '@rollcall/api';
import type { Plugin } from 'vite';

const name = 'virtual:contract';

/**
 * Gives the browser the contract's methods and paths without its validation: the server validates, and a schema library
 * would weigh as much as all of our own code. Types come from `@rollcall/api` itself (contract.d.ts).
 */
export function contract(): Plugin {
  return {
    name,
    resolveId: (id) => (id === name ? `\0${name}` : null),
    load: (id) => (id === `\0${name}` ? source() : null),
  };
}

function source(): string {
  return [
    constant('routes', endpoints(routes)),
    constant('streams', endpoints(streams)),
    constant('passphraseMinimumLength', passphraseMinimumLength),
    constant('longest', {
      personName: personName.maxLength,
      emailAddress: emailAddress.maxLength,
      accountName: accountName.maxLength,
      activationCode: activationCodeBody.shape.code.maxLength,
    }),
  ].join('\n');
}

function endpoints(table: Record<string, { method: string; path: string }>) {
  return Object.fromEntries(
    Object.entries(table).map(([key, { method, path }]) => [key, { method, path }]),
  );
}

function constant(key: string, value: unknown): string {
  return `export const ${key} = ${JSON.stringify(value)};`;
}
