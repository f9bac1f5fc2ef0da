import type { Directory, Milestone } from '@rollcall/api';
import { idpInSentence, idpName } from './provider.ts';

/** The sentence under the page's title: what is true now. */
export function leadSentence(directory: Directory, accountName: string): string {
  const name = idpName(directory.provider);
  if (directory.state === 'off') {
    return `SCIM is off. Requests from ${idpInSentence(directory.provider)} are refused.`;
  }
  if (directory.health === 'waiting') {
    return `SCIM is on and waits for the first request from ${idpInSentence(directory.provider)}${withNewToken(directory)}.`;
  }
  if (!reached(directory.milestones, 'first_user')) {
    return `${name} is connected. The first person has not arrived yet.`;
  }
  if (!reached(directory.milestones, 'first_group')) {
    return `${name} is connected. The first group has not arrived yet.`;
  }
  return `${name} decides who is in ${accountName} and which teams they are in.`;
}

/** Of a directory that was in use before, the first request is one with its newest token. */
function withNewToken({ lastRequest }: Directory): string {
  return lastRequest ? ' with the new token' : '';
}

function reached(milestones: readonly Milestone[], kind: Milestone['kind']): boolean {
  return milestones.some((one) => one.kind === kind && one.at !== null);
}

function mostly({ refused, failed }: Directory['recent']): string {
  return failed > refused ? 'Many requests fail' : 'Many requests are refused';
}

/** What stands in the status card's head: a mark's name and its word. */
export function statusWord(directory: Directory): {
  mark: 'ok' | 'waiting' | 'warning' | 'danger' | 'off';
  word: string;
} {
  switch (directory.health) {
    case 'healthy':
      return { mark: 'ok', word: 'Healthy' };
    case 'waiting':
      return { mark: 'waiting', word: `Waiting for the first request${withNewToken(directory)}` };
    case 'token_expiring':
      return { mark: 'warning', word: 'Token expires soon' };
    case 'token_expired':
      return { mark: 'danger', word: 'Stopped' };
    case 'out_of_seats':
      return { mark: 'warning', word: 'Out of seats' };
    case 'lapsed':
      return { mark: 'danger', word: 'Lapsed' };
    case 'silent':
      return { mark: 'warning', word: 'Silent' };
    case 'failing':
      return { mark: 'warning', word: mostly(directory.recent) };
    case 'off':
      return { mark: 'off', word: 'Off' };
  }
}
