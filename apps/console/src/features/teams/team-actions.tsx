import type { Team } from '@rollcall/api';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { Menu, MenuItem } from '../../components/menu.tsx';
import { DeleteTeamDialog } from './delete-team-dialog.tsx';
import { RenameTeamDialog } from './rename-team-dialog.tsx';
import { SynchronizeDialog } from './synchronize-dialog.tsx';
import { TeamAccessDialog } from './team-access-dialog.tsx';

type Action = 'access' | 'rename' | 'synchronize' | 'delete';

const dialogs = {
  access: TeamAccessDialog,
  rename: RenameTeamDialog,
  synchronize: SynchronizeDialog,
  delete: DeleteTeamDialog,
} as const;

/** What can be done with a team. One that a group fills is unlinked first, under Groups, before it is deleted. */
export function TeamActions({ team }: { team: Team }) {
  const [action, setAction] = useState<Action>();
  const ActionDialog = action && dialogs[action];
  const linked = team.directoryGroup !== null;
  return (
    <>
      <Button onClick={() => setAction('access')}>Role and org links…</Button>
      <Menu
        trigger={
          <Button variant="quiet">
            More
            <Icon name="down" />
          </Button>
        }
      >
        <MenuItem onSelect={() => setAction('rename')}>{linked ? 'Describe…' : 'Rename…'}</MenuItem>
        {!linked && (
          <MenuItem onSelect={() => setAction('synchronize')}>
            Synchronize with SCIM group…
          </MenuItem>
        )}
        {!linked && (
          <MenuItem danger onSelect={() => setAction('delete')}>
            Delete team…
          </MenuItem>
        )}
      </Menu>
      {ActionDialog && <ActionDialog team={team} onClose={() => setAction(undefined)} />}
    </>
  );
}
