import { type Placeholders, statement, type Transaction } from '../../database/index.ts';
import { createInvitation, revokeInvitation } from '../invitations/index.ts';
import { releaseSeats } from '../licenses/index.ts';
import {
  addSource,
  endDirectoryGrant,
  endSource,
  leaveSessions,
  setMembershipState,
} from '../memberships/index.ts';
import { leaveTeamsOfDirectory } from '../teams/index.ts';
import { addAddresses, endAddresses, setPrimaryAddress } from './addresses.ts';
import { resetCredentials } from './credentials.ts';
import type { Effect, EffectKind } from './effect.ts';
import type { Cause } from './said.ts';
import type { Person } from './situation.ts';

/** Makes one effect true; answers an `Outcome` where something came of it otherwise than planned, or beyond. */
type Applier = (tx: Transaction, cause: Cause, person: Person, effect: Effect) => Promise<unknown>;

/** What an effect's facts are, now that it is applied. */
class Outcome {
  readonly before: Effect['before'];
  readonly after: Effect['after'];

  constructor(before: Effect['before'], after: Effect['after']) {
    this.before = before;
    this.after = after;
  }
}

/** Effects that are only told: somebody has to decide. */
const told: Applier = async () => {};

/** One small function for each kind of effect on a person. */
const appliers: Partial<Record<EffectKind, Applier>> = {
  user_created: createUser,
  user_linked: told,
  credentials_reset: (tx, _, person) => resetCredentials(tx, idOf(person)),
  name_changed: async (tx, _, { said, ...person }) =>
    tx.send(rename, { userId: idOf(person), name: said.name }),
  addresses_changed: changeAddresses,
  access_granted: grantAccess,
  access_ended: endAccess,
  source_added: addDirectory,
  source_ended: endDirectory,
  access_kept: keepByHand,
  invited: invite,
  invitation_revoked: withdrawInvitation,
  owner_conflict: told,
  profile_kept: told,
  user_conflict: told,
};

/** Applies one planned effect; answers it with what was counted while applying. */
export async function applyEffect(
  tx: Transaction,
  cause: Cause,
  person: Person,
  effect: Effect,
): Promise<Effect> {
  const apply = appliers[effect.kind];
  if (apply === undefined) throw new TypeError(`${effect.kind} is not an effect on a person`);
  const outcome = await apply(tx, cause, person, effect);
  return outcome instanceof Outcome ? { ...effect, ...outcome } : effect;
}

function idOf({ userId }: Pick<Person, 'userId'>): string {
  if (userId === null) throw new TypeError('the effect is about nobody');
  return userId;
}

type NewUser = { userId: string; name: string; at: number };

const insertUser = statement('provisioning.create_user', (db, p: Placeholders<NewUser>) =>
  db.insertInto('users').values({
    id: p.userId,
    name: p.name,
    passphrase_hash: null,
    passphrase_set_at: null,
    created_at: p.at,
  }),
);

/** The addresses are there already: claiming them decided that the person is new. */
async function createUser(tx: Transaction, { at }: Cause, person: Person) {
  tx.send(insertUser, { userId: idOf(person), name: person.said.name, at });
}

const rename = statement(
  'provisioning.rename_user',
  (db, p: Placeholders<{ userId: string; name: string }>) =>
    db.updateTable('users').set({ name: p.name }).where('id', '=', p.userId),
);

/** An address that another person has proved stays with them. Nobody is left without one because of that. */
async function changeAddresses(tx: Transaction, cause: Cause, person: Person, effect: Effect) {
  const userId = idOf(person);
  const { provedAddresses } = person.said;
  const wanted = textsOf(effect.after?.added);
  const added = await addAddresses(tx, cause, userId, wanted);
  const held = wanted.filter((address) => !added.includes(address));
  const bare = held.length > 0 && held.length === provedAddresses.length;
  const ended = bare ? [] : textsOf(effect.before?.ended);
  await endAddresses(tx, cause, userId, ended);
  const [primary] = provedAddresses;
  if (primary !== undefined) await setPrimaryAddress(tx, userId, primary);
  return new Outcome({ ended }, held.length === 0 ? { added } : { added, held });
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** The seat was claimed for the plan; without one the membership waits. */
function grantAccess(tx: Transaction, cause: Cause, person: Person, { state }: Effect) {
  const { accountId, at } = cause;
  const userId = idOf(person);
  return Promise.all([
    setMembershipState(tx, {
      accountId,
      userId,
      state: state === 'applied' ? 'active' : 'waiting',
      at,
    }),
    addDirectory(tx, cause, person),
  ]);
}

async function endAccess(tx: Transaction, cause: Cause, person: Person, effect: Effect) {
  const { accountId, directoryId, at } = cause;
  const userId = idOf(person);
  const [sessionsEnded] = await Promise.all([
    leaveSessions(tx, { accountId, userIds: [userId], at }),
    setMembershipState(tx, { accountId, userId, state: 'deactivated', at }),
    releaseSeats(tx, accountId, 'user', [userId]),
    endDirectoryGrant(tx, { accountId, userId, directoryId }),
    leaveTeamsOfDirectory(tx, { accountId, userId, directoryId }),
  ]);
  return new Outcome(effect.before, { ...effect.after, sessionsEnded });
}

function addDirectory(tx: Transaction, { accountId, directoryId, at }: Cause, person: Person) {
  const source = { kind: 'directory', sourceId: directoryId } as const;
  return addSource(tx, { accountId, userId: idOf(person), at, ...source });
}

function endDirectory(tx: Transaction, { accountId, directoryId }: Cause, person: Person) {
  const userId = idOf(person);
  return Promise.all([
    endSource(tx, { accountId, userId, kind: 'directory', sourceId: directoryId }),
    leaveTeamsOfDirectory(tx, { accountId, userId, directoryId }),
  ]);
}

/** Owners and co-owners become members by hand; everybody else who stays is one already. */
function keepByHand(tx: Transaction, cause: Cause, person: Person, { reason }: Effect) {
  const { accountId, at } = cause;
  const manual = { kind: 'manual', sourceId: '' } as const;
  return Promise.all([
    reason === 'owner' && addSource(tx, { accountId, userId: idOf(person), at, ...manual }),
    endDirectory(tx, cause, person),
  ]);
}

function invite(tx: Transaction, cause: Cause, person: Person, effect: Effect) {
  const { resolution } = person.said;
  if (resolution?.kind !== 'outsider') throw new TypeError('only an outsider is invited');
  return createInvitation(tx, {
    accountId: cause.accountId,
    id: person.invitationId,
    directoryId: cause.directoryId,
    directoryUserId: person.record.id,
    address: resolution.address,
    state: effect.reason === 'acceptance' ? 'pending' : 'waiting',
    at: cause.at,
  });
}

async function withdrawInvitation(tx: Transaction, cause: Cause, { record }: Person) {
  const { accountId, directoryId } = cause;
  const ids = await revokeInvitation(tx, { directoryId, directoryUserId: record.id });
  if (ids.length > 0) await releaseSeats(tx, accountId, 'invitation', ids);
}
