import { type Factors, routes } from '@rollcall/api';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import type { Transaction } from '../../database/index.ts';
import {
  beginPasskey,
  beginTotp,
  confirmTotp,
  keepPasskey,
  type LocalFactors,
  noteFactorChange,
  passkeyChallenge,
  provePasskey,
  proveTotp,
  type RelyingParty,
  readFactors,
  readSecondFactors,
  removeFactor,
  renewRecoveryCodes,
  verifyNewPasskey,
} from '../../domain/factors/index.ts';
import { Refusal } from '../../domain/refusal.ts';
import {
  addAuthentication,
  addressThrottle,
  beginGuess,
  forgiveGuess,
  sessionThrottle,
} from '../../domain/sessions/index.ts';
import { readProfile } from '../../domain/users/index.ts';
import { instantOf } from '../../instant.ts';
import type { FactorChange } from '../../mail/factors.ts';
import type { Settings } from '../../settings.ts';
import { policies } from '../management/policies.ts';
import { registerRoute } from '../management/register.ts';
import { enterBy, sessionView } from './session-view.ts';

/** A call of a person who is signed in. */
interface OwnCall {
  readonly session: { readonly userId: string };
  readonly requestId: string;
  readonly at: number;
}

/** A person's own local factors: what there is, and setting them up. */
export function registerFactors(app: FastifyInstance, context: Context): void {
  const { database, secrets, settings } = context;
  const { read } = database;
  const party = partyOf(settings);
  const note = (tx: Transaction, { session, requestId, at }: OwnCall, change: FactorChange) =>
    noteFactorChange(tx, settings, { userId: session.userId, change, requestId, at });

  registerRoute(app, context, routes.getFactors, policies.getFactors, async ({ session }) =>
    factorsView(await readFactors(read, session.userId)),
  );

  registerRoute(app, context, routes.beginTotp, policies.beginTotp, async ({ session, at }) => {
    const { userId } = session;
    const { emails, name } = await readProfile(read, userId);
    const label = emails[0]?.address ?? name;
    const names = { userId, label, issuer: settings.productName, at };
    return database.write((tx) => beginTotp(tx, secrets, names));
  });

  registerRoute(app, context, routes.confirmTotp, policies.confirmTotp, async (call) => {
    const guess = { userId: call.session.userId, code: call.body.code, at: call.at };
    const recoveryCodes = await guarded(context, call, async (tx) => {
      const codes = await confirmTotp(tx, secrets, guess);
      await note(tx, call, 'app_added');
      return codes;
    });
    return { recoveryCodes };
  });

  registerRoute(app, context, routes.removeTotp, policies.removeTotp, async (call) => {
    const { userId } = call.session;
    await database.write(async (tx) => {
      await removeFactor(tx, { userId, passkeyId: null });
      await note(tx, call, 'app_removed');
    });
    return {};
  });

  const { renewRecoveryCodes: renew } = policies;
  registerRoute(app, context, routes.renewRecoveryCodes, renew, async (call) => {
    const { userId } = call.session;
    if ((await readSecondFactors(read, userId)) === null) {
      throw new Refusal('conflict', 'Set up an authenticator app or a passkey first.');
    }
    const recoveryCodes = await database.write(async (tx) => {
      const codes = await renewRecoveryCodes(tx, userId);
      await note(tx, call, 'recovery_codes_renewed');
      return codes;
    });
    return { recoveryCodes };
  });

  registerRoute(app, context, routes.beginPasskey, policies.beginPasskey, async (call) => {
    const { userId } = call.session;
    const { emails, name } = await readProfile(read, userId);
    const userName = emails[0]?.address ?? name;
    return { ...(await beginPasskey(database, party, { userId, userName, at: call.at })) };
  });

  registerRoute(app, context, routes.addPasskey, policies.addPasskey, async (call) => {
    const { userId } = call.session;
    const made = { userId, ...call.body, at: call.at };
    const passkey = await verifyNewPasskey(database, party, made);
    await database.write(async (tx) => {
      await keepPasskey(tx, passkey);
      await note(tx, call, 'passkey_added');
    });
    return {};
  });

  registerRoute(app, context, routes.removePasskey, policies.removePasskey, async (call) => {
    const { userId } = call.session;
    await database.write(async (tx) => {
      await removeFactor(tx, { userId, ...call.params });
      await note(tx, call, 'passkey_removed');
    });
    return {};
  });
}

/** Proving a local factor other than the passphrase. */
export function registerFactorProofs(app: FastifyInstance, context: Context): void {
  const { database, secrets } = context;
  const party = partyOf(context.settings);

  registerRoute(app, context, routes.proveTotp, policies.proveTotp, async (call) => {
    const { id: sessionId, userId } = call.session;
    const guess = { userId, code: call.body.code, at: call.at };
    await guarded(context, call, async (tx) => {
      await proveTotp(tx, secrets, guess);
      await addAuthentication(tx, sessionId, { method: 'totp', accountId: null }, call.at);
    });
    return sessionView(context, { userId, sessionId });
  });

  const { passkeyChallenge: challenge } = policies;
  registerRoute(app, context, routes.passkeyChallenge, challenge, async ({ at }) => ({
    ...(await passkeyChallenge(database, party, at)),
  }));

  registerRoute(app, context, routes.provePasskey, policies.provePasskey, async (call) => {
    const { id: sessionId, userId } = call.session;
    const owner = await provePasskey(database, party, call.body.response, call.at);
    if (owner !== userId) throw new Refusal('passkey_refused', 'That passkey is not yours.');
    await database.write((tx) =>
      addAuthentication(tx, sessionId, { method: 'passkey', accountId: null }, call.at),
    );
    return sessionView(context, { userId, sessionId });
  });
}

/** Signing in with a passkey, which says by itself whose it is. */
export function registerPasskeySignIn(app: FastifyInstance, context: Context): void {
  const { database, settings } = context;
  registerRoute(
    app,
    context,
    routes.signInWithPasskey,
    policies.signInWithPasskey,
    async (call) => {
      const throttle = addressThrottle(call.request.ip);
      await database.write((tx) => beginGuess(tx, throttle, call.at));
      const userId = await provePasskey(database, partyOf(settings), call.body.response, call.at);
      const passkey = { method: 'passkey', accountId: null } as const;
      return enterBy(
        context,
        call,
        async (tx) => {
          await forgiveGuess(tx, throttle);
          return userId;
        },
        passkey,
      );
    },
  );
}

/** Counts a guess of the session before it is checked, and forgives it once it was right. */
async function guarded<Result>(
  { database }: Context,
  { session, at }: { readonly session: { readonly id: string }; readonly at: number },
  check: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  const throttle = sessionThrottle(session.id);
  await database.write((tx) => beginGuess(tx, throttle, at));
  return database.write(async (tx) => {
    const result = await check(tx);
    await forgiveGuess(tx, throttle);
    return result;
  });
}

/** Our side of passkeys. */
export function partyOf({ productName, publicUrl }: Settings): RelyingParty {
  return { name: productName, origin: publicUrl };
}

function factorsView({ totpSince, passkeys, ...rest }: LocalFactors): Factors {
  return {
    ...rest,
    totpSince: instantOf(totpSince),
    passkeys: passkeys.map(({ createdAt, lastUsedAt, ...passkey }) => ({
      ...passkey,
      createdAt: instantOf(createdAt),
      lastUsedAt: instantOf(lastUsedAt),
    })),
  };
}
