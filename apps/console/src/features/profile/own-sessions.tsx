import type { SessionEntry } from '@rollcall/api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { describeError } from '../../api/api-error.ts';
import { QueryView } from '../../api/query-view.tsx';
import { request } from '../../api/request.ts';
import { sessionsQuery } from '../../api/session.ts';
import { Banner } from '../../components/banner.tsx';
import { Button } from '../../components/button.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { Section } from '../../components/section.tsx';
import { CellNote, type Column, Table } from '../../components/table.tsx';
import { toast } from '../../components/toast.tsx';
import { describeBrowser } from './describe-browser.ts';

/** Where one is signed in, and how to end it there. */
export function OwnSessions() {
  const client = useQueryClient();
  const sessions = useQuery(sessionsQuery());
  const end = useMutation({
    mutationFn: (sessionId: string) => request('endSession', { params: { sessionId } }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: sessionsQuery().queryKey });
      toast('Ended the session.');
    },
  });
  const columns: readonly Column<SessionEntry>[] = [
    {
      id: 'where',
      header: 'Browser',
      place: 'main',
      cell: ({ userAgent, address }) => (
        <>
          <span className="font-medium">{describeBrowser(userAgent)}</span>
          <CellNote>{address}</CellNote>
        </>
      ),
    },
    {
      id: 'how',
      header: 'Signed in by',
      place: 'meta',
      stackedLabel: 'By',
      cell: ({ methods }) => methods.join(', '),
    },
    {
      id: 'since',
      header: 'Since',
      place: 'extra',
      cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
    },
    {
      id: 'seen',
      header: 'Last seen',
      place: 'meta',
      stackedLabel: 'Last seen',
      cell: ({ lastSeenAt }) => <RelativeTime at={lastSeenAt} />,
    },
    {
      id: 'end',
      header: 'End',
      place: 'end',
      numeric: true,
      cell: ({ id, current, userAgent }) =>
        current ? (
          <span className="text-ink-2">This one</span>
        ) : (
          <Button
            size="sm"
            aria-label={`End the session in ${describeBrowser(userAgent)}`}
            busy={end.isPending && end.variables === id}
            onClick={() => end.mutate(id)}
          >
            End
          </Button>
        ),
    },
  ];
  return (
    <Section title="Sessions">
      {end.error && (
        <div className="mb-3">
          <Banner tone="danger" title="The session could not be ended.">
            {describeError(end.error).detail}
          </Banner>
        </div>
      )}
      <QueryView
        query={sessions}
        failed="Your sessions could not be loaded"
        skeleton={
          <Table caption="Sessions" columns={columns} rows={[]} keyOf={keyOf} loadingRows={2} />
        }
      >
        {({ items }) => <Table caption="Sessions" columns={columns} rows={items} keyOf={keyOf} />}
      </QueryView>
    </Section>
  );
}

const keyOf = ({ id }: SessionEntry) => id;
