import type { Decision, ReviewItem } from '@rollcall/api';
import type { Mark } from '../../../components/status-mark.tsx';

/** What an item of the review is called. */
export type ReviewKind = { word: string; mark: Mark; todo?: string };

/** Kinds of waiting effects; those that wait for no decision say what happens by itself. */
export const reviewKinds: Record<ReviewItem['kind'], ReviewKind> = {
  waiting_for_seat: {
    word: 'Waits for a seat',
    mark: 'waiting',
    todo: 'Free a seat under Licenses or add seats under Plan & billing.',
  },
  invitation: {
    word: 'Invited',
    mark: 'waiting',
    todo: 'They join when they accept. The invitation renews itself while your IdP says that they are active.',
  },
  invitation_limit: {
    word: 'Over the daily limit',
    mark: 'held',
    todo: 'Without a decision they are invited tomorrow.',
  },
  owner_conflict: { word: 'Owner or co-owner', mark: 'warning' },
  access_kept: { word: 'Stays by hand', mark: 'warning' },
  profile_kept: { word: 'Other name or addresses', mark: 'warning' },
  team_conflict: { word: 'Team of that name', mark: 'warning' },
  user_conflict: { word: 'Same person?', mark: 'warning' },
  user_name_conflict: { word: 'userName in use', mark: 'warning' },
};

const labels: Readonly<Record<Decision, string>> = {
  link: 'Same person: link…',
  separate: 'Keep separate…',
  invite: 'Invite today…',
  refuse: 'Refuse…',
  keep: 'Keep…',
  remove: 'Remove…',
  adopt: 'Take over…',
  ignore: 'Keep ours…',
  release: 'Release this userName…',
};

/** A decision on a button, before its dialog. */
export function decisionLabel(decision: Decision, kind: ReviewItem['kind']): string {
  if (decision === 'link' && kind === 'team_conflict') return 'Same team: link…';
  return decision === 'refuse' && kind === 'invitation' ? 'Revoke invitation…' : labels[decision];
}

/** What a dialog says before a decision is carried out. */
export type DecisionText = { title: string; confirm: string; body: string; danger?: boolean };

interface Told {
  /** Whom or what it is about: a name, or "3 people". */
  readonly name: string;
  readonly count: number;
  readonly idp: string;
  readonly kind: ReviewItem['kind'] | undefined;
}

/** "Ada gets" or "They get". */
function they({ name, count }: Told, verb: string): string {
  return count > 1 ? `They ${verb}` : `${name} ${verb}s`;
}

function numbered(verb: string, { count }: Told, one: string, many: string): string {
  return count > 1 ? `${verb} ${count} ${many}` : `${verb} 1 ${one}`;
}

function keptPerson(told: Told): DecisionText {
  return {
    title: `Keep ${told.name}?`,
    confirm: numbered('Keep', told, 'person', 'people'),
    body: `${they(told, 'stay')} by hand, with access and seat, though ${told.idp} gave them up.`,
  };
}

function keptName({ name, idp }: Told): DecisionText {
  return {
    title: `Keep the userName with ${name}?`,
    confirm: 'Keep userName',
    body: `Nothing changes. You are asked again when ${idp} sends somebody else by it.`,
  };
}

const texts: Readonly<Record<Decision, (told: Told) => DecisionText>> = {
  link: ({ kind, name, idp }) =>
    kind === 'team_conflict'
      ? {
          title: `Link the group ${name} to the team that is here?`,
          confirm: 'Link group',
          body: '',
        }
      : {
          title: `Link ${name} to the person here?`,
          confirm: 'Link person',
          body: `${idp} becomes a reason for their access. Role and seat stay as they are; an owner's name and addresses are asked about apart.`,
        },
  separate: ({ name }) => ({
    title: `Keep the group ${name} separate?`,
    confirm: 'Keep separate',
    body: 'Both teams stay as they are, and nobody is asked again. You can link the group under Groups at any time.',
  }),
  invite: (told) => ({
    title: `Invite ${told.name} today?`,
    confirm: numbered('Invite', told, 'person', 'people'),
    body: `${they(told, 'get')} a mail now, beyond the number of a day. Each invitation reserves a seat.`,
  }),
  refuse: (told) => ({
    title: `Refuse ${told.name}?`,
    confirm: numbered('Refuse', told, 'person', 'people'),
    body: `${they(told, 'get')} no access, and an open invitation ends. ${told.idp} is not told. You are asked again when ${told.idp} sends other addresses, or deactivates and activates the person.`,
    danger: true,
  }),
  release: ({ name }) => ({
    title: `Release the userName of ${name}?`,
    confirm: 'Release userName',
    body: `The inactive record of ${name} is deleted, and its userName is free. This cannot be undone.`,
    danger: true,
  }),
  keep: (told) => (told.kind === 'user_name_conflict' ? keptName(told) : keptPerson(told)),
  remove: (told) => ({
    title: `Remove ${told.name}?`,
    confirm: numbered('Remove', told, 'user', 'users'),
    body: `${they(told, 'lose')} access, seat, teams and sessions of this account.`,
    danger: true,
  }),
  adopt: ({ name, idp }) => ({
    title: `Take over the name and addresses of ${name}?`,
    confirm: 'Take over',
    body: `They become what ${idp} says. Whoever has these addresses can sign in as this person.`,
  }),
  ignore: ({ name, idp }) => ({
    title: `Keep the name and addresses of ${name}?`,
    confirm: 'Keep ours',
    body: `Nothing changes here. You are asked again when ${idp} sends another name or other addresses.`,
  }),
};

/** The words of a decision about one or several of one kind. */
export function decisionText(
  decision: Decision,
  items: readonly ReviewItem[],
  idp: string,
): DecisionText {
  const [first] = items;
  const count = items.length;
  const name = count > 1 ? `${count} people` : (first?.said?.name ?? first?.person?.name ?? 'this');
  return texts[decision]({ name, count, idp, kind: first?.kind });
}

/** Decisions that several can be given at once: they allow it, are of one kind, and none needs a choice. */
export function sharedDecisions(items: readonly ReviewItem[]): readonly Decision[] {
  const [first] = items;
  if (first === undefined || items.some(({ kind }) => kind !== first.kind)) return [];
  const chosen = items.length > 1 ? first.decisions.filter((each) => each !== 'link') : [];
  return chosen.filter((each) => items.every(({ decisions }) => decisions.includes(each)));
}
