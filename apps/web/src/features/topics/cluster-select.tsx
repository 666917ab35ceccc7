'use client';

import type { Cluster } from '@sealane/contracts/api/clusters';
import { Select } from '../../components/ui/select.tsx';

/** Which Kafka cluster a page shows; not there while there is only one. */
export function ClusterSelect(props: {
  clusters: Cluster[] | undefined;
  value: string | null;
  onChange: (id: string) => void;
}) {
  if (props.clusters === undefined || props.clusters.length < 2) return null;
  return (
    <Select
      label="Kafka cluster"
      className="w-48"
      choices={props.clusters.map((cluster) => ({ value: cluster.id, label: cluster.name }))}
      value={props.value}
      onChange={props.onChange}
    />
  );
}
