import { Key } from '../components/badge.tsx';
import { Button } from '../components/button.tsx';
import { Dialog } from '../components/dialog.tsx';

const shortcuts: readonly { keys: readonly string[]; does: string }[] = [
  { keys: ['⌘K', 'Ctrl K'], does: 'Go to a page, a person, a team or a request' },
  { keys: ['/'], does: 'Search on this page' },
  { keys: ['Esc'], does: 'Close a drawer, a dialog or a menu' },
  { keys: ['?'], does: 'Show these keys' },
];

/** The keys that work everywhere. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog
      title="Keys"
      onClose={onClose}
      actions={
        <Button variant="primary" onClick={onClose}>
          Close
        </Button>
      }
    >
      <dl className="border-t border-line text-sm">
        {shortcuts.map(({ keys, does }) => (
          <div key={does} className="flex justify-between gap-4 border-b border-line py-2">
            <dt>{does}</dt>
            <dd className="flex flex-none gap-1">
              {keys.map((key) => (
                <Key key={key}>{key}</Key>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
