'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import type { Cluster } from '@sealane/contracts/api/clusters';
import { useForm } from 'react-hook-form';
import { api, queries } from '../api/client.ts';
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
import { ClusterTestResult } from './cluster-test-result.tsx';
import { ConnectionEditor, type EditorProps } from './connection-editor.tsx';

interface ClusterEditorProps extends EditorProps<Cluster> {
  /** The cluster to change; absent for a new one. */
  cluster?: Cluster | undefined;
}

/** Creates or changes a Kafka cluster. */
export function ClusterEditor({ cluster, ...editor }: ClusterEditorProps) {
  const form = useForm<ClusterForm>({
    resolver: zodResolver(clusterFormSchema),
    defaultValues: cluster ? clusterToForm(cluster) : emptyCluster,
  });
  return (
    <ConnectionEditor
      {...editor}
      form={form}
      fields={<ClusterFields form={form} stored={cluster} />}
      place={clusterFieldOf}
      test={(values) =>
        cluster
          ? api.clusters.test({ id: cluster.id, connection: clusterToUpdate(values).connection })
          : api.clusters.testConnection(clusterToInput(values).connection)
      }
      result={(tested) => <ClusterTestResult test={tested} />}
      save={(values) =>
        cluster
          ? api.clusters.update({ id: cluster.id, ...clusterToUpdate(values) })
          : api.clusters.create(clusterToInput(values))
      }
      staleKey={queries.clusters.key()}
    />
  );
}
