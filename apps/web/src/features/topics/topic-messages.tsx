'use client';

import { useRouter } from 'next/navigation';
import { MessageBrowser } from '../messages/message-browser.tsx';
import { useTopic } from './topic-frame.tsx';
import { TopicPicker } from './topic-picker.tsx';

/** The messages of one topic; another topic is one choice away. */
export function TopicMessages({ topic }: { topic: string }) {
  const { clusterId, detail } = useTopic(topic);
  const router = useRouter();
  return (
    <MessageBrowser
      clusterId={clusterId}
      topic={topic}
      partitions={detail.data?.partitions ?? null}
      picker={
        <TopicPicker
          clusterId={clusterId}
          topic={topic}
          className="w-60 max-sm:w-full"
          onPick={(name) => router.push(`/topics/${encodeURIComponent(name)}/messages?cluster=${clusterId}`)}
        />
      }
    />
  );
}
