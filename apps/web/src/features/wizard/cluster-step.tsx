'use client';

import { useQuery } from '@tanstack/react-query';
import { Button } from '../../components/ui/button.tsx';
import { ErrorPanel } from '../../components/ui/error-panel.tsx';
import { api, queries } from '../api/client.ts';
import { toProblem } from '../api/problem.ts';
import { ClusterEditor } from '../connections/cluster-editor.tsx';
import { ClusterTestResult } from '../connections/cluster-test-result.tsx';
import { ConnectionStep } from './connection-step.tsx';
import type { Wizard } from './use-wizard.ts';

/** Which Kafka cluster: a stored one or a new one, tested at once. */
export function ClusterStep({ wizard }: { wizard: Wizard }) {
  const { draft, change, errors } = wizard;
  const list = useQuery(queries.clusters.list.queryOptions({ input: { pageSize: 200, sort: 'name' } }));
  return (
    <ConnectionStep
      list={list}
      label="Kafka cluster"
      newTitle="Connect a Kafka cluster"
      newLabel="Connect another cluster"
      note={(cluster) => cluster.brokers.join(', ')}
      value={draft.clusterId}
      onPick={({ id }) => change({ clusterId: id })}
      editor={(props) => <ClusterEditor {...props} />}
      errors={errors}
      path="clusterId"
    >
      {draft.clusterId ? <Reach id={draft.clusterId} /> : null}
    </ConnectionStep>
  );
}

function Reach({ id }: { id: string }) {
  const test = useQuery({
    queryKey: ['cluster-test', id],
    queryFn: () => api.clusters.test({ id }),
    staleTime: 30_000,
    retry: false,
    refetchOnWindowFocus: false,
  });
  if (test.isFetching)
    return <div className="skeleton h-12 rounded-lg" role="status" aria-label="Testing the connection" />;
  return (
    <div className="space-y-2">
      {test.isError ? <ErrorPanel error={toProblem(test.error)} /> : null}
      {test.data ? <ClusterTestResult test={test.data} /> : null}
      {test.data?.error || test.isError ? (
        <Button size="sm" onClick={() => void test.refetch()}>
          Test again
        </Button>
      ) : null}
    </div>
  );
}
