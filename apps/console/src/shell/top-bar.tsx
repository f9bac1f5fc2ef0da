import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useRouter } from '@tanstack/react-router';
import { Key } from '../components/badge.tsx';
import { Button } from '../components/button.tsx';
import { Icon } from '../components/icon.tsx';
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuRule } from '../components/menu.tsx';
import { chooseAccount, roleNames, useAccount, useSession } from './account.ts';
import { BrandMark } from './brand.tsx';
import { initials } from './initials.ts';
import { setTheme, type Theme, useTheme } from './theme.ts';
import { useSignOut } from './use-sign-out.ts';

/** Product, account, search, theme and person; it stays in sight. */
export function TopBar({ onMenu, onSearch }: { onMenu: () => void; onSearch: () => void }) {
  const { productName } = useSession();
  return (
    <header className="sticky top-0 z-5 col-span-full flex h-topbar items-center gap-2 border-b border-line bg-chrome px-3 tablet:gap-3 tablet:px-4">
      <Button
        variant="quiet"
        size="icon"
        aria-label="Open menu"
        onClick={onMenu}
        className="-ml-2 desktop:hidden"
      >
        <Icon name="menu" />
      </Button>
      <Link
        to="/app/home"
        aria-label={`${productName}, home`}
        className="inline-flex min-h-target min-w-target items-center gap-2 font-strong tracking-tight text-ink no-underline hover:no-underline"
      >
        <BrandMark />
        <span className="max-tablet:hidden">{productName}</span>
      </Link>
      <span aria-hidden="true" className="text-line-control max-tablet:hidden">
        /
      </span>
      <AccountName />
      <div className="ml-auto flex items-center gap-2">
        <SearchButton onSearch={onSearch} />
        <ThemeMenu />
        <PersonMenu />
      </div>
    </header>
  );
}

/** The account's name; a switcher for a person with several. */
function AccountName() {
  const account = useAccount();
  const { accounts } = useSession();
  const router = useRouter();
  const client = useQueryClient();
  if (accounts.length === 1) {
    return <span className="min-w-0 truncate text-sm font-medium text-ink-2">{account.name}</span>;
  }
  const change = (id: string) => {
    chooseAccount(id);
    client.removeQueries({ queryKey: ['account'] });
    // What is open belongs to the other account.
    void router.navigate({ to: '/app/home' }).then(() => router.invalidate());
  };
  return (
    <Menu
      align="start"
      trigger={
        <Button variant="quiet" size="sm" className="-mx-2 min-w-0">
          <span className="truncate">{account.name}</span>
          <Icon name="down" />
        </Button>
      }
    >
      <MenuChoice
        label="Account"
        value={account.id}
        options={accounts.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={change}
      />
    </Menu>
  );
}

function SearchButton({ onSearch }: { onSearch: () => void }) {
  return (
    <button
      type="button"
      aria-label="Search"
      aria-keyshortcuts="Meta+K Control+K"
      onClick={onSearch}
      className="flex h-control-sm w-control-sm items-center justify-center gap-2 rounded-md text-sm text-ink-3 focus-visible:rounded-md tablet:w-60 tablet:justify-start tablet:border tablet:border-line-strong tablet:bg-panel tablet:px-2"
    >
      <Icon name="search" />
      <span className="max-tablet:hidden">Search</span>
      <span className="ml-auto max-tablet:hidden">
        <Key>{/Mac|iP/.test(navigator.userAgent) ? '⌘K' : 'Ctrl K'}</Key>
      </span>
    </button>
  );
}

const themes: readonly { value: Theme; label: string }[] = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

function ThemeMenu() {
  const theme = useTheme();
  return (
    <Menu
      trigger={
        <Button
          variant="quiet"
          size="icon"
          aria-label={`Theme: ${themes.find(({ value }) => value === theme)?.label.toLowerCase()}`}
          className="max-desktop:hidden"
        >
          <Icon name="theme" />
        </Button>
      }
    >
      <MenuChoice label="Theme" value={theme} options={themes} onChange={setTheme} />
    </Menu>
  );
}

function PersonMenu() {
  const { user } = useSession();
  const { role } = useAccount();
  const theme = useTheme();
  const navigate = useNavigate();
  const signOut = useSignOut();
  return (
    <Menu
      trigger={
        <Button variant="quiet" size="sm" aria-label={`${user.name}, ${roleNames[role]}`}>
          <span className="font-normal max-desktop:hidden">{roleNames[role]}</span>
          <span
            aria-hidden="true"
            className="grid size-6.5 place-items-center rounded-full bg-active text-xs font-strong text-ink-2"
          >
            {initials(user.name)}
          </span>
        </Button>
      }
    >
      <MenuLabel>
        <span className="block font-medium">{user.name}</span>
        <span className="block text-xs wrap-anywhere text-ink-3">{user.email}</span>
      </MenuLabel>
      <MenuRule />
      <MenuItem onSelect={() => void navigate({ to: '/app/profile' })}>Profile</MenuItem>
      <div className="desktop:hidden">
        <MenuRule />
        <MenuChoice label="Theme" value={theme} options={themes} onChange={setTheme} />
        <MenuRule />
      </div>
      <MenuItem onSelect={() => void signOut()}>Sign out</MenuItem>
    </Menu>
  );
}
