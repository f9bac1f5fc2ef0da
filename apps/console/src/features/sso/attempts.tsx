import type { SsoAttempt } from '@rollcall/api';
import { Link } from '@tanstack/react-router';
import { Badge } from '../../components/badge.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { Section } from '../../components/section.tsx';
import { EmptyState } from '../../components/states.tsx';
import { CellNote, type Column, Table } from '../../components/table.tsx';

const columns: readonly Column<SsoAttempt>[] = [
  {
    id: 'who',
    header: 'Who',
    place: 'main',
    cell: ({ subject, person, id }) => (
      <>
        {person ? (
          <Link
            to="/app/enterprise/licenses/$userId"
            params={{ userId: person.id }}
            className="font-medium wrap-anywhere"
          >
            {person.name}
          </Link>
        ) : (
          <span className="font-medium wrap-anywhere">{subject ?? 'Nobody who is named'}</span>
        )}
        <CellNote>
          <span className="wrap-anywhere">{person && subject ? subject : id}</span>
        </CellNote>
      </>
    ),
  },
  {
    id: 'what',
    header: 'Outcome',
    place: 'meta',
    cell: ({ outcome, purpose, detail }) => (
      <>
        <Badge mark={outcome === 'accepted' ? 'ok' : 'refused'}>
          {outcome === 'accepted' ? 'Accepted' : 'Refused'}
        </Badge>
        {purpose === 'test' && <span className="text-ink-3"> test</span>}
        {detail && <CellNote>{detail}</CellNote>}
      </>
    ),
  },
  {
    id: 'when',
    header: 'When',
    place: 'end',
    cell: ({ at }) => <RelativeTime at={at} />,
  },
];

const keyOf = ({ id }: SsoAttempt) => id;

/** The latest sign-ins, with the reason for each refusal. */
export function Attempts({ attempts }: { attempts: readonly SsoAttempt[] }) {
  return (
    <Section title="Sign-ins" note="The latest twenty, newest first.">
      {attempts.length === 0 ? (
        <EmptyState title="Nobody has signed in through it yet">
          Each sign-in stands here, and each refusal with what to change.
        </EmptyState>
      ) : (
        <Table caption="Sign-ins" columns={columns} rows={attempts} keyOf={keyOf} />
      )}
    </Section>
  );
}
