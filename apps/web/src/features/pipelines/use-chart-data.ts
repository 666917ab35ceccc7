'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { queries } from '../api/client.ts';
import { useNow } from '../frame/clock.tsx';
import { type LivePoint, mergePoints, pointFromBucket } from './live-point.ts';

const ranges = { '5m': 300, '15m': 900, '1h': 3600, '6h': 21_600, '24h': 86_400 } as const;
export type RangeName = keyof typeof ranges;

export interface ChartData {
  points: readonly (LivePoint | null)[];
  times: readonly number[];
  /** Width of a point in seconds. */
  seconds: number;
  /** Both ends of the axis in epoch seconds. */
  range: readonly [number, number];
  pending: boolean;
  error: Error | null;
}

/** How often history is asked again: live points fill what lies between. */
const REFETCH_MS = 5 * 60_000;

/** Inserts an empty point where nothing was reported for longer than two stretches, so that a gap looks like one. */
function withGaps(
  points: readonly LivePoint[],
  seconds: number,
): { points: (LivePoint | null)[]; times: number[] } {
  const spaced: (LivePoint | null)[] = [];
  const times: number[] = [];
  let before: LivePoint | null = null;
  for (const point of points) {
    if (before !== null && point.at - before.at > Math.max(seconds * 2500, 3500)) {
      spaced.push(null);
      times.push((before.at + seconds * 1000) / 1000);
    }
    spaced.push(point);
    times.push(point.at / 1000);
    before = point;
  }
  return { points: spaced, times };
}

/** History of a range with the live points appended, on an axis that ends now. */
export function useChartData(id: string, name: RangeName, live: readonly LivePoint[]): ChartData {
  const span = ranges[name] * 1000;
  const slot = useNow(REFETCH_MS);
  const history = useQuery({
    ...queries.pipelines.history.queryOptions({
      input: { id, from: slot - span, to: slot + REFETCH_MS, points: 360 },
      staleTime: REFETCH_MS,
    }),
    enabled: slot > 0,
    placeholderData: keepPreviousData,
  });
  const now = useNow(ranges[name] <= 900 ? 1000 : 10_000);
  return useMemo(() => {
    const from = now - span;
    const seconds = Math.max(1, history.data?.secondsPerBucket ?? Math.ceil(ranges[name] / 360));
    const merged = mergePoints({
      history: (history.data?.buckets ?? []).map(pointFromBucket),
      live,
      seconds,
      from,
    });
    return {
      ...withGaps(merged, seconds),
      seconds,
      range: [from / 1000, now / 1000] as const,
      pending: history.isPending,
      error: history.error,
    };
  }, [history.data, history.isPending, history.error, live, now, span, name]);
}
