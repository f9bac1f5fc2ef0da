import type { Decision, ReviewItem } from '@rollcall/api';
import type { ReactNode } from 'react';
import { Badge } from '../../../components/badge.tsx';
import { Button } from '../../../components/button.tsx';
import { Checkbox } from '../../../components/choice.tsx';
import { RelativeTime } from '../../../components/relative-time.tsx';
import { type DirectoryDialog, useDirectory } from '../directory/context.ts';
import { idpName } from '../model/provider.ts';
import { decisionLabel, reviewKinds } from '../model/review.ts';
import { GroupLink, PersonLink, RequestLink, TeamLink, UserLink } from '../parts/links.tsx';

/** Something that waits for an owner: what happened, what the IdP sent beside what is here, and what can be decided. */
export function ReviewCard({
  item,
  selected,
  onSelect,
}: {
  item: ReviewItem;
  selected: boolean;
  onSelect: (selected: boolean) => void;
}) {
  const { directory, open } = useDirectory();
  const { word, mark, todo } = reviewKinds[item.kind];
  const named = item.kind === 'user_name_conflict';
  return (
    <li className="grid gap-3 rounded-md border border-line bg-panel p-4 text-sm">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-1">
        <Checkbox
          aria-label={`Select: ${item.sentence}`}
          checked={selected}
          onChange={(event) => onSelect(event.currentTarget.checked)}
        />
        <Badge mark={mark}>{word}</Badge>
        <span className="ml-auto flex gap-3">
          <RelativeTime at={item.at} className="text-ink-3" />
          {item.requestId && <RequestLink id={item.requestId}>Request</RequestLink>}
        </span>
      </div>
      <div>
        <p className="font-medium">{item.sentence}</p>
        <p className="text-ink-2">{[item.detail, todo].filter(Boolean).join(' ')}</p>
      </div>
      {item.said && (
        <div className="grid gap-3 tablet:grid-cols-2">
          <Side title={named ? 'Has the userName' : `${idpName(directory.provider)} sent`}>
            <Fact name={<SaidLink said={item.said} />} facts={item.said.facts} />
          </Side>
          {!named && (
            <Side title="Here">
              {item.here.length === 0 && <p className="text-ink-2">Nobody yet.</p>}
              {item.here.map((one) => (
                <Fact
                  key={one.id}
                  name={
                    item.kind === 'team_conflict' ? <TeamLink {...one} /> : <UserLink {...one} />
                  }
                  facts={one.facts}
                />
              ))}
            </Side>
          )}
        </div>
      )}
      <div className="flex flex-wrap gap-2">
        {item.decisions.map((decision) => (
          <Button key={decision} size="sm" onClick={() => open(dialogOf(item, decision))}>
            {decisionLabel(decision, item.kind)}
          </Button>
        ))}
      </div>
    </li>
  );
}

/** Releasing a userName has a dialog of its own, which says what becomes of the record. */
function dialogOf(item: ReviewItem, decision: Decision): DirectoryDialog {
  return decision === 'release' && item.said
    ? { kind: 'release-user-name', person: { id: item.said.id, name: item.said.name } }
    : { kind: 'decide', items: [item], decision };
}

function Side({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="min-w-0 rounded-md bg-chrome px-3 py-2">
      <h3 className="text-xs text-ink-3">{title}</h3>
      <div className="grid gap-2">{children}</div>
    </section>
  );
}

function Fact({ name, facts }: { name: ReactNode; facts: readonly string[] }) {
  return (
    <div className="wrap-anywhere">
      <p className="font-medium">{name}</p>
      {facts.map((fact) => (
        <p key={fact} className="text-ink-2">
          {fact}
        </p>
      ))}
    </div>
  );
}

function SaidLink({ said: { kind, id, name } }: { said: NonNullable<ReviewItem['said']> }) {
  return kind === 'group' ? (
    <GroupLink id={id}>{name}</GroupLink>
  ) : (
    <PersonLink id={id}>{name}</PersonLink>
  );
}
