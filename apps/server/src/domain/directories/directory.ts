import { type DirectoryPolicies, directoryPolicies, type Provider } from '@rollcall/api';
import {
  type Placeholders,
  type Reader,
  type Schema,
  statement,
  type Transaction,
} from '../../database/index.ts';
import { newId } from '../../uuid-v7.ts';
import { type Actor, recordAudit } from '../audit/index.ts';
import { keepNamesApart } from '../directory-groups/index.ts';
import { notFound } from '../refusal.ts';
import { newCursorKey } from './cursor-key.ts';

export type DirectoryRow = Schema['directories'];

/** One policy is a column: the index over the names of groups hangs on it. */
type StoredPolicies = Omit<DirectoryPolicies, 'groupNames'>;

const defaultPolicies: StoredPolicies = {
  seats: 'wait',
  outsidersPerDay: 20,
  handmadeTeams: 'hidden',
};

const providerNames: Record<Provider, string> = {
  okta: 'Okta',
  entra: 'Microsoft Entra ID',
  generic: 'Identity provider',
};

/** Where the IdP connects (RFC 7644 §3.13). Okta accepts lower-case letters, digits and hyphens only. */
export function connectorUrl(publicUrl: string, directoryId: string): string {
  return `${publicUrl}/scim/${directoryId}/v2`;
}

/** The policies of a directory's row. */
export function policiesOf(row: Pick<DirectoryRow, 'policies' | 'group_names'>): DirectoryPolicies {
  const stored = { ...defaultPolicies, ...JSON.parse(row.policies) };
  return directoryPolicies.parse({ ...stored, groupNames: row.group_names });
}

export interface NewDirectory {
  readonly accountId: string;
  readonly provider: Provider;
  /** The provider's name where it is left out. */
  readonly name?: string;
  readonly actor: Actor;
  readonly requestId?: string;
  readonly at: number;
}

/** Makes a directory that is on and has no token yet; returns its id. `enableScim` is the way in that checks what SCIM needs. */
export async function createDirectory(tx: Transaction, directory: NewDirectory): Promise<string> {
  const { accountId, provider, name = providerNames[provider], actor, requestId, at } = directory;
  const id = newId(at);
  await tx.query
    .insertInto('directories')
    .values({
      id,
      account_id: accountId,
      name,
      provider,
      state: 'on',
      policies: JSON.stringify(defaultPolicies),
      cursor_key: newCursorKey(),
      extensions_version: 0,
      group_names: 'unique',
      releasing: null,
      created_at: at,
      changed_at: at,
    })
    .execute();
  await recordAudit(tx, {
    accountId,
    actor,
    action: 'directory.created',
    subject: { kind: 'directory', id, name },
    after: { provider },
    requestId,
    at,
  });
  return id;
}

const byId = statement<{ accountId: string; directoryId: string }, DirectoryRow>(
  'directory.by_id',
  (db, p: Placeholders<{ accountId: string; directoryId: string }>) =>
    db
      .selectFrom('directories')
      .selectAll()
      .where('id', '=', p.directoryId)
      .where('account_id', '=', p.accountId),
);

/** One directory of an account. Throws `not_found`, also for another account's. */
export async function readDirectory(
  reader: Reader,
  accountId: string,
  directoryId: string,
): Promise<DirectoryRow> {
  const row = await reader.first(byId, { accountId, directoryId });
  if (row === undefined) throw notFound('directory');
  return row;
}

const lock = statement<{ accountId: string; directoryId: string }, DirectoryRow>(
  'directory.lock',
  (db, p: Placeholders<{ accountId: string; directoryId: string }>, dialect) =>
    dialect.forUpdate(
      db
        .selectFrom('directories')
        .selectAll()
        .where('id', '=', p.directoryId)
        .where('account_id', '=', p.accountId),
    ),
);

/** The account's directories, oldest first. */
export function listDirectories(reader: Reader, accountId: string): Promise<DirectoryRow[]> {
  return reader.query
    .selectFrom('directories')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('id')
    .execute();
}

export interface DirectoryChange {
  readonly accountId: string;
  readonly directoryId: string;
  readonly actor: Actor;
  readonly requestId?: string;
  readonly at: number;
}

export interface DirectorySettings {
  readonly name?: string | undefined;
  readonly provider?: Provider | undefined;
  readonly policies?:
    | { [K in keyof DirectoryPolicies]?: DirectoryPolicies[K] | undefined }
    | undefined;
}

/**
 * Changes name, provider or policies; what is left out stays. Throws `not_found`, and `conflict` where names of groups are to
 * be unique and several groups have one.
 */
export async function updateDirectory(
  tx: Transaction,
  { accountId, directoryId, actor, requestId, at }: DirectoryChange,
  settings: DirectorySettings,
): Promise<void> {
  const row = await tx.first(lock, { accountId, directoryId });
  if (row === undefined) throw notFound('directory');
  const before = { name: row.name, provider: row.provider, policies: policiesOf(row) };
  const after = {
    name: settings.name ?? before.name,
    provider: settings.provider ?? before.provider,
    policies: {
      seats: settings.policies?.seats ?? before.policies.seats,
      outsidersPerDay: settings.policies?.outsidersPerDay ?? before.policies.outsidersPerDay,
      handmadeTeams: settings.policies?.handmadeTeams ?? before.policies.handmadeTeams,
      groupNames: settings.policies?.groupNames ?? before.policies.groupNames,
    },
  };
  const { groupNames, ...policies } = after.policies;
  const columns = { policies: JSON.stringify(policies), group_names: groupNames, changed_at: at };
  await tx.query
    .updateTable('directories')
    .set({ ...after, ...columns })
    .where('id', '=', directoryId)
    .where('account_id', '=', accountId)
    .execute();
  if (groupNames !== before.policies.groupNames && groupNames === 'unique') {
    await keepNamesApart(tx, directoryId, at);
  }
  const subject = { kind: 'directory', id: directoryId, name: after.name };
  const action = 'directory.changed';
  await recordAudit(tx, { accountId, actor, action, subject, before, after, requestId, at });
}
