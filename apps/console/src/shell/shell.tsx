import { Outlet } from '@tanstack/react-router';
import { Dialog } from 'radix-ui';
import { lazy, Suspense, useState } from 'react';
import { Button } from '../components/button.tsx';
import { buttonClass } from '../components/button-class.ts';
import { Icon } from '../components/icon.tsx';
import { useFocusReturn } from '../components/use-focus-return.ts';
import { ReauthenticationProvider } from '../features/reauthentication/provider.tsx';
import { OfflineBar } from './offline-bar.tsx';
import { Navigation } from './sidebar.tsx';
import { TopBar } from './top-bar.tsx';
import { useShortcuts } from './use-shortcuts.ts';

const Palette = lazy(async () => ({ default: (await import('./palette.tsx')).Palette }));
const ShortcutsDialog = lazy(async () => ({
  default: (await import('./shortcuts-dialog.tsx')).ShortcutsDialog,
}));

/** The frame of every page below `/app`. */
export function Shell() {
  const [menuOpen, setMenuOpen] = useState(false);
  const [searching, setSearching] = useState(false);
  const [helping, setHelping] = useState(false);
  useShortcuts({ onSearch: () => setSearching(true), onHelp: () => setHelping(true) });
  return (
    <ReauthenticationProvider>
      <a
        href="#main"
        className={buttonClass({ className: 'absolute top-[-4rem] left-3 z-30 focus:top-2' })}
      >
        Skip to content
      </a>
      <div className="grid min-h-screen grid-cols-[minmax(0,1fr)] grid-rows-[auto_1fr] desktop:grid-cols-[var(--sidebar)_minmax(0,1fr)]">
        <TopBar onMenu={() => setMenuOpen(true)} onSearch={() => setSearching(true)} />
        <div className="border-r border-line bg-chrome px-3 py-4 max-desktop:hidden">
          <div className="sticky top-[calc(var(--topbar)+var(--space-4))]">
            <Navigation />
          </div>
        </div>
        <div className="min-w-0">
          <OfflineBar />
          <Outlet />
        </div>
      </div>
      {menuOpen && <MenuSheet onClose={() => setMenuOpen(false)} />}
      <Suspense>
        {searching && <Palette onClose={() => setSearching(false)} />}
        {helping && <ShortcutsDialog onClose={() => setHelping(false)} />}
      </Suspense>
    </ReauthenticationProvider>
  );
}

/** The sidebar on a narrow screen. */
function MenuSheet({ onClose }: { onClose: () => void }) {
  const returnFocus = useFocusReturn();
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-10 animate-fade bg-scrim desktop:hidden" />
        <Dialog.Content
          aria-describedby={undefined}
          onCloseAutoFocus={returnFocus}
          className="fixed inset-y-0 left-0 z-10 w-[min(18rem,calc(100vw-3rem))] overflow-y-auto bg-chrome px-3 py-2 shadow-dialog desktop:hidden"
        >
          <div className="mb-2 flex items-center justify-between">
            <Dialog.Title className="px-2 text-sm font-strong">Pages</Dialog.Title>
            <Button variant="quiet" size="icon" aria-label="Close menu" onClick={onClose}>
              <Icon name="close" />
            </Button>
          </div>
          <Navigation onNavigate={onClose} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
