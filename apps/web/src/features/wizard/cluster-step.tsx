'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../components/ui/button.tsx';
import { ErrorPanel } from '../../components/ui/error-panel.tsx';
import { Panel } from '../../components/ui/panel.tsx';
import { api, queries } from '../api/client.ts';
import { toProblem } from '../api/problem.ts';
import { QueryFailure } from '../api/query-failure.tsx';
import { ClusterEditor, ClusterTestResult } from '../connections/cluster-editor.tsx';
import { ChoiceList } from './choice-list.tsx';
import { StepError } from './step-shell.tsx';
import type { Wizard } from './use-wizard.ts';

/** Which Kafka cluster: a stored one or a new one, tested at once. */
export function ClusterStep({ wizard }: { wizard: Wizard }) {
  const { draft, change, errors } = wizard;
  const list = useQuery(queries.clusters.list.queryOptions({ input: { pageSize: 200, sort: 'name' } }));
  const [adding, setAdding] = useState(false);
  if (list.isPending) return <div className="skeleton h-40 rounded-lg" />;
  if (list.isError) return <QueryFailure query={list} />;
  if (adding || list.data.items.length === 0) {
    return (
      <Panel title="Connect a Kafka cluster">
        <ClusterEditor
          saveLabel="Add and use"
          onSaved={(cluster) => {
            setAdding(false);
            change({ clusterId: cluster.id });
          }}
          {...(list.data.items.length > 0 ? { onCancel: () => setAdding(false) } : {})}
        />
      </Panel>
    );
  }
  return (
    <div className="space-y-4">
      <ChoiceList
        label="Kafka cluster"
        items={list.data.items.map((cluster) => ({
          id: cluster.id,
          name: cluster.name,
          note: cluster.brokers.join(', '),
        }))}
        value={draft.clusterId}
        onChange={(clusterId) => change({ clusterId })}
        newLabel="Connect another cluster"
        onNew={() => setAdding(true)}
      />
      <StepError errors={errors} path="clusterId" />
      {draft.clusterId ? <Reach id={draft.clusterId} /> : null}
    </div>
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
