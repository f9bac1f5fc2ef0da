import type { Directory } from '@rollcall/api';
import { Link } from '@tanstack/react-router';
import {
  formatCount,
  formatExact,
  formatNumber,
  formatRelative,
} from '../../../components/format.ts';
import type { Fact } from '../../../components/panel.tsx';
import { ExactDate } from '../../../components/relative-time.tsx';
import { failureDetail, failuresOfDay, tokenTerm } from '../model/status.ts';
import { currentToken } from '../model/token.ts';

/** The strip of facts beneath the status. */
export function statusFacts(directory: Directory, now: Date): readonly Fact[] {
  return [tokenFact(directory, now), lastFact(directory, now), ...countFacts(directory)];
}

function tokenFact({ tokens }: Directory, now: Date): Fact {
  const token = currentToken(tokens);
  if (!token) return { label: 'Token', value: 'None', detail: 'Make one with Refresh Token' };
  return {
    label: token.state === 'expired' ? 'Token expired' : 'Token valid until',
    value: token.expiresAt ? <ExactDate at={token.expiresAt} /> : 'No end',
    detail: (
      <>
        {tokenTerm(token, now)}ends in <code>{token.lastFour}</code>
      </>
    ),
  };
}

function lastFact({ lastRequest }: Directory, now: Date): Fact {
  if (!lastRequest) return { label: 'Last request', value: 'None yet' };
  const at = new Date(lastRequest.at);
  const reference = new Date(Math.max(now.getTime(), at.getTime()));
  return {
    label: 'Last request',
    value: formatRelative(at, reference),
    detail: formatExact(at),
  };
}

function countFacts(directory: Directory): readonly Fact[] {
  const { recent, seats } = directory;
  return [
    {
      label: 'People',
      value: formatNumber(directory.people),
      ...(seats.waiting > 0 && {
        detail: `${formatCount(seats.waiting, 'waits', 'wait')} for a seat`,
      }),
    },
    {
      label: 'Groups',
      value: formatNumber(directory.groups),
      detail: formatCount(directory.linkedTeams, 'linked team', 'linked teams'),
    },
    { label: 'Failures in 24 h', value: failures(directory), detail: failureDetail(recent) },
  ];
}

/** A plain zero, else the way into the log. */
function failures(directory: Directory) {
  const { id, recent } = directory;
  const count = recent.refused + recent.failed;
  if (count === 0) return '0';
  return (
    <Link
      to="/app/enterprise/scim/$directoryId/requests"
      params={{ directoryId: id }}
      search={failuresOfDay(directory)}
    >
      {formatNumber(count)}
    </Link>
  );
}
