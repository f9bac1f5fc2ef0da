import type { DnsAnswer, DnsCheck, DomainDetail } from '@rollcall/api';
import type { UseQueryResult } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { describeError } from '../../api/api-error.ts';
import { dnsInterval } from '../../api/domains.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Note } from '../../components/copy-field.tsx';
import { formatNumber } from '../../components/format.ts';
import { Icon } from '../../components/icon.tsx';
import { Section } from '../../components/section.tsx';
import { ErrorState } from '../../components/states.tsx';
import { type Column, Table } from '../../components/table.tsx';
import { deviation, dnsOutcomes } from './words.ts';

/** What each resolver answers about the record, asked again by itself while the domain waits for it. */
export function DnsAnswers({
  domain,
  dns,
  waiting,
}: {
  domain: DomainDetail;
  dns: UseQueryResult<DnsCheck>;
  waiting: boolean;
}) {
  const { record } = domain;
  const check = dns.data;
  const columns = columnsFor(record.value);
  const idle = !waiting && !check;
  return (
    <Section
      title="What DNS answers now"
      note={check && <Asked at={dns.dataUpdatedAt} waiting={waiting} />}
      end={
        <Button size="sm" busy={dns.isFetching} onClick={() => void dns.refetch()}>
          <Icon name="refresh" />
          Check now
        </Button>
      }
    >
      {idle && !dns.isFetching && !dns.error && (
        <p className="text-sm text-ink-2">
          The record is looked up once a day. <em className="not-italic">Check now</em> asks at once
          and changes nothing.
        </p>
      )}
      {dns.error && !check && (
        <ErrorState
          title="DNS could not be asked"
          {...describeError(dns.error)}
          onRetry={() => void dns.refetch()}
        />
      )}
      {!check && (waiting || dns.isFetching) && !dns.error && (
        <Table caption="Answers of DNS" columns={columns} rows={[]} keyOf={keyOf} loadingRows={1} />
      )}
      {check && check.answers.length > 0 && (
        <Table caption="Answers of DNS" columns={columns} rows={check.answers} keyOf={keyOf} />
      )}
      {check && <Advice check={check} domain={domain} />}
    </Section>
  );
}

const keyOf = ({ resolver }: DnsAnswer) => resolver;

function columnsFor(expected: string): readonly Column<DnsAnswer>[] {
  return [
    {
      id: 'resolver',
      header: 'Resolver',
      place: 'main',
      cell: ({ resolver }) => <span className="font-medium wrap-anywhere">{resolver}</span>,
    },
    {
      id: 'answer',
      header: 'Answer',
      place: 'meta',
      cell: (answer) => <Answer answer={answer} expected={expected} />,
    },
    {
      id: 'result',
      header: 'Result',
      place: 'end',
      cell: ({ outcome }) => (
        <Badge mark={dnsOutcomes[outcome].mark}>{dnsOutcomes[outcome].word}</Badge>
      ),
    },
    {
      id: 'took',
      header: 'Took',
      place: 'meta',
      numeric: true,
      cell: ({ took }) => `${formatNumber(took)} ms`,
    },
  ];
}

function Answer({ answer, expected }: { answer: DnsAnswer; expected: string }) {
  if (answer.outcome !== 'other_value') return answer.text;
  return (
    <span className="grid gap-0.5">
      {answer.values.map((value) => (
        <OtherValue key={value} value={value} expected={expected} />
      ))}
    </span>
  );
}

function OtherValue({ value, expected }: { value: string; expected: string }) {
  const { right, wrong, missing } = deviation(value, expected);
  return (
    <>
      <code className="text-xs wrap-anywhere">
        {right}
        <mark className="bg-transparent text-ink underline decoration-danger-mark decoration-wavy underline-offset-4">
          {wrong}
        </mark>
      </code>
      {right !== '' && (
        <span className="text-xs text-ink-3">
          Should end in <code className="wrap-anywhere">{missing}</code>
        </span>
      )}
    </>
  );
}

function Advice({ check, domain }: { check: DnsCheck; domain: DomainDetail }) {
  const text = adviceOf(check, domain);
  return (
    <div className="mt-3" role="status">
      {text && <Note tone={check.verdict === 'found' ? 'plain' : 'warning'}>{text}</Note>}
    </div>
  );
}

function adviceOf({ verdict, advice }: DnsCheck, { state }: DomainDetail): string | null {
  if (verdict === 'found') {
    return state === 'verified' ? null : 'DNS shows the record. Press Verify Domain.';
  }
  if (verdict === 'unknown') {
    return 'No resolver answers, so this says nothing about your record. If it stays so, tell whoever runs this server: the resolvers are set there.';
  }
  return advice;
}

const second = 1000;

/** “Asked 8 s ago, again in 22 s”, moving on by itself. */
function Asked({ at, waiting }: { at: number; waiting: boolean }) {
  const [now, setNow] = useState(at);
  useEffect(() => {
    setNow(Date.now());
    const timer = window.setInterval(() => setNow(Date.now()), second);
    return () => window.clearInterval(timer);
  }, []);
  const ago = Math.max(0, Math.round((now - at) / second));
  const left = Math.max(0, Math.round(dnsInterval / second) - ago);
  return waiting ? `Asked ${ago} s ago, again in ${left} s` : `Asked ${ago} s ago`;
}
