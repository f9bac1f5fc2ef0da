import type { Schema } from '../../database/index.ts';
import type { EffectKind, EffectReason } from './effect.ts';
import { type Facts, factsOf, textOf } from './facts.ts';

/** A stored effect as words need it. */
export type ToldEffect = Pick<
  Schema['effects'],
  'kind' | 'state' | 'reason' | 'subject_name' | 'before' | 'after'
>;

export interface Words {
  /** "Okta deactivated Ada Example." */
  readonly sentence: string;
  /** "Freed a seat, ended 3 sessions."; null where the sentence says it all. */
  readonly detail: string | null;
}

interface Told {
  /** Who said it: the directory's name. */
  readonly actor: string;
  /** Whom or what it is about. */
  readonly name: string;
  readonly before: Facts;
  readonly after: Facts;
}

type Teller = (told: Told) => string | readonly [sentence: string, detail: string | null];

const linkReasons: Readonly<Record<string, string>> = {
  external_id: 'By the same externalId.',
  address: 'By an address in a verified domain.',
  decision: 'An owner or co-owner decided so.',
};

/** What each kind of effect did, once it is applied. */
const done: Record<EffectKind, Teller> = {
  user_created: ({ actor, name, after }) => [
    `${actor} created ${name}.`,
    listed('Addresses', after.addresses),
  ],
  user_linked: ({ actor, name, after }) => [
    `${actor} was linked to ${name}, who was here already.`,
    linkReasons[textOf(after.by)] ?? null,
  ],
  credentials_reset: ({ name }) => [
    `The former sign-in of ${name} was removed.`,
    'It was made before the address was proved: passphrase, identities and sessions are gone.',
  ],
  name_changed: ({ actor, before, after }) =>
    `${actor} renamed ${textOf(before.name)} to ${textOf(after.name)}.`,
  addresses_changed: ({ actor, name, before, after }) => [
    `${actor} changed the addresses of ${name}.`,
    joined(
      listed('Added', after.added),
      listed('Ended', before.ended),
      listed('Not added, because another person has proved them', after.held),
    ),
  ],
  access_granted: ({ actor, name, before }) => [
    before.state === undefined
      ? `${actor} gave ${name} access.`
      : `${actor} gave ${name} access again.`,
    'Took a seat.',
  ],
  access_ended: ({ actor, name, before, after }) => [
    `${actor} deactivated ${name}.`,
    sentenceOf(
      before.state === 'active' ? 'freed a seat' : null,
      counted(after.sessionsEnded, 'ended', 'session'),
    ),
  ],
  source_added: ({ actor, name }) => `${actor} holds ${name} too.`,
  source_ended: ({ actor, name }) => [
    `${actor} gave ${name} up.`,
    'Access stays: there is another reason for it.',
  ],
  access_kept: ({ actor, name }) => `${actor} gave ${name} up, who stays by hand.`,
  invited: ({ actor, name, after }) => [
    `${actor} sent ${name}, who accepted the invitation.`,
    textOf(after.address),
  ],
  invitation_revoked: ({ actor, name }) =>
    `${actor} gave ${name} up before the invitation was accepted.`,
  owner_conflict: ({ actor, name }) => `${actor} sent ${name}, who is an owner or co-owner here.`,
  profile_kept: ({ actor, name }) =>
    `${actor} has another name or other addresses for ${name}, who is an owner or co-owner here.`,
  user_conflict: ({ actor, name }) => `${actor} sent ${name}, who fits no single person.`,
  user_name_conflict: ({ name }) => `The userName of ${name}, who is inactive, was released.`,
  team_created: ({ actor, after }) => `${actor} created the team ${textOf(after.name)}.`,
  team_linked: ({ actor, name, after }) => [
    `${actor} was linked to the team ${name}.`,
    after.by === 'name'
      ? 'It had the same name and granted nothing yet.'
      : 'The group was linked to it before.',
  ],
  team_renamed: ({ actor, before, after }) =>
    `${actor} renamed the team ${textOf(before.name)} to ${textOf(after.name)}.`,
  team_conflict: ({ before, after }) =>
    `The team ${textOf(after.name)} stands beside ${textOf(before.name)}.`,
  team_deleted: ({ actor, before }) => `${actor} deleted the team ${textOf(before.name)}.`,
  team_released: ({ actor, before }) => [
    `${actor} deleted the group of the team ${textOf(before.name)}.`,
    'The team stays and is managed by hand.',
  ],
  member_added: ({ actor, name, after }) => `${actor} added ${name} to ${textOf(after.team)}.`,
  member_removed: ({ actor, name, before }) =>
    `${actor} removed ${name} from ${textOf(before.team)}.`,
};

