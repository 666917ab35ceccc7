'use client';

import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { PageHeader } from '../../components/ui/page-header.tsx';
import { queries } from '../api/client.ts';
import { ClusterSelect } from '../topics/cluster-select.tsx';
import { NoClusters } from '../topics/no-clusters.tsx';
import { TopicPicker } from '../topics/topic-picker.tsx';
import { useCluster } from '../topics/use-cluster.ts';
import { MessageBrowser } from './message-browser.tsx';

/** Messages of any topic: the topic is part of the path once chosen, so that the address is a permalink. */
export function MessagesPage({ topic }: { topic: string | null }) {
  const router = useRouter();
  const { clusters, clusterId, setClusterId } = useCluster();
  const detail = useQuery({
    ...queries.topics.get.queryOptions({
      input: { clusterId: clusterId ?? '', topic: topic ?? '' },
      staleTime: 30_000,
    }),
    enabled: clusterId !== null && topic !== null,
  });
  if (clusters?.length === 0) return <NoClusters />;
  return (
    <div className="flex flex-1 flex-col gap-4">
      <PageHeader
        title="Messages"
        lead="What the topics hold, with exact digits, and each change as before and after."
        actions={<ClusterSelect clusters={clusters} value={clusterId} onChange={setClusterId} />}
      />
      <MessageBrowser
        clusterId={clusterId}
        topic={topic}
        partitions={detail.data?.partitions ?? null}
        picker={
          <TopicPicker
            clusterId={clusterId}
            topic={topic}
            className="w-64 max-sm:w-full"
            onPick={(name) =>
              router.push(`/topics/${encodeURIComponent(name)}/messages?cluster=${clusterId}`)
            }
          />
        }
      />
    </div>
  );
}
