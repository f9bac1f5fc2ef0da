import type { Transaction } from '../../database/index.ts';
import { type FactorChange, factorChangedMail, factorsResetMail } from '../../mail/factors.ts';
import type { Mail } from '../../mail/layout.ts';
import { enqueueMail } from '../../mail/mails.ts';
import { type Actor, recordInEachAccount } from '../audit/index.ts';
import { readProfile } from '../users/index.ts';

/** What a person did to their own local factors. */
export interface OwnFactorChange {
  readonly userId: string;
  readonly change: FactorChange;
  readonly requestId: string;
  readonly at: number;
}

/** How the product is called in mails, and where it stands. */
export interface Product {
  readonly productName: string;
  readonly publicUrl: string;
}

/** Whom a change concerns, as `readProfile` has them. */
type Person = Awaited<ReturnType<typeof readProfile>>;

/**
 * Notes that a person changed their own local factors, in the unit of the change: each account that they are in finds it
 * in its audit log, and their mail tells them, so that a thief's change is found out.
 */
export async function noteFactorChange(
  tx: Transaction,
  product: Product,
  own: OwnFactorChange,
): Promise<void> {
  const { productName } = product;
  const person = await readProfile(tx, own.userId);
  await auditOwnChange(tx, person, own);
  const mail = factorChangedMail({ productName, change: own.change, link: securityPage(product) });
  await mailTo(tx, person, mail, own.at);
}

/** As `noteFactorChange`, where another mail tells of it. */
export async function auditFactorChange(tx: Transaction, own: OwnFactorChange): Promise<void> {
  await auditOwnChange(tx, await readProfile(tx, own.userId), own);
}

function auditOwnChange(
  tx: Transaction,
  person: Person,
  { change, requestId, at }: OwnFactorChange,
): Promise<void> {
  const actor = { kind: 'user', id: person.id, name: person.name } as const;
  return recordInEachAccount(tx, person, { actor, action: `user.${change}`, requestId, at });
}

/** Whose second factors go, and who has seen to it that it is them. */
export interface FactorReset {
  readonly userId: string;
  readonly actor: Actor;
  readonly at: number;
}

/** As `noteFactorChange`, of second factors that the operator removed. */
export async function noteFactorReset(
  tx: Transaction,
  product: Product,
  { userId, actor, at }: FactorReset,
): Promise<void> {
  const person = await readProfile(tx, userId);
  await recordInEachAccount(tx, person, { actor, action: 'user.factors_reset', at });
  const { productName } = product;
  await mailTo(tx, person, factorsResetMail({ productName, link: securityPage(product) }), at);
}

function securityPage({ publicUrl }: Product): string {
  return `${publicUrl}/app/profile/security`;
}

/** Mails a person at a proved address of theirs, their primary one where it is; nothing where none is proved. */
export async function mailPerson(
  tx: Transaction,
  { userId, at }: { readonly userId: string; readonly at: number },
  mail: Mail,
): Promise<void> {
  await mailTo(tx, await readProfile(tx, userId), mail, at);
}

async function mailTo(tx: Transaction, { emails }: Person, mail: Mail, at: number): Promise<void> {
  const recipient = emails.find(({ proved }) => proved)?.address;
  if (recipient === undefined) return;
  await enqueueMail(tx, { accountId: null, recipient, at, ...mail });
}
