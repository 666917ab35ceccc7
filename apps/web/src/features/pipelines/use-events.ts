'use client';

import type { PipelineEvent } from '@sealane/contracts/live';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { queries } from '../api/client.ts';

export type Level = 'info' | 'warn' | 'error';
const PAGE = 100;
/** What a tab keeps of the log at most: older lines are dropped from memory as newer ones are loaded. */
const MAX_PAGES = 20;

/** The events log, newest first: what is stored, with what came live on top. */
export function usePipelineEvents(id: string, live: readonly PipelineEvent[], level: Level | null) {
  const stored = useInfiniteQuery(
    queries.pipelines.events.infiniteOptions({
      input: (before: string | undefined) => ({
        id,
        limit: PAGE,
        ...(before === undefined ? {} : { before }),
        ...(level === null ? {} : { level }),
      }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (last) => last.next ?? undefined,
      maxPages: MAX_PAGES,
      staleTime: 30_000,
    }),
  );
  const events = useMemo(() => {
    const kept = stored.data?.pages.flatMap((page) => page.items) ?? [];
    const known = new Set(kept.map((event) => event.id));
    const fresh = live.filter((event) => !known.has(event.id) && (level === null || event.level === level));
    return [...fresh, ...kept];
  }, [stored.data, live, level]);
  return { events, stored };
}