/** What waits, by its reason. */
const waiting: Partial<Record<EffectReason, Teller>> = {
  no_seat: ({ name }) => [
    `${name} waits for a seat.`,
    'They get one, in order, as soon as there is one.',
  ],
  acceptance: ({ name, after }) => [
    `${name} was invited and has not accepted yet.`,
    `${textOf(after.address)} is in none of your verified domains.`,
  ],
  daily_limit: ({ name }) => [
    `${name} waits for an invitation.`,
    "Today's invitations of people outside your domains are used up.",
  ],
  other_sources: ({ actor, name }) => [
    `${actor} gave up ${name}, who was added by hand and stays.`,
    'Keep them, or remove them from the account.',
  ],
  two_people: ({ actor, name }) => [
    `${actor} sent ${name} with addresses of two people.`,
    'Say whom it is; or let the identity provider send only the addresses of one of them.',
  ],
  two_records: ({ actor, name }) => [
    `${actor} sent ${name} twice.`,
    'Another active record of this directory is linked to the same person.',
  ],
  no_address: ({ actor, name }) => [
    `${actor} sent ${name} without an e-mail address that can be used.`,
    'Map one address, such as ada@example.com, in the identity provider. Nothing is granted until then.',
  ],
  user_name_reserved: ({ actor, name }) => [
    `${actor} sent somebody else by the userName of ${name}, who is inactive.`,
    'That is refused until you release the userName.',
  ],
  name_taken: ({ before, after }) => [
    `Another team is named ${textOf(before.name)}.`,
    `The group became ${textOf(after.name)}. Link it if the two are the same.`,
  ],
};

/** What waits for an owner, who alone changes owners and co-owners. Nothing is changed meanwhile. */
const ownerQuestions: Partial<Record<EffectKind, Teller>> = {
  owner_conflict: ({ actor, name }) => [
    `${actor} sent ${name}, who is an owner or co-owner here.`,
    'Owners and co-owners are never linked to an identity provider by themselves. Until you decide, nothing changes for this person.',
  ],
  access_kept: ({ actor, name }) => [
    `${actor} gave up ${name}, who is an owner or co-owner and stays by hand.`,
    'Keep them, or remove them from the account.',
  ],
  profile_kept: ({ actor, name, before, after }) => [
    `${actor} has another name or other addresses for ${name}, who is an owner or co-owner here.`,
    joined(
      'Nothing was changed.',
      after.name === before.name ? null : `Name there: ${textOf(after.name)}.`,
      listed('Addresses there', after.addresses),
      'An owner may take it over.',
    ),
  ],
};

const decider = 'An owner or co-owner decided so.';

/** What an owner agreed to. */
const decidedFor: Partial<Record<EffectKind, Teller>> = {
  owner_conflict: ({ actor, name }) => [
    `${name} was linked to the person whom ${actor} sent.`,
    decider,
  ],
  user_conflict: ({ actor, name }) => [
    `${name} was linked to a person here, as ${actor} sent them.`,
    decider,
  ],
  team_conflict: ({ actor, before }) => [
    `The group of ${actor} was linked to the team ${textOf(before.name)}.`,
    decider,
  ],
  profile_kept: ({ actor, name }) => [
    `${name} got the name and addresses that ${actor} says.`,
    decider,
  ],
};

