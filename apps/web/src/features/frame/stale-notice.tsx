'use client';

import { type Query, type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useCallback, useSyncExternalStore } from 'react';
import { AbsoluteTime } from '../../components/ui/time-text.tsx';
import { QueryFailure } from '../api/query-failure.tsx';

/** Queries of this page that were read once and could not be read again. */
const failedRefreshes = {
  type: 'active',
  predicate: ({ state }: Query) => state.status === 'error' && state.data !== undefined,
} as const;

/** One text for all that the notice shows, since a snapshot must not change between changes. */
function useStale(client: QueryClient): Query[] {
  const subscribe = useCallback(
    (onChange: () => void) => client.getQueryCache().subscribe(onChange),
    [client],
  );
  const find = () => client.getQueryCache().findAll(failedRefreshes);
  const snapshot = () =>
    find()
      .map(({ queryHash, state }) => [queryHash, state.errorUpdateCount, state.fetchStatus].join())
      .join(';');
  return useSyncExternalStore(subscribe, snapshot, () => '') === '' ? [] : find();
}

/** Says since when what is shown is old, and why, as long as it cannot be read again. */
export function StaleNotice() {
  const client = useQueryClient();
  const stale = useStale(client);
  const [first] = stale;
  if (first === undefined) return null;
  const query = {
    error: first.state.error,
    isFetching: stale.some(({ state }) => state.fetchStatus === 'fetching'),
    refetch: () => client.refetchQueries(failedRefreshes),
  };
  const readAt = Math.min(...stale.map(({ state }) => state.dataUpdatedAt));
  return (
    <QueryFailure query={query} tone="warn" heading="This page is not up to date" className="mb-4">
      <p className="text-sm">
        What is not live on it was read at <AbsoluteTime at={readAt} exact />.
      </p>
    </QueryFailure>
  );
}
