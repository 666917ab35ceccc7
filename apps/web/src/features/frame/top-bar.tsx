'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Globe, LogOut, Monitor, Moon, PanelLeft, Search, Sun, UserRound } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { toast } from 'sonner';
import { zoneName } from '../../components/format/time.ts';
import { IconButton } from '../../components/ui/button.tsx';
import { Kbd } from '../../components/ui/kbd.tsx';
import { Menu, MenuItem, MenuRadios, MenuSeparator } from '../../components/ui/menu.tsx';
import { authClient } from './auth-client.ts';
import { Breadcrumb } from './breadcrumb.tsx';
import { useZone } from './clock.tsx';
import { NavDrawer } from './nav-drawer.tsx';
import { toggleRail } from './rail-state.ts';
import { useTheme } from './theme.ts';
import { useMe } from './use-me.ts';

/** The bar above every page: where one is, search, zone, theme, user. */
export function TopBar({ onSearch }: { onSearch: () => void }) {
  return (
    <header className="sticky top-0 z-20 flex h-12 items-center gap-1 border-b bg-surface px-2 md:px-3">
      <NavDrawer />
      <IconButton
        label="Fold or unfold navigation"
        shortcut="Ctrl B"
        className="max-md:hidden"
        onClick={toggleRail}
      >
        <PanelLeft aria-hidden />
      </IconButton>
      <div className="mx-1 h-4 w-px bg-line max-md:hidden" />
      <Breadcrumb />
      <button
        type="button"
        onClick={onSearch}
        className="fade flex h-8 w-52 items-center gap-2 rounded-md border border-line-strong bg-canvas px-2.5 text-sm text-ink-3 hover:text-ink max-md:hidden"
      >
        <Search aria-hidden className="size-3.5" />
        <span className="flex-1 text-left">Go to…</span>
        <Kbd>Ctrl K</Kbd>
      </button>
      <IconButton label="Search" className="md:hidden" onClick={onSearch}>
        <Search aria-hidden />
      </IconButton>
      <ZoneMenu />
      <ThemeMenu />
      <UserMenu />
    </header>
  );
}

function ZoneMenu() {
  const [zone, setZone] = useZone();
  return (
    <Menu
      trigger={
        <IconButton label="Time zone" size="wide">
          <Globe aria-hidden />
          <span className="text-xs max-lg:sr-only" suppressHydrationWarning>
            {zone === 'utc' ? 'UTC' : zoneName('local')}
          </span>
        </IconButton>
      }
    >
      <MenuRadios
        value={zone}
        onChange={setZone}
        choices={[
          { value: 'local', label: `Local (${zoneName('local')})` },
          { value: 'utc', label: 'UTC' },
        ]}
      />
    </Menu>
  );
}

function ThemeMenu() {
  const [theme, setTheme] = useTheme();
  return (
    <Menu
      trigger={
        <IconButton label="Theme">
          <Sun aria-hidden className="dark:hidden" />
          <Moon aria-hidden className="hidden dark:block" />
        </IconButton>
      }
    >
      <MenuRadios
        value={theme}
        onChange={setTheme}
        choices={[
          { value: 'light', label: 'Light', icon: <Sun aria-hidden /> },
          { value: 'dark', label: 'Dark', icon: <Moon aria-hidden /> },
          { value: 'system', label: 'System', icon: <Monitor aria-hidden /> },
        ]}
      />
    </Menu>
  );
}

function UserMenu() {
  const me = useMe();
  const router = useRouter();
  const client = useQueryClient();
  const signOut = async () => {
    const { error } = await authClient.signOut();
    if (error) {
      toast.error('You are still signed in', {
        description: error.message ?? 'The server refused to end the session.',
      });
      return;
    }
    client.clear();
    router.replace('/sign-in');
  };
  return (
    <Menu
      trigger={
        <IconButton label="Account">
          <UserRound aria-hidden />
        </IconButton>
      }
    >
      <div className="max-w-60 px-2 py-1.5">
        <p className="truncate text-sm font-medium">{me?.name ?? '–'}</p>
        <p className="truncate text-xs text-ink-3">
          {me?.email ?? me?.id ?? ''} · {me?.role ?? ''}
        </p>
      </div>
      <MenuSeparator />
      <MenuItem onSelect={() => void signOut()}>
        <LogOut aria-hidden />
        Sign out
      </MenuItem>
    </Menu>
  );
}
