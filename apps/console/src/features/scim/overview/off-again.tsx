import { Badge } from '../../../components/badge.tsx';
import { Button } from '../../../components/button.tsx';
import { CopyField } from '../../../components/copy-field.tsx';
import { formatCount } from '../../../components/format.ts';
import { Panel, PanelHead } from '../../../components/panel.tsx';
import { useDirectory } from '../directory/context.ts';
import { unmetReason } from '../model/requirement.ts';
import { Requirements } from '../off/requirements.tsx';

/** SCIM was on and is off: what was kept, and the way back, which keeps the connector URL. */
export function OffAgain() {
  const { directory, open } = useDirectory();
  const reason = unmetReason(directory.requirements);
  return (
    <Panel label="Status">
      <PanelHead
        end={
          <Button
            size="sm"
            variant="primary"
            inactive={reason !== undefined}
            aria-describedby={reason && 'turn-on-reason'}
            onClick={() => open({ kind: 'turn-on' })}
          >
            Turn on again…
          </Button>
        }
      >
        <Badge mark="off" size="head">
          SCIM is off
        </Badge>
      </PanelHead>
      <div className="grid gap-4 border-t border-line p-4">
        <p className="max-w-measure text-sm text-ink-2">
          Kept: what {formatCount(directory.people, 'person', 'people')} and{' '}
          {formatCount(directory.groups, 'group', 'groups')} looked like in your IdP, and the whole
          request log. Turning it on again keeps the connector URL; the token is a new one.
        </p>
        <CopyField label="Connector URL" name="connector URL" value={directory.connectorUrl} wrap />
        {reason && (
          <p id="turn-on-reason" className="text-sm">
            {reason}
          </p>
        )}
      </div>
      {reason && <Requirements requirements={directory.requirements} inset />}
    </Panel>
  );
}
