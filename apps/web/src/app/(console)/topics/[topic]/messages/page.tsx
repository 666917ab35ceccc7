import type { Metadata } from 'next';
import { TopicMessages } from '../../../../../features/topics/topic-messages.tsx';

export const metadata: Metadata = { title: 'Messages' };

export default async function Page({ params }: { params: Promise<{ topic: string }> }) {
  const { topic } = await params;
  return <TopicMessages topic={decodeURIComponent(topic)} />;
}
