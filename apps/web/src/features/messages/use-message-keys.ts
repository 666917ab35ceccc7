'use client';

import { useEffect, useEffectEvent } from 'react';

interface MessageKeys {
  step: (by: 1 | -1) => void;
  open: () => void;
  close: () => void;
  search: () => void;
  live?: () => void;
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName);
}

/** True when a dialog or popup is open, which has the keys then. */
function isCovered(): boolean {
  return document.querySelector('[role="dialog"][data-open], [role="listbox"], [role="menu"]') !== null;
}

/** j/k step, Enter opens, Escape closes, / searches, l follows live. Stands down while one types. */
export function useMessageKeys(keys: MessageKeys): void {
  // An effect event acts on what the page shows: it changes with the page's DOM, not some time after it.
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target) || isCovered()) return;
    const onGrid =
      event.target instanceof HTMLElement && event.target.closest('[data-message-grid]') !== null;
    const actions: Record<string, (() => void) | undefined> = {
      j: () => keys.step(1),
      k: () => keys.step(-1),
      ArrowDown: onGrid ? () => keys.step(1) : undefined,
      ArrowUp: onGrid ? () => keys.step(-1) : undefined,
      Enter: onGrid ? () => keys.open() : undefined,
      Escape: keys.close,
      '/': () => keys.search(),
      l: keys.live,
    };
    const action = actions[event.key];
    if (action === undefined) return;
    event.preventDefault();
    action();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}
