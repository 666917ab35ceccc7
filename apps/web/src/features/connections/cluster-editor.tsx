'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import type { Cluster, ClusterTest } from '@sealane/contracts/api/clusters';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CircleCheck } from 'lucide-react';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { toast } from 'sonner';
import { formatDuration, plural } from '../../components/format/numbers.ts';
import { Button } from '../../components/ui/button.tsx';
import { ErrorPanel } from '../../components/ui/error-panel.tsx';
import { api, queries } from '../api/client.ts';
import { type ProblemView, toProblem } from '../api/problem.ts';
import { applyProblem } from './apply-problem.ts';
import { ClusterFields } from './cluster-fields.tsx';
import {
  type ClusterForm,
  clusterFieldOf,
  clusterFormSchema,
  clusterToForm,
  clusterToInput,
  clusterToUpdate,
  emptyCluster,
} from './cluster-form-model.ts';

interface ClusterEditorProps {
  /** The cluster to change; absent for a new one. */
  cluster?: Cluster;
  onSaved: (cluster: Cluster) => void;
  onCancel?: () => void;
  saveLabel: string;
}

/** Creates or changes a Kafka cluster; the connection is tested with the values as they stand. */
export function ClusterEditor({ cluster, onSaved, onCancel, saveLabel }: ClusterEditorProps) {
  const client = useQueryClient();
  const form = useForm<ClusterForm>({
    resolver: zodResolver(clusterFormSchema),
    defaultValues: cluster ? clusterToForm(cluster) : emptyCluster,
  });
  const [tested, setTested] = useState<ClusterTest | null>(null);
  const [problem, setProblem] = useState<ProblemView | null>(null);
  const show = (error: unknown) =>
    setProblem(
      applyProblem<ClusterForm>({
        problem: toProblem(error),
        setError: form.setError,
        place: clusterFieldOf,
      }),
    );

  const test = useMutation({
    mutationFn: (values: ClusterForm) =>
      cluster && !form.formState.isDirty
        ? api.clusters.test({ id: cluster.id })
        : api.clusters.testConnection(clusterToInput(values).connection),
    onSuccess: (result) => {
      setTested(result);
      for (const field of result.error?.fields ?? []) {
        const path = clusterFieldOf(field.path);
        if (path !== null) form.setError(path, { type: 'server', message: field.message });
      }
    },
    onError: show,
  });
  const save = useMutation({
    mutationFn: (values: ClusterForm) =>
      cluster
        ? api.clusters.update({ id: cluster.id, ...clusterToUpdate(values) })
        : api.clusters.create(clusterToInput(values)),
    onSuccess: (saved) => {
      toast.success(cluster ? `Saved ${saved.name}` : `Added ${saved.name}`);
      void client.invalidateQueries({ queryKey: queries.clusters.key() });
      onSaved(saved);
    },
    onError: show,
  });
  const run = (action: typeof test | typeof save) =>
    form.handleSubmit((values) => {
      setProblem(null);
      setTested(null);
      action.mutate(values);
    });
  return (
    <form className="space-y-4" noValidate onSubmit={(event) => void run(save)(event)}>
      <ClusterFields form={form} keepsPassword={cluster?.sasl?.hasPassword === true} />
      {problem ? <ErrorPanel error={problem} /> : null}
      {tested ? <ClusterTestResult test={tested} /> : null}
      <div className="flex flex-wrap justify-end gap-2">
        {onCancel ? (
          <Button look="ghost" onClick={onCancel}>
            Cancel
          </Button>
        ) : null}
        <Button busy={test.isPending} onClick={() => void run(test)()}>
          {test.isPending ? 'Testing…' : 'Test connection'}
        </Button>
        <Button type="submit" look="primary" busy={save.isPending}>
          {saveLabel}
        </Button>
      </div>
    </form>
  );
}

/** What a test of a cluster found. */
export function ClusterTestResult({ test }: { test: ClusterTest }) {
  if (test.error) return <ErrorPanel error={test.error} heading="Connection failed" />;
  return (
    <div role="status" className="tnum space-y-1 text-sm">
      <p className="flex items-center gap-2 text-ok">
        <CircleCheck aria-hidden className="size-4" />
        Connected in {formatDuration(test.latencyMs)}: {plural(test.brokers.length, 'broker')}
      </p>
      <p className="font-mono text-xs text-ink-3">
        {test.brokers.map((broker) => `${broker.nodeId} ${broker.address}`).join('  ')}
      </p>
    </div>
  );
}
