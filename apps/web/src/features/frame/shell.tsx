'use client';

import { type ReactNode, useEffect, useState } from 'react';
import { CommandPalette } from './command-palette.tsx';
import { Rail } from './rail-side.tsx';
import { toggleRail } from './rail-state.ts';
import { SessionGate } from './session-gate.tsx';
import { StaleNotice } from './stale-notice.tsx';
import { TopBar } from './top-bar.tsx';

/** Opens the palette with ⌘K and folds the rail with ⌘B, anywhere in the console. */
function useFrameKeys(openPalette: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.metaKey || event.ctrlKey) || event.shiftKey || event.altKey || event.repeat) return;
      const key = event.key.toLowerCase();
      if (key !== 'k' && key !== 'b') return;
      event.preventDefault();
      if (key === 'k') openPalette();
      else toggleRail();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [openPalette]);
}

/** The frame around every page of the console. */
export function Shell({ children }: { children: ReactNode }) {
  const [palette, setPalette] = useState(false);
  const [openPalette] = useState(() => () => setPalette(true));
  useFrameKeys(openPalette);
  return (
    <SessionGate loading={<ShellSkeleton />}>
      <a
        href="#page"
        className="sr-only z-50 rounded-md bg-accent px-3 py-2 text-accent-ink focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to the page
      </a>
      <div className="flex min-h-dvh">
        <Rail />
        <div className="flex min-w-0 flex-1 flex-col">
          <TopBar onSearch={openPalette} />
          <main id="page" className="flex min-w-0 flex-1 flex-col px-3 py-4 md:px-6 md:py-5">
            <StaleNotice />
            {children}
          </main>
        </div>
      </div>
      <CommandPalette open={palette} onClose={() => setPalette(false)} />
    </SessionGate>
  );
}

function ShellSkeleton() {
  return (
    <div className="flex min-h-dvh" aria-busy="true">
      <div className="w-54 border-r bg-surface max-md:hidden rail-closed:md:w-13" />
      <div className="flex-1">
        <div className="h-12 border-b bg-surface" />
        <main className="space-y-4 p-6">
          <h1 className="sr-only">Loading Sealane</h1>
          <div className="skeleton h-7 w-48" />
          <div className="skeleton h-40" />
        </main>
      </div>
    </div>
  );
}
