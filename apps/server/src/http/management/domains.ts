import { routes } from '@rollcall/api';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import { type Transaction, UniqueViolation } from '../../database/index.ts';
import {
  checkRecord,
  createDomain,
  type DomainChange,
  type DomainCheck,
  type DomainRow,
  deleteDomain,
  domainTaken,
  isVerified,
  listDomains,
  listUnclaimed,
  readDomain,
  readProof,
  setDomainPolicy,
  settleAndTell,
} from '../../domain/domains/index.ts';
import { instantOf } from '../../instant.ts';
import { detailOf, domainsView } from './domain-view.ts';
import { policies } from './policies.ts';
import { registerRoute } from './register.ts';

/** The e-mail domains of an account, and their proof. */
export function registerDomains(app: FastifyInstance, context: Context): void {
  const { database, settings, now } = context;
  const { read } = database;

  registerRoute(app, context, routes.listDomains, policies.listDomains, async ({ params }) => ({
    items: await domainsView(read, params.accountId, await listDomains(read, params.accountId)),
  }));

  registerRoute(app, context, routes.createDomain, policies.createDomain, async (call) => {
    const { accountId } = call.params;
    const change = changeOf(call);
    const id = await database.write((tx) => createDomain(tx, { ...change, ...call.body }));
    return detailOf(read, await readDomain(read, accountId, id), now());
  });

  registerRoute(app, context, routes.getDomain, policies.getDomain, async ({ params }) =>
    detailOf(read, await readDomain(read, params.accountId, params.domainId), now()),
  );

  registerRoute(app, context, routes.checkDomain, policies.checkDomain, async ({ params }) => {
    const proof = await readProof(read, await readDomain(read, params.accountId, params.domainId));
    return checkView(await look(proof), now());
  });

  registerRoute(app, context, routes.verifyDomain, policies.verifyDomain, async (call) => {
    const { accountId, domainId } = call.params;
    const proof = await readProof(read, await readDomain(read, accountId, domainId));
    const check = await look(proof);
    const at = now();
    const change = { ...changeOf(call), at, domainId: proof.id, check };
    await settle(proof, (tx) => settleAndTell(tx, settings, change));
    const domain = await readDomain(read, accountId, domainId);
    // A domain above may be this account's while the one below is another's.
    if (check.verdict === 'found' && !isVerified(domain)) throw domainTaken(domain.name);
    return { check: checkView(check, at), domain: await detailOf(read, domain, at) };
  });

  registerRoute(app, context, routes.updateDomain, policies.updateDomain, async (call) => {
    const { accountId, domainId } = call.params;
    const change = { ...changeOf(call), domainId, policy: call.body };
    await database.write((tx) => setDomainPolicy(tx, change));
    return detailOf(read, await readDomain(read, accountId, domainId), now());
  });

  registerRoute(app, context, routes.deleteDomain, policies.deleteDomain, async (call) => {
    const change = { ...changeOf(call), domainId: call.params.domainId };
    await database.write((tx) => deleteDomain(tx, change));
    return {};
  });

  registerRoute(app, context, routes.listUnclaimed, policies.listUnclaimed, async (call) => {
    const { accountId, domainId } = call.params;
    const domain = await readDomain(read, accountId, domainId);
    if (!isVerified(domain)) return { items: [], nextCursor: null };
    const page = await listUnclaimed(read, { accountId, name: domain.name, ...call.query });
    const items = page.people.map((person) => ({ ...person, since: instantOf(person.since) }));
    return { items, nextCursor: page.nextCursor };
  });

  const look = ({ name, verification_token: token }: DomainRow) =>
    checkRecord(settings.dnsServers, { name, token });

  /** Two accounts may prove a domain at the same moment: the index lets one of them through. */
  const settle = async <T>({ name }: DomainRow, unit: (tx: Transaction) => Promise<T>) => {
    try {
      return await database.write(unit);
    } catch (error) {
      if (error instanceof UniqueViolation) throw domainTaken(name);
      throw error;
    }
  };
}

function changeOf(call: {
  readonly params: { readonly accountId: string };
  readonly actor: DomainChange['actor'];
  readonly requestId: string;
  readonly at: number;
}): DomainChange {
  const { actor, requestId, at } = call;
  return { accountId: call.params.accountId, actor, requestId, at };
}

function checkView({ verdict, answers, advice }: DomainCheck, at: number) {
  return {
    at: instantOf(at),
    verdict,
    advice,
    answers: answers.map((answer) => ({ ...answer, values: [...answer.values] })),
  };
}
