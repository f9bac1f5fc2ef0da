import type { Directory, Requirement } from '@rollcall/api';
import { formatCount, formatDate, formatNumber } from '../../../components/format.ts';
import { calendarDaysUntil, daysLong, inDays } from './days.ts';
import { idpInSentence, idpName } from './provider.ts';
import { requirementNames } from './requirement.ts';
import { currentToken, workingTokens } from './token.ts';

/** Where a banner's button leads. */
export type BannerAction =
  | 'refresh_token'
  | 'see_requests'
  | 'see_waiting'
  | 'billing'
  | 'domains'
  | 'sso';

/** What stands above the tabs: one bold sentence, one plain, and the way out. */
export type BannerText = {
  tone: 'warning' | 'danger' | 'info';
  title: string;
  detail: string;
  actions: readonly BannerAction[];
};

/**
 * The banner of a directory: at most one, for the worst that is true, which the server has chosen as its health.
 * Nothing for a directory that is off, that waits for its first request, or that is healthy.
 */
export function bannerFor(directory: Directory, now: Date): BannerText | undefined {
  switch (directory.health) {
    case 'token_expiring':
      return expiring(directory, now);
    case 'token_expired':
      return expired(directory);
    case 'out_of_seats':
      return outOfSeats(directory);
    case 'silent':
      return silent(directory, now);
    case 'failing':
      return failing(directory);
    case 'lapsed':
      return lapsed(directory);
    default:
      return undefined;
  }
}

function expiring(directory: Directory, now: Date): BannerText {
  const end = currentToken(directory.tokens)?.expiresAt;
  const when = end
    ? `expires ${inDays(calendarDaysUntil(end, now))} (${formatDate(end)})`
    : 'expires soon';
  return {
    tone: 'warning',
    title: `The connector token ${when}.`,
    detail: 'After that new people are not provisioned and people who leave keep their access.',
    actions: ['refresh_token'],
  };
}

function expired(directory: Directory): BannerText {
  const end = currentToken(directory.tokens)?.expiresAt;
  const refused = directory.refusedSinceExpiry;
  return {
    tone: 'danger',
    title: end
      ? `Provisioning has stopped: the token expired on ${formatDate(end)}.`
      : 'Provisioning has stopped: no token works.',
    detail:
      refused === 0
        ? 'No request was refused since.'
        : `${formatCount(refused, 'request was', 'requests were')} refused since.`,
    actions: ['refresh_token'],
  };
}

function outOfSeats({ seats }: Directory): BannerText {
  const one = seats.waiting === 1;
  return {
    tone: 'warning',
    title: `${formatCount(seats.waiting, 'person waits', 'people wait')} for a seat.`,
    detail: one
      ? 'They get one as soon as there is one.'
      : 'They get one, in order, as soon as there is one.',
    actions: ['see_waiting', 'billing'],
  };
}

function silent(directory: Directory, now: Date): BannerText {
  // The last request may be a stranger's, or may have shown a token that is over.
  const last = workingTokens(directory.tokens)
    .flatMap(({ lastUsedAt }) => lastUsedAt ?? [])
    .toSorted()
    .at(-1);
  const name = idpName(directory.provider);
  const since = last ? ` for ${daysLong(Math.max(1, -calendarDaysUntil(last, now)))}` : '';
  return {
    tone: 'warning',
    title: `${name} has sent nothing${since}; usually it is hours.`,
    detail: whatToCheck[directory.provider],
    actions: [],
  };
}

function failing({ provider, recent }: Directory): BannerText {
  const { requests, refused, failed } = recent;
  const what = failed === 0 ? 'were refused' : refused === 0 ? 'failed' : 'were refused or failed';
  return {
    tone: 'warning',
    title: `${formatNumber(refused + failed)} of ${formatCount(requests, 'request', 'requests')} in 24 hours ${what}.`,
    detail: `They changed nothing. Each says in the log why, and what to change in ${idpInSentence(provider)}.`,
    actions: ['see_requests'],
  };
}

const whatToCheck: Record<Directory['provider'], string> = {
  okta: 'In Okta check that the app is active, that Provisioning › Integration passes its test, and that Dashboard › Tasks holds no failed task.',
  entra:
    'In Entra check that Provisioning Status is On, and that the provisioning job is not in quarantine.',
  generic: 'In your IdP check that provisioning is on and that its last run did not fail.',
};

const requirementActions: Record<Requirement['name'], BannerAction | undefined> = {
  role: undefined,
  plan: 'billing',
  domain: 'domains',
  sso: 'sso',
};

function lapsed(directory: Directory): BannerText {
  const unmet = directory.requirements.find(({ met, name }) => !met && name !== 'role');
  const action = unmet && requirementActions[unmet.name];
  return {
    tone: 'danger',
    title: unmet
      ? `${requirementNames[unmet.name]} has lapsed: ${withoutStop(unmet.state)}.`
      : 'A requirement of SCIM has lapsed.',
    detail: `${idpName(directory.provider)} can still remove people, but add nobody.`,
    actions: action ? [action] : [],
  };
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '');
}
