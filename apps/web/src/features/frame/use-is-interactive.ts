'use client';

import { useSyncExternalStore } from 'react';

const nothing = () => () => undefined;

/** False in what the server rendered until the page's scripts have taken it over: what is pressed before that would be lost. */
export function useIsInteractive(): boolean {
  return useSyncExternalStore(
    nothing,
    () => true,
    () => false,
  );
}