/** What an owner decided against. */
const decidedAgainst: Partial<Record<EffectKind, Teller>> = {
  user_name_conflict: ({ name }) => [`${name}, who is inactive, keeps the userName.`, decider],
  owner_conflict: ({ actor, name }) => [
    `The record of ${name} that ${actor} sent was left out.`,
    decider,
  ],
  user_conflict: ({ actor, name }) => [
    `The record of ${name} that ${actor} sent was left out.`,
    decider,
  ],
  team_conflict: ({ before, after }) => [
    `The team ${textOf(after.name)} was kept apart from ${textOf(before.name)}.`,
    decider,
  ],
  access_kept: ({ actor, name }) => [
    `${actor} gave ${name} up, who was then removed here.`,
    decider,
  ],
  profile_kept: ({ name }) => [`${name} keeps the name and addresses of this account.`, decider],
  invited: ({ name }) => [`The invitation of ${name} was withdrawn.`, decider],
};

function isRefusal(reason: EffectReason | null): boolean {
  return reason === null || Object.hasOwn(refusals, reason);
}

function wordsOf(told: ReturnType<Teller> | undefined): Words | null {
  if (told === undefined) return null;
  const [sentence, detail] = typeof told === 'string' ? [told, null] : told;
  return { sentence, detail };
}

/** What was tried in vain, with `%` for whom or what it is about. */
const attempts: Partial<Record<EffectKind, string>> = {
  access_granted: 'give % access',
  access_ended: 'deactivate %',
  invited: 'invite %',
  team_created: 'create the team %',
  member_added: 'add people to %',
};

/** Why it was refused, by the reason. */
const refusals: Partial<Record<EffectReason, string>> = {
  last_owner: 'this person is the only owner',
  seats_exhausted: 'no license is free',
  plan_lapsed: 'the Enterprise plan has ended',
  domain_lapsed: 'there is no verified domain',
  sso_lapsed: 'there is no tested SSO connection',
  directory_off: 'SCIM is off',
  invite_control: 'invite control keeps the domain out',
};

/** Tells an effect in words. `actor` is the directory's name: "Okta". */
export function tellEffect(effect: ToldEffect, actor: string): Words {
  const told: Told = {
    actor,
    name: effect.subject_name ?? 'somebody',
    before: factsOf(effect.before),
    after: factsOf(effect.after),
  };
  // The column holds what effects were stored with: kinds and reasons of the two unions.
  const kind = effect.kind as EffectKind;
  const reason = effect.reason as EffectReason | null;
  const whole = done[kind](told);
  const [sentence, detail] = typeof whole === 'string' ? [whole, null] : whole;
  if (effect.state === 'applied') return wordsOf(decidedFor[kind]?.(told)) ?? { sentence, detail };
  const open = reason === 'owner' ? ownerQuestions[kind] : reason && waiting[reason];
  const declined = effect.state === 'refused' && !isRefusal(reason);
  if (declined) return wordsOf(decidedAgainst[kind]?.(told)) ?? { sentence, detail };
  if (effect.state === 'refused') {
    const why = reason === null ? undefined : refusals[reason];
    const attempt = attempts[kind] ?? 'change %';
    return {
      sentence: `${actor} could not ${attempt.replace('%', () => told.name)}.`,
      detail: why ? `Because ${why}.` : null,
    };
  }
  const pending = open?.(told) ?? sentence;
  const [asks, hint] = typeof pending === 'string' ? [pending, null] : pending;
  return effect.state === 'undone'
    ? {
        sentence: asks,
        detail: 'This is settled: the identity provider or an owner said otherwise.',
      }
    : { sentence: asks, detail: hint };
}

function listed(label: string, value: unknown): string | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  return `${label}: ${value.join(', ')}.`;
}

function joined(...parts: readonly (string | null)[]): string | null {
  const said = parts.filter((part) => part !== null);
  return said.length === 0 ? null : said.join(' ');
}

function counted(value: unknown, verb: string, noun: string): string | null {
  if (typeof value !== 'number' || value === 0) return null;
  return `${verb} ${value} ${noun}${value === 1 ? '' : 's'}`;
}

function sentenceOf(...parts: readonly (string | null)[]): string | null {
  const said = parts.filter((part) => part !== null).join(', ');
  return said === '' ? null : `${said.charAt(0).toUpperCase()}${said.slice(1)}.`;
}
