import type { Metadata } from 'next';
import { TopicOverview } from '../../../../features/topics/topic-overview.tsx';

export const metadata: Metadata = { title: 'Topic' };

export default async function Page({ params }: { params: Promise<{ topic: string }> }) {
  const { topic } = await params;
  return <TopicOverview topic={decodeURIComponent(topic)} />;
}
