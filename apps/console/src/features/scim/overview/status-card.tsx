import { Badge } from '../../../components/badge.tsx';
import { Button } from '../../../components/button.tsx';
import { FactStrip, Panel, PanelHead } from '../../../components/panel.tsx';
import { useNow } from '../../../components/relative-time.tsx';
import { useDirectory } from '../directory/context.ts';
import { statusWord } from '../model/sentence.ts';
import { replaceableToken } from '../model/token.ts';
import { LastRequest } from './last-request.tsx';
import { statusFacts } from './status-facts.tsx';

/** The state of the directory in one frame. */
export function StatusCard() {
  const { directory, open } = useDirectory();
  const { mark, word } = statusWord(directory.health);
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

/** Once the new token is in use, the old one can go. */
function ReplacedToken() {
  const { directory, open } = useDirectory();
  const old = replaceableToken(directory.tokens);
  if (!old) return null;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-t border-line px-4 py-2 text-sm">
      <p>
        The new token is in use. Revoke the old one, which ends in <code>{old.lastFour}</code>, now?
      </p>
      <Button size="sm" className="ml-auto" onClick={() => open({ kind: 'revoke', token: old })}>
        Revoke…
      </Button>
    </div>
  );
}
