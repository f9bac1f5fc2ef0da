import { routes } from '@rollcall/api';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import { Refusal } from '../../domain/refusal.ts';
import {
  addAuthentication,
  addressThrottle,
  beginGuess,
  endSession,
  findPendingSession,
  findSession,
  forgiveGuess,
  passphraseAuthentication,
  requireLocalFactors,
  sessionThrottle,
} from '../../domain/sessions/index.ts';
import { routeByAddress } from '../../domain/sso-connections/index.ts';
import {
  findUserByProvedAddress,
  readPassphraseHash,
  verifyPassphrase,
} from '../../domain/users/index.ts';
import { policies } from '../management/policies.ts';
import { registerRoute } from '../management/register.ts';
import { clearSessionCookie, readSessionCookie } from '../plugins/session-cookie.ts';
import { sessionView, signInBy } from './session-view.ts';
import { singleLogoutUrl } from './single-logout.ts';
import { ssoStart } from './sso-answers.ts';

/** Signing in by passphrase, proving it again, signing out. */
export function registerSignIn(app: FastifyInstance, context: Context): void {
  const { database, settings } = context;

  // The domain alone decides: it reads the same for an unknown person.
  registerRoute(app, context, routes.identify, policies.identify, async ({ body }) => {
    const connection = await routeByAddress(database.read, body.email);
    return {
      method: connection?.state === 'enforced' ? ('sso' as const) : ('passphrase' as const),
      location: connection === undefined ? null : ssoStart(connection.id),
    };
  });

  registerRoute(app, context, routes.signIn, policies.signIn, async ({ body, at, ...call }) => {
    const throttle = addressThrottle(call.request.ip);
    await database.write((tx) => beginGuess(tx, throttle, at));
    const user = await findUserByProvedAddress(database.read, body.email);
    const right = await verifyPassphrase(user?.passphraseHash ?? null, body.passphrase);
    if (user === undefined || !right) throw wrongCredentials();
    await database.write((tx) => forgiveGuess(tx, throttle));
    await requireLocalFactors(database.read, user.id, at);
    return signInBy(context, call, async () => user.id);
  });

  registerRoute(app, context, routes.proveFactor, policies.proveFactor, async (call) => {
    const { id: sessionId, userId } = call.session;
    const throttle = sessionThrottle(sessionId);
    await database.write((tx) => beginGuess(tx, throttle, call.at));
    const stored = await readPassphraseHash(database.read, userId);
    if (!(await verifyPassphrase(stored, call.body.passphrase))) {
      throw new Refusal('wrong_credentials', 'That passphrase is not right.');
    }
    await database.write(async (tx) => {
      await forgiveGuess(tx, throttle);
      await addAuthentication(tx, sessionId, passphraseAuthentication, context.now());
    });
    return sessionView(context, { userId, sessionId });
  });

  registerRoute(app, context, routes.signOut, policies.signOut, async ({ request, reply, at }) => {
    const secret = readSessionCookie(request, settings.publicUrl);
    clearSessionCookie(reply, settings.publicUrl);
    if (secret === undefined) return { location: null };
    const session = await findSession(database.read, secret, at);
    const ended = session ?? (await findPendingSession(database.read, secret, at));
    if (ended === undefined) return { location: null };
    const { id: sessionId, userId } = ended;
    // First of all: an IdP that cannot be told keeps nobody signed in.
    await database.write((tx) => endSession(tx, { userId, sessionId, at }));
    const location = session ? await singleLogoutUrl(context, sessionId) : null;
    return { location };
  });

  registerRoute(app, context, routes.getSession, policies.getSession, async ({ session }) =>
    sessionView(context, { userId: session.userId, sessionId: session.id }),
  );
}

/** Reads the same for an unknown person and a wrong passphrase, and takes the same time. */
function wrongCredentials(): Refusal {
  return new Refusal('wrong_credentials', 'E-mail address and passphrase do not fit together.');
}
