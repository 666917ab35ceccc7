'use client';

import type { SchemaChangeItem } from '@sealane/contracts/api/schema-changes';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useEffect, useMemo } from 'react';
import { queries } from '../api/client.ts';

const origins = ['all', 'statement', 'snapshot'] as const;
const PAGE = 50;
/** What a tab keeps of the timeline at most: newer pages are dropped from memory as older ones are loaded. */
const MAX_PAGES = 20;
const LOOK_EVERY_MS = 4_000;

/** What the address says: the open change, and which ones are listed. */
export function useTimelineState() {
  const [state, set] = useQueryStates({
    /** Offset of the open change. */
    change: parseAsString,
    table: parseAsString.withDefault(''),
    origin: parseAsStringLiteral(origins).withDefault('all'),
  });
  return { state, set };
}
export type TimelineState = ReturnType<typeof useTimelineState>['state'];

/** How far the history reaches; looked at every few seconds while the page is visible. */
export function useHistoryEnd(id: string) {
  return useQuery({
    ...queries.pipelines.schemaChanges.queryOptions({ input: { id, limit: 0 } }),
    refetchInterval: LOOK_EVERY_MS,
  });
}

/** The timeline, newest first; it is read anew when the history has grown or was made anew. */
export function useTimeline(id: string, { table, origin }: Pick<TimelineState, 'table' | 'origin'>) {
  const head = useHistoryEnd(id);
  const list = useInfiniteQuery(
    queries.pipelines.schemaChanges.infiniteOptions({
      input: (before: string | undefined) => ({
        id,
        limit: PAGE,
        origin,
        ...(table === '' ? {} : { table }),
        ...(before === undefined ? {} : { before }),
      }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (last) => last.next ?? undefined,
      maxPages: MAX_PAGES,
      staleTime: 60_000,
      placeholderData: keepPreviousData,
    }),
  );
  const newest = list.data?.pages[0];
  const isBehind =
    head.data !== undefined &&
    newest !== undefined &&
    (head.data.end !== newest.end || head.data.exists !== newest.exists) &&
    head.dataUpdatedAt > list.dataUpdatedAt;
  const { refetch, isFetching } = list;
  useEffect(() => {
    if (isBehind && !isFetching) void refetch();
  }, [isBehind, isFetching, refetch]);
  const items = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  return { list, head, items, newest };
}

/** A line of the timeline: one change, or those that one reading of the server's tables made. */
export type TimelineEntry =
  | { readonly kind: 'change'; readonly item: SchemaChangeItem }
  | { readonly kind: 'reading'; readonly items: readonly SchemaChangeItem[] };

/** Joins what one snapshot read, which stands in a row at one position. */
export function timelineEntries(items: readonly SchemaChangeItem[]): TimelineEntry[] {
  const runs: SchemaChangeItem[][] = [];
  for (const item of items) {
    const run = runs.at(-1);
    const before = run?.at(-1);
    if (run !== undefined && before !== undefined && isSameReading(before, item)) run.push(item);
    else runs.push([item]);
  }
  return runs.flatMap((run): TimelineEntry[] => {
    const [first] = run;
    if (first === undefined) return [];
    return run.length === 1 ? [{ kind: 'change', item: first }] : [{ kind: 'reading', items: run }];
  });
}

function isSameReading(a: SchemaChangeItem, b: SchemaChangeItem): boolean {
  return (
    a.origin !== 'statement' &&
    a.origin === b.origin &&
    a.position.file === b.position.file &&
    a.position.pos === b.position.pos
  );
}
