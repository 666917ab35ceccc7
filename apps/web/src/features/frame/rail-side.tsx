'use client';

import { RailHead, RailNav } from './rail.tsx';

/** The rail of wide windows: 216 px, or icons alone. */
export function Rail() {
  return (
    <aside className="sticky top-0 flex h-dvh w-54 shrink-0 flex-col border-r bg-surface max-md:hidden rail-closed:md:w-13">
      <RailHead />
      <RailNav />
    </aside>
  );
}
