'use client';

import type { Cluster } from '@sealane/contracts/api/clusters';
import { useQuery } from '@tanstack/react-query';
import { parseAsString, useQueryState } from 'nuqs';
import { queries } from '../api/client.ts';

/** The Kafka cluster that the page shows: from the address, else the first one. */
export function useCluster(): {
  clusters: Cluster[] | undefined;
  clusterId: string | null;
  setClusterId: (id: string) => void;
  error: Error | null;
} {
  const [chosen, setChosen] = useQueryState('cluster', parseAsString);
  const list = useQuery(
    queries.clusters.list.queryOptions({ input: { pageSize: 200, sort: 'name' }, staleTime: 30_000 }),
  );
  const clusters = list.data?.items;
  return {
    clusters,
    clusterId: chosen ?? clusters?.[0]?.id ?? null,
    setClusterId: (id) => void setChosen(id),
    error: list.error,
  };
}
