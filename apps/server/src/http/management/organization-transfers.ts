import { routes } from '@rollcall/api';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import {
  acceptOffer,
  checkTransfer,
  declineOffer,
  listOffers,
  offerOrganization,
  requireOrganization,
  withdrawOffer,
} from '../../domain/organizations/index.ts';
import { instantOf } from '../../instant.ts';
import type { Authorized } from './authorize.ts';
import { callerOf, changeOf } from './organizations.ts';
import { policies } from './policies.ts';
import { registerRoute } from './register.ts';

/** Giving an organization to the owner of another account, and taking one over. */
export function registerOrganizationTransfers(app: FastifyInstance, context: Context): void {
  const { database } = context;
  const { read } = database;

  registerRoute(app, context, routes.previewTransfer, policies.previewTransfer, async (call) => {
    await requireOrganization(read, call.params, callerOf(call), 'transfer');
    const { conditions, to } = await checkTransfer(read, call.params, call.query, call.at);
    return { conditions: [...conditions], to };
  });

  const { offerOrganization: offer, withdrawOrganizationOffer: withdraw } = policies;
  registerRoute(app, context, routes.offerOrganization, offer, async (call) => {
    const change = { ...(await changeOf(read, call, 'transfer')), ...call.body };
    await database.write((tx) => offerOrganization(tx, change));
    return {};
  });

  registerRoute(app, context, routes.withdrawOrganizationOffer, withdraw, async (call) => {
    const change = await changeOf(read, call, 'transfer');
    await database.write((tx) => withdrawOffer(tx, change));
    return {};
  });

  const { listOrganizationOffers: list } = policies;
  registerRoute(app, context, routes.listOrganizationOffers, list, async (call) => {
    const offers = await listOffers(read, call.params.accountId, personIn(call));
    return {
      items: offers.map(({ offeredAt, ...one }) => ({ ...one, offeredAt: instantOf(offeredAt) })),
    };
  });

  const { acceptOrganization: accept, declineOrganization: decline } = policies;
  registerRoute(app, context, routes.acceptOrganization, accept, async (call) => {
    await database.write((tx) => acceptOffer(tx, answerOf(call)));
    return {};
  });

  registerRoute(app, context, routes.declineOrganization, decline, async (call) => {
    await database.write((tx) => declineOffer(tx, answerOf(call)));
    return {};
  });
}

function answerOf(
  call: Authorized & {
    readonly params: { readonly accountId: string; readonly offeredId: string };
    readonly requestId: string;
    readonly at: number;
  },
) {
  const { params, actor, requestId, at } = call;
  const { accountId, offeredId: organizationId } = params;
  return { accountId, organizationId, userId: personIn(call), actor, requestId, at };
}

/** An offer is made to a person; no API key is one. */
function personIn({ actor }: Authorized): string {
  return actor.kind === 'user' ? actor.id : '';
}
