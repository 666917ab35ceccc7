import type { ReactNode } from 'react';
import { TopicFrame } from '../../../../features/topics/topic-frame.tsx';

export default async function TopicLayout({
  params,
  children,
}: {
  params: Promise<{ topic: string }>;
  children: ReactNode;
}) {
  const { topic } = await params;
  return <TopicFrame topic={decodeURIComponent(topic)}>{children}</TopicFrame>;
}
