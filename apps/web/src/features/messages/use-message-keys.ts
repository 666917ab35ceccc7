'use client';

import { useEffect, useRef } from 'react';

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
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target) || isCovered()) return;
      const onGrid =
        event.target instanceof HTMLElement && event.target.closest('[data-message-grid]') !== null;
      const keys = latest.current;
      const actions: Record<string, (() => void) | undefined> = {
        j: () => latest.current.step(1),
        k: () => latest.current.step(-1),
        ArrowDown: onGrid ? () => latest.current.step(1) : undefined,
        ArrowUp: onGrid ? () => latest.current.step(-1) : undefined,
        Enter: onGrid ? () => latest.current.open() : undefined,
        Escape: keys.close,
        '/': () => latest.current.search(),
        l: keys.live,
      };
      const action = actions[event.key];
      if (action === undefined) return;
      event.preventDefault();
      action();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
