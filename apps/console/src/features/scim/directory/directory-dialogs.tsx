import { LinkGroupDialog } from '../groups/link-group-dialog.tsx';
import { UnlinkGroupDialog } from '../groups/unlink-group-dialog.tsx';
import { ReleaseUserNameDialog } from '../people/release-user-name-dialog.tsx';
import { DecideDialog } from '../review/decide-dialog.tsx';
import { TurnOffDialog } from '../settings/turn-off-dialog.tsx';
import { RefreshTokenDialog } from '../tokens/refresh-token-dialog.tsx';
import { RevokeTokenDialog } from '../tokens/revoke-token-dialog.tsx';
import { TurnOnDialog } from '../tokens/turn-on-dialog.tsx';
import type { DirectoryDialog } from './context.ts';

/** The dialog that is open. */
export function DirectoryDialogs({
  dialog,
  onClose,
}: {
  dialog: DirectoryDialog;
  onClose: () => void;
}) {
  switch (dialog.kind) {
    case 'refresh':
      return <RefreshTokenDialog onClose={onClose} />;
    case 'turn-on':
      return <TurnOnDialog onClose={onClose} />;
    case 'turn-off':
      return <TurnOffDialog onClose={onClose} />;
    case 'revoke':
      return <RevokeTokenDialog token={dialog.token} onClose={onClose} />;
    case 'link-group':
      return <LinkGroupDialog {...dialog} onClose={onClose} />;
    case 'unlink-group':
      return <UnlinkGroupDialog {...dialog} onClose={onClose} />;
    case 'release-user-name':
      return <ReleaseUserNameDialog person={dialog.person} onClose={onClose} />;
    case 'decide':
      return <DecideDialog {...dialog} onClose={onClose} />;
  }
}
