'use client';

import { useCallback, useSyncExternalStore } from 'react';
import type { ZoneChoice } from '../../components/format/time.ts';

const ZONE_KEY = 'sealane.zone';
const ZONE_CHANGED = 'sealane:zone';

function subscribeZone(onChange: () => void): () => void {
  window.addEventListener(ZONE_CHANGED, onChange);
  window.addEventListener('storage', onChange);
  return () => {
    window.removeEventListener(ZONE_CHANGED, onChange);
    window.removeEventListener('storage', onChange);
  };
}

function readZone(): ZoneChoice {
  return localStorage.getItem(ZONE_KEY) === 'utc' ? 'utc' : 'local';
}

/** The zone in which the whole console shows times, remembered by this browser. */
export function useZone(): [ZoneChoice, (choice: ZoneChoice) => void] {
  const choice = useSyncExternalStore(subscribeZone, readZone, () => 'utc' as const);
  const set = useCallback((next: ZoneChoice) => {
    localStorage.setItem(ZONE_KEY, next);
    window.dispatchEvent(new Event(ZONE_CHANGED));
  }, []);
  return [choice, set];
}

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | null = null;
let now = 0;

function subscribeNow(onTick: () => void): () => void {
  listeners.add(onTick);
  if (timer === null) {
    now = Date.now();
    timer = setInterval(() => {
      if (document.hidden) return;
      now = Date.now();
      for (const listener of listeners) listener();
    }, 1000);
  }
  return () => {
    listeners.delete(onTick);
    if (listeners.size === 0 && timer !== null) {
      clearInterval(timer);
      timer = null;
    }
  };
}

/**
 * The present, renewed every second while the tab is visible, rounded down to `stepMs` so that texts which
 * change rarely render rarely. One timer serves all.
 */
export function useNow(stepMs: number): number {
  return useSyncExternalStore(
    subscribeNow,
    () => Math.floor((now === 0 ? Date.now() : now) / stepMs) * stepMs,
    () => 0,
  );
}
