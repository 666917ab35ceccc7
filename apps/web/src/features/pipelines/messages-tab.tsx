'use client';

import { useQuery } from '@tanstack/react-query';
import { parseAsString, useQueryState } from 'nuqs';
import { Select } from '../../components/ui/select.tsx';
import { queries } from '../api/client.ts';
import { MessageBrowser } from '../messages/message-browser.tsx';
import { usePipeline } from './pipeline-context.tsx';

/** The messages of this pipeline's topics. */
export function MessagesTab() {
  const { pipeline, live } = usePipeline();
  const [chosen, setChosen] = useQueryState('topic', parseAsString);
  const topics = (live.sample?.tables ?? []).map((table) => table.topic).toSorted();
  const topic = chosen ?? topics[0] ?? null;
  const clusterId = pipeline.cluster.id;
  const detail = useQuery({
    ...queries.topics.get.queryOptions({ input: { clusterId, topic: topic ?? '' }, staleTime: 30_000 }),
    enabled: topic !== null,
  });
  const choices = [...new Set(chosen === null ? topics : [chosen, ...topics])].map((name) => ({
    value: name,
    label: name,
  }));
  return (
    <MessageBrowser
      clusterId={clusterId}
      topic={topic}
      partitions={detail.data?.partitions ?? null}
      picker={
        <Select
          label="Topic"
          className="w-60 max-sm:w-full"
          choices={choices}
          value={topic}
          placeholder="No topic yet"
          onChange={(next) => void setChosen(next)}
        />
      }
    />
  );
}
