'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { queries } from '../api/client.ts';
import type { ChartMark } from '../pipelines/time-chart.tsx';
import { useHistoryEnd } from './use-timeline.ts';

const NEWEST = 100;

/** Marks of the newest DDL for charts, where the pipeline met it; none while the history cannot be read. */
export function useSchemaMarks(id: string): readonly ChartMark[] {
  const head = useHistoryEnd(id);
  const changes = useQuery({
    ...queries.pipelines.schemaChanges.queryOptions({
      input: { id, origin: 'statement', limit: NEWEST },
      queryKey: ['schema-marks', id, head.data?.end ?? null],
      staleTime: Number.POSITIVE_INFINITY,
    }),
    enabled: head.data?.exists === true,
    placeholderData: keepPreviousData,
  });
  return useMemo(
    () =>
      (changes.data?.items ?? []).flatMap(({ recordedAtMs, ddl, tables }): ChartMark[] =>
        recordedAtMs === null || !tables.some(({ captured }) => captured)
          ? []
          : [{ at: recordedAtMs, kind: 'ddl', label: ddl.replaceAll(/\s+/g, ' ').slice(0, 120) }],
      ),
    [changes.data],
  );
}
