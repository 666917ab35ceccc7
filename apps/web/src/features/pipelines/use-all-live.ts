'use client';

import type { PipelineListItem } from '@sealane/contracts/api/pipelines';
import type { LiveMessage } from '@sealane/contracts/live';
import { useEffect, useRef, useState } from 'react';
import { api } from '../api/client.ts';
import { type StreamState, useEventStream } from '../api/use-event-stream.ts';

const RENDER_EVERY_MS = 500;
const LAG_POINTS = 60;
const MAX_PIPELINES = 1000;

type Overlay = Pick<PipelineListItem, 'sample' | 'status' | 'lagHistory'>;
type Held = Map<string, Partial<Overlay>>;

function take(held: Held, message: LiveMessage): void {
  if (message.kind === 'keepalive' || message.kind === 'event') return;
  const entry = held.get(message.pipelineId) ?? {};
  if (message.kind === 'status') {
    entry.status = message.status;
  } else {
    entry.sample = message.sample;
    const lag = { at: message.sample.at, totalMs: message.sample.lag.totalMs };
    entry.lagHistory = [...(entry.lagHistory ?? []), lag].slice(-LAG_POINTS);
  }
  held.set(message.pipelineId, entry);
  const oldest = held.keys().next().value;
  if (held.size > MAX_PIPELINES && oldest !== undefined) held.delete(oldest);
}

/** Follows all pipelines and lays what is newer over the rows of a list. */
export function useAllLive(): { stream: StreamState; overlay: (item: PipelineListItem) => PipelineListItem } {
  const held = useRef<Held>(new Map());
  const dirty = useRef(false);
  const [shown, setShown] = useState<Held>(new Map());
  const { state } = useEventStream<LiveMessage>({
    subject: 'all',
    open: (signal) => api.pipelines.liveAll(undefined, { signal }),
    onMessage: (message) => {
      take(held.current, message);
      dirty.current = true;
    },
  });
  useEffect(() => {
    const timer = setInterval(() => {
      if (!dirty.current) return;
      dirty.current = false;
      setShown(new Map(held.current));
    }, RENDER_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  const overlay = (item: PipelineListItem): PipelineListItem => {
    const live = shown.get(item.id);
    if (live === undefined) return item;
    const lastKnown = item.lagHistory.filter(
      (point) => point.at < (live.lagHistory?.[0]?.at ?? Number.POSITIVE_INFINITY),
    );
    return {
      ...item,
      sample: live.sample ?? item.sample,
      status: live.status ?? item.status,
      lagHistory: [...lastKnown, ...(live.lagHistory ?? [])].slice(-LAG_POINTS),
    };
  };
  return { stream: state, overlay };
}
