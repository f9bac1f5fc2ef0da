import type { ConnectorToken, IssuedToken } from '@rollcall/api';
import { formatDate } from '../../../components/format.ts';

/** The token that the IdP should be using: the newest that writes and was not revoked. */
export function currentToken(tokens: readonly ConnectorToken[]): ConnectorToken | undefined {
  const writing = tokens.filter(
    ({ access, state }) => access === 'read_write' && state !== 'revoked',
  );
  const newestOf = (state: ConnectorToken['state']) =>
    newest(writing.filter((token) => token.state === state));
  return newestOf('valid') ?? newestOf('retiring') ?? newestOf('expired');
}

/** A token that was replaced and still works, and its successor. Once that has been used, the old one can go. */
export function replacedToken(
  tokens: readonly ConnectorToken[],
): { old: ConnectorToken; current: ConnectorToken; inUse: boolean } | undefined {
  const current = currentToken(tokens);
  const old = newest(tokens.filter(({ state }) => state === 'retiring'));
  if (current?.state !== 'valid' || !old) return undefined;
  return { old, current, inUse: current.lastUsedAt !== null };
}

/** Tokens that open something now. */
export function workingTokens(tokens: readonly ConnectorToken[]): readonly ConnectorToken[] {
  return tokens.filter(({ state }) => state === 'valid' || state === 'retiring');
}

function newest(tokens: readonly ConnectorToken[]): ConnectorToken | undefined {
  return tokens.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt))[0];
}

const stateWords: Record<ConnectorToken['state'], string> = {
  valid: 'Valid',
  retiring: 'Replaced',
  expired: 'Expired',
  revoked: 'Revoked',
};

/** “Valid”, “Replaced”, “Expired”, “Revoked”. */
export function tokenStateWord(state: ConnectorToken['state']): string {
  return stateWords[state];
}

/** Everything that the dialog shows, for a vault or a ticket: *Copy all as text*. */
export function credentialsAsText(issued: IssuedToken, product: string): string {
  const expiry = issued.expiresAt ? formatDate(issued.expiresAt) : 'never';
  return [
    `${product} SCIM`,
    `Connector URL: ${issued.connectorUrl}`,
    `Token: ${issued.token}`,
    `Expires: ${expiry}`,
    '',
  ].join('\n');
}
