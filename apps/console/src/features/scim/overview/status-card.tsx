import { Badge } from '../../../components/badge.tsx';
import { Button } from '../../../components/button.tsx';
import { FactStrip, Panel, PanelHead } from '../../../components/panel.tsx';
import { useNow } from '../../../components/relative-time.tsx';
import { useDirectory } from '../directory/context.ts';
import { endsIn } from '../model/days.ts';
import { statusWord } from '../model/sentence.ts';
import { replacedToken } from '../model/token.ts';
import { LastRequest } from './last-request.tsx';
import { statusFacts } from './status-facts.tsx';

/** The state of the directory in one frame. */
export function StatusCard() {
  const { directory, open } = useDirectory();
  const { mark, word } = statusWord(directory);
  const facts = statusFacts(directory, useNow());
  return (
    <Panel label="Status">
      <PanelHead
        end={
          <Button size="sm" onClick={() => open({ kind: 'refresh' })}>
            Refresh Token…
          </Button>
        }
      >
        <Badge mark={mark} size="head">
          {word}
        </Badge>
        <LastRequest />
      </PanelHead>
      <ReplacedToken />
      <FactStrip facts={facts} />
    </Panel>
  );
}

/** While two tokens work: which is which, and once the new one is in use, that the old one can go. */
function ReplacedToken() {
  const { directory, open } = useDirectory();
  const now = useNow();
  const replaced = replacedToken(directory.tokens);
  if (!replaced) return null;
  const { old, current, inUse } = replaced;
  const end = old.retiresAt ?? old.expiresAt;
  const ends = end && ` ends ${endsIn(end, now)}`;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-t border-line px-4 py-2 text-sm">
      <p>
        The new token, <code>…{current.lastFour}</code>, {inUse ? 'is in use' : 'was not used yet'}.
        The old one, <code>…{old.lastFour}</code>,{ends ?? ' still works'}.
      </p>
      {inUse && (
        <Button size="sm" className="ml-auto" onClick={() => open({ kind: 'revoke', token: old })}>
          Revoke the old one…
        </Button>
      )}
    </div>
  );
}
