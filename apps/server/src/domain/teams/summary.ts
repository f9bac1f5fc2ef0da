import { numberInWords } from '../number-in-words.ts';
import type { Measured } from './impact.ts';
import type { TeamPlan } from './team-plan.ts';

/** What plans do, in sentences: first to the teams, then to the people. */
export function summarize(plans: readonly TeamPlan[], measured: Measured): string[] {
  return [...plans.flatMap((plan) => teamSentences(plan)), ...peopleSentences(plans, measured)];
}

function teamSentences({ before, after, members, follows, idpDecidesAlone }: TeamPlan): string[] {
  if (after === null) return [`The team ${before?.name} is deleted.`];
  if (before === null) return [`The team ${after.name} is made and follows the group.`];
  if (follows === true) {
    const byHand =
      members.byHand === 'end'
        ? 'Members by hand leave it: in this team the identity provider decides alone.'
        : 'Members by hand stay.';
    return [`The team ${after.name} follows the group from now on. ${byHand}`];
  }
  if (follows === false) {
    return members.byDirectory === 'to_hand'
      ? [`The team ${after.name} stays with everybody in it, and is managed by hand from now on.`]
      : [`The team ${after.name} stays, managed by hand, without the people of the group.`];
  }
  return settingSentences(before.idpDecidesAlone, idpDecidesAlone, members.byHand === 'end');
}

function settingSentences(was: boolean, is: boolean | undefined, ends: boolean): string[] {
  if (is === undefined || was === is) return [];
  if (!is) return ['People can be added by hand again.'];
  return [
    ends
      ? 'Members by hand leave the team: the identity provider decides alone.'
      : 'As soon as a group fills this team, its members by hand leave it.',
  ];
}

function peopleSentences(plans: readonly TeamPlan[], measured: Measured): string[] {
  const { gains, loses, leavers, left, unchanged } = measured;
  if (plans.every(({ after }) => after === null)) {
    if (loses.people === 0) return ['Nobody is in it.'];
    const stay = loses.people - leavers;
    const others = leavers > 0 ? `${people(stay, 'other stays', 'others stay')}.` : '';
    const rest =
      stay > 0
        ? others || `${people(stay, 'person keeps', 'people keep')} every organization.`
        : '';
    return [...(leavers > 0 ? [leaving(leavers, left)] : []), ...(rest === '' ? [] : [rest])];
  }
  if (gains.people + loses.people === 0) return ['Nobody gains or loses anything.'];
  return unchanged === 0 ? [] : [`Nothing changes for ${people(unchanged, 'person', 'people')}.`];
}

/** "4 people are only in this team: they leave Cargo and Passengers too." */
function leaving(leavers: number, left: readonly string[]): string {
  const names = new Intl.ListFormat('en').format([...left].sort());
  const who = leavers === 1 ? '1 person is' : `${numberInWords(leavers)} people are`;
  return `${who} only in this team: they leave ${names} too.`;
}

function people(count: number, one: string, many: string): string {
  return `${numberInWords(count)} ${count === 1 ? one : many}`;
}
