import type { Transaction } from '../../database/index.ts';
import { type FactorChange, factorChangedMail } from '../../mail/factors.ts';
import type { Mail } from '../../mail/layout.ts';
import { enqueueMail } from '../../mail/mails.ts';
import { type Actor, type AuditAction, recordAudit } from '../audit/index.ts';
import { readProfile } from '../users/index.ts';

/** What a person did to their own local factors. */
export interface OwnFactorChange {
  readonly userId: string;
  readonly change: FactorChange;
  readonly requestId: string;
  readonly at: number;
}

/** How the product is called in mails, and where it stands. */
interface Product {
  readonly productName: string;
  readonly publicUrl: string;
}

/**
 * Notes that a person changed their own local factors, in the unit of the change: each account that they are in finds it
 * in its audit log, and their mail tells them, so that a thief's change is found out.
 */
export async function noteFactorChange(
  tx: Transaction,
  { productName, publicUrl }: Product,
  own: OwnFactorChange,
): Promise<void> {
  const { userId, change, at } = own;
  await auditFactorChange(tx, own);
  const link = `${publicUrl}/app/profile/security`;
  await mailPerson(tx, { userId, at }, factorChangedMail({ productName, change, link }));
}

/** As `noteFactorChange`, where another mail tells of it. */
export async function auditFactorChange(
  tx: Transaction,
  { userId, change, requestId, at }: OwnFactorChange,
): Promise<void> {
  const { name } = await readProfile(tx, userId);
  const actor = { kind: 'user', id: userId, name } as const;
  await auditInEachAccount(tx, { userId, actor, action: `user.${change}`, requestId, at });
}

/** What was done to a person, in all that they are here. */
interface DoneToPerson {
  readonly userId: string;
  readonly actor: Actor;
  readonly action: AuditAction;
  readonly requestId?: string;
  readonly at: number;
}

/** Records what concerns a person, and not one account alone, in each account that they are in. */
export async function auditInEachAccount(
  tx: Transaction,
  { userId, ...done }: DoneToPerson,
): Promise<void> {
  const memberships = await tx.query
    .selectFrom('memberships as m')
    .innerJoin('users as u', 'u.id', 'm.user_id')
    .select(['m.account_id', 'u.name'])
    .where('m.user_id', '=', userId)
    .where('m.state', '<>', 'removed')
    .orderBy('m.account_id')
    .execute();
  for (const { account_id: accountId, name } of memberships) {
    await recordAudit(tx, { accountId, subject: { kind: 'user', id: userId, name }, ...done });
  }
}

/** Mails a person at a proved address of theirs, their primary one where it is; nothing where none is proved. */
export async function mailPerson(
  tx: Transaction,
  { userId, at }: { readonly userId: string; readonly at: number },
  mail: Mail,
): Promise<void> {
  const { emails } = await readProfile(tx, userId);
  const recipient = emails.find(({ proved }) => proved)?.address;
  if (recipient === undefined) return;
  await enqueueMail(tx, { accountId: null, recipient, at, ...mail });
}
