'use client';

import { useQuery } from '@tanstack/react-query';
import { type ReactNode, Suspense } from 'react';
import { TabsNav } from '../../components/ui/tabs-nav.tsx';
import { queries } from '../api/client.ts';
import { useCluster } from './use-cluster.ts';

/** The name of a topic and its tabs. */
export function TopicFrame({ topic, children }: { topic: string; children: ReactNode }) {
  return (
    <Suspense>
      <Frame topic={topic}>{children}</Frame>
    </Suspense>
  );
}

function Frame({ topic, children }: { topic: string; children: ReactNode }) {
  const { clusterId } = useCluster();
  const base = `/topics/${encodeURIComponent(topic)}`;
  const query = clusterId === null ? '' : `cluster=${clusterId}`;
  return (
    <div className="flex flex-1 flex-col gap-4">
      <div className="border-b">
        <h1 className="font-mono text-lg font-semibold break-all">{topic}</h1>
        <TabsNav
          label="Topic"
          tabs={[
            { href: base, label: 'Partitions and settings', query },
            { href: `${base}/messages`, label: 'Messages', query },
          ]}
        />
      </div>
      {children}
    </div>
  );
}

/** What is known of a topic, renewed while the page is open. */
export function useTopic(topic: string) {
  const { clusterId } = useCluster();
  const detail = useQuery({
    ...queries.topics.get.queryOptions({ input: { clusterId: clusterId ?? '', topic } }),
    enabled: clusterId !== null,
    refetchInterval: 10_000,
  });
  return { clusterId, detail };
}
