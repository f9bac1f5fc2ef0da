import type { Attention, DirectoryHealth, Seats } from '@rollcall/api';
import type { PlanState } from '../../domain/accounts/index.ts';
import { dateInWords } from '../../domain/date-in-words.ts';
import { numberInWords } from '../../domain/number-in-words.ts';
import type { OutcomeCounts } from '../../domain/request-log/index.ts';
import { day } from '../../duration.ts';

/** More lines than this are not read. */
const MOST_LINES = 5;
/** From here on an end of the plan is told. */
const PLAN_ENDING = 30 * day;
/** Below this share of free seats, a person is told before they run out. */
const SEATS_LOW = 0.1;

/** What Home looks at. */
export interface AttentionFacts {
  readonly plan: PlanState;
  readonly seats: Seats;
  readonly coOwners: number;
  /** The account's directory; undefined where SCIM was never on. */
  readonly directory: DirectoryFacts | undefined;
  /** SSO connections whose owners were told that their metadata cannot be taken over. */
  readonly failingMetadata: readonly FailingConnection[];
  readonly at: number;
}

export interface DirectoryFacts {
  readonly id: string;
  readonly health: DirectoryHealth;
  /** When the last working token ends, or ended; null without an end. */
  readonly tokenEndsAt: number | null;
  /** Requests of the last 24 hours. */
  readonly recent: OutcomeCounts;
  /** Effects that need a decision. */
  readonly conflicts: number;
}

export interface FailingConnection {
  readonly id: string;
  readonly name: string;
  /** UTC milliseconds. */
  readonly since: number;
}

/** What needs somebody, worst first; at most five. */
export function attentionOf(facts: AttentionFacts): Attention[] {
  const lines = [
    ...planLines(facts),
    ...directoryLines(facts),
    ...facts.failingMetadata.map(metadataLine),
    ...seatLines(facts),
    ...ownerLines(facts),
  ];
  const rank = { danger: 0, warning: 1, info: 2 };
  return lines.sort((a, b) => rank[a.severity] - rank[b.severity]).slice(0, MOST_LINES);
}

function planLines({ plan, at }: AttentionFacts): Attention[] {
  const { until, lapsed, source } = plan;
  if (until === null || until - at > PLAN_ENDING) return [];
  const name = source === 'trial' ? 'trial' : 'Enterprise plan';
  const link = { href: '/app/billing', action: 'Plan & billing' };
  if (!lapsed) {
    return [
      {
        kind: 'plan_ending',
        severity: 'warning',
        title: `The ${name} ends on ${dateInWords(until)}.`,
        detail: 'After that your IdP can still remove people, but add nobody.',
        ...link,
      },
    ];
  }
  return [
    {
      kind: 'plan_lapsed',
      severity: 'danger',
      title: `The ${name} ended on ${dateInWords(until)}.`,
      detail: 'Your IdP can still remove people, but add nobody.',
      ...link,
    },
  ];
}

function directoryLines({ directory, at }: AttentionFacts): Attention[] {
  if (directory === undefined || directory.health === 'off') return [];
  const { conflicts } = directory;
  const home = `/app/enterprise/scim/${directory.id}`;
  const lines: Attention[] = [];
  if (conflicts > 0) {
    lines.push({
      kind: 'conflicts',
      severity: 'warning',
      title: `${count(conflicts, 'conflict')} ${conflicts === 1 ? 'waits' : 'wait'} for your decision.`,
      detail: 'Until then nothing changes for these people and teams.',
      href: `${home}/review`,
      action: 'Review',
    });
  }
  return [...tokenLines(directory, home, at), ...requestLines(directory, home), ...lines];
}

/** Whatever failed here is told; refusals are everyday, until they are most of what comes. */
function requestLines({ health, recent }: DirectoryFacts, home: string): Attention[] {
  const { requests, refused, failed } = recent;
  if (failed === 0 && health !== 'failing') return [];
  const outcome = failed > 0 ? 'failed' : 'refused';
  const title =
    outcome === 'failed'
      ? `${count(failed, 'request')} with the connector token failed in the last 24 hours.`
      : `${numberInWords(refused)} of ${count(requests, 'request')} with the connector token were refused in the last 24 hours.`;
  return [
    {
      kind: 'requests_failing',
      severity: 'warning',
      title,
      detail: 'The request log says why, of strangers without a valid token too.',
      href: `${home}/requests?outcome=${outcome}&time=day`,
      action: 'See requests',
    },
  ];
}

function tokenLines(
  { health, tokenEndsAt }: DirectoryFacts,
  home: string,
  at: number,
): Attention[] {
  const link = { href: `${home}/overview`, action: 'Refresh Token' };
  if (health === 'token_expired') {
    const since = tokenEndsAt === null ? '' : ` on ${dateInWords(tokenEndsAt)}`;
    return [
      {
        kind: 'token_expired',
        severity: 'danger',
        title: `Provisioning has stopped: the connector token ended${since}.`,
        detail: 'New people are not provisioned, and people who leave keep their access.',
        ...link,
      },
    ];
  }
  if (health !== 'token_expiring' || tokenEndsAt === null) return [];
  const days = Math.max(1, Math.ceil((tokenEndsAt - at) / day));
  return [
    {
      kind: 'token_expiring',
      severity: 'warning',
      title: `The connector token expires in ${count(days, 'day')} (${dateInWords(tokenEndsAt)}).`,
      detail: 'After that new people are not provisioned, and people who leave keep their access.',
      ...link,
    },
  ];
}

function metadataLine({ id, name, since }: FailingConnection): Attention {
  return {
    kind: 'sso_metadata_failing',
    severity: 'warning',
    title: `The metadata of ${name} has not been read since ${dateInWords(since)}.`,
    detail: 'Once your IdP signs with a new certificate, nobody signs in through it.',
    href: `/app/enterprise/sso/${id}`,
    action: 'See why',
  };
}

function seatLines({ seats }: AttentionFacts): Attention[] {
  const { purchased, left, waiting } = seats;
  if (waiting > 0) {
    return [
      {
        kind: 'seats_waiting',
        severity: 'warning',
        title: `${waiting === 1 ? '1 person waits' : `${numberInWords(waiting)} people wait`} for a seat.`,
        detail: 'They get one, in order, as soon as there is one.',
        href: '/app/enterprise/licenses?state=waiting',
        action: 'See who',
      },
    ];
  }
  if (purchased <= 1 || left > purchased * SEATS_LOW) return [];
  return [
    {
      kind: 'seats_low',
      severity: 'info',
      title: `${count(left, 'seat')} left of ${numberInWords(purchased)}.`,
      detail: 'Whoever comes after the last one waits for a seat.',
      href: '/app/billing',
      action: 'Plan & billing',
    },
  ];
}

function ownerLines({ plan, coOwners }: AttentionFacts): Attention[] {
  if (!plan.enterprise || coOwners > 0) return [];
  return [
    {
      kind: 'no_co_owner',
      severity: 'info',
      title: 'This account has no co-owner.',
      detail: 'With one, somebody can act when you are away.',
      href: '/app/enterprise/co-owners',
      action: 'Choose somebody',
    },
  ];
}

function count(number: number, word: string): string {
  return `${numberInWords(number)} ${word}${number === 1 ? '' : 's'}`;
}
