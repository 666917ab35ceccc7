'use client';

import type { LiveMessage, PipelineEvent, PipelineSample } from '@sealane/contracts/live';
import type { PipelineStatus } from '@sealane/contracts/pipeline-state';
import { useEffect, useRef, useState } from 'react';
import { api } from '../api/client.ts';
import { type StreamState, useEventStream } from '../api/use-event-stream.ts';
import { type LivePoint, pointFromSamples } from './live-point.ts';

/** Half an hour of seconds: what a tab holds of live points at most. */
const MAX_POINTS = 1800;
const MAX_EVENTS = 200;
/** Figures change at most twice a second. */
const RENDER_EVERY_MS = 500;

/** What the live stream of one pipeline has said so far. */
export interface PipelineLive {
  stream: StreamState;
  sample: PipelineSample | null;
  /** When the newest sample arrived at this tab, epoch milliseconds. */
  receivedAt: number | null;
  status: PipelineStatus | null;
  points: readonly LivePoint[];
  /** Newest first. */
  events: readonly PipelineEvent[];
  /** Rows per second by table over the last two samples. */
  tableRates: ReadonlyMap<string, number>;
}

interface Held {
  sample: PipelineSample | null;
  receivedAt: number | null;
  status: PipelineStatus | null;
  points: LivePoint[];
  events: PipelineEvent[];
  tableRates: Map<string, number>;
}

function nothing(): Held {
  return { sample: null, receivedAt: null, status: null, points: [], events: [], tableRates: new Map() };
}

function ratesByTable(now: PipelineSample, before: PipelineSample | null): Map<string, number> {
  const rates = new Map<string, number>();
  if (before === null || before.runId !== now.runId || now.at <= before.at) return rates;
  const earlier = new Map(before.tables.map((table) => [table.table, table]));
  for (const table of now.tables) {
    const old = earlier.get(table.table);
    const rows = table.create + table.update + table.delete + table.read;
    const oldRows = old === undefined ? 0 : old.create + old.update + old.delete + old.read;
    rates.set(table.table, Math.max(0, rows - oldRows) / ((now.at - before.at) / 1000));
  }
  return rates;
}

function take(held: Held, message: LiveMessage): void {
  if (message.kind === 'sample') {
    const point = pointFromSamples(message.sample, held.sample);
    if (point !== null) {
      held.points.push(point);
      if (held.points.length > MAX_POINTS) held.points.splice(0, held.points.length - MAX_POINTS);
      held.tableRates = ratesByTable(message.sample, held.sample);
    }
    held.sample = message.sample;
    held.receivedAt = Date.now();
  } else if (message.kind === 'status') {
    held.status = message.status;
  } else if (message.kind === 'event') {
    if (held.events.some((event) => event.id === message.event.id)) return;
    held.events = [message.event, ...held.events].slice(0, MAX_EVENTS);
  }
}

/** Follows one pipeline. Renders at most twice a second however fast the stream is. */
export function usePipelineLive(id: string): PipelineLive {
  const held = useRef<{ id: string; value: Held }>({ id, value: nothing() });
  const dirty = useRef(false);
  const [shown, setShown] = useState<Held>(nothing);
  const { state } = useEventStream<LiveMessage>({
    subject: id,
    open: (signal) => api.pipelines.live({ id }, { signal }),
    onMessage: (message) => {
      if (held.current.id !== id) held.current = { id, value: nothing() };
      take(held.current.value, message);
      dirty.current = true;
    },
  });
  useEffect(() => {
    const timer = setInterval(() => {
      if (!dirty.current) return;
      dirty.current = false;
      const now = held.current.value;
      setShown({ ...now, points: now.points.slice(), events: now.events.slice() });
    }, RENDER_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return { stream: state, ...shown };
}
