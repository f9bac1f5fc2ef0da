import type { RequestDetail } from '@rollcall/api';
import { DrawerSection } from '../../../components/drawer.tsx';
import { formatExact } from '../../../components/format.ts';
import { Properties } from '../../../components/section.tsx';
import { offendingPiece } from '../model/offending-piece.ts';
import { durationText } from '../model/request-text.ts';
import { SubjectLink } from '../parts/links.tsx';
import { SubjectSentence } from '../parts/subject-sentence.tsx';
import { Advice } from './advice.tsx';
import { Exchange } from './exchange.tsx';
import { Offence } from './offence.tsx';
import { WhatHappened } from './what-happened.tsx';

/** The parts of a request's drawer, the most useful first. */
export function RequestBody({ detail }: { detail: RequestDetail }) {
  const offence = detail.explanation ? offendingPiece(detail) : undefined;
  return (
    <>
      <RequestFacts detail={detail} />
      {detail.explanation && (
        <>
          <DrawerSection title="Why">
            <p>
              <SubjectSentence sentence={detail.explanation.why} subject={detail.subject} />
            </p>
            {offence && <Offence offence={offence} />}
          </DrawerSection>
          <Advice whatToChange={detail.explanation.whatToChange} />
        </>
      )}
      <WhatHappened detail={detail} />
      <Exchange detail={detail} />
    </>
  );
}

function RequestFacts({ detail }: { detail: RequestDetail }) {
  const agent = detail.request.headers['user-agent'];
  const token = detail.token ?? undefined;
  return (
    <Properties
      values={[
        {
          name: 'Time',
          value: (
            <>
              {formatExact(detail.at)},{' '}
              <span className="whitespace-nowrap">took {durationText(detail.durationMs)}</span>
            </>
          ),
        },
        { name: 'Request', value: <code>{detail.id}</code> },
        ...(detail.subject
          ? [{ name: 'About', value: <SubjectLink subject={detail.subject} /> }]
          : []),
        {
          name: 'Sent with',
          value: token ? (
            <>
              the token that ends in <code>{token.lastFour}</code>
            </>
          ) : (
            'no token of this directory'
          ),
        },
        ...(agent ? [{ name: 'Client', value: agent }] : []),
      ]}
    />
  );
}
