'use client';

import { Radio, WifiOff } from 'lucide-react';
import type { StreamState } from '../api/use-event-stream.ts';

const words: Record<StreamState, string> = {
  connecting: 'Connecting…',
  live: 'Live',
  lost: 'Connection lost, trying again…',
  asleep: 'Asleep while hidden',
};

/** Says whether the figures on the page are live. */
export function StreamNote({ state }: { state: StreamState }) {
  const Icon = state === 'lost' ? WifiOff : Radio;
  return (
    <span
      role="status"
      className={`inline-flex items-center gap-1.5 text-xs ${state === 'live' ? 'text-ok' : state === 'lost' ? 'text-warn' : 'text-ink-3'}`}
    >
      <Icon aria-hidden className="size-3.5" />
      {words[state]}
    </span>
  );
}
