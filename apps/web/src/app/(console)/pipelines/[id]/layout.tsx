import type { ReactNode } from 'react';
import { PipelineFrame } from '../../../../features/pipelines/pipeline-frame.tsx';

export default async function PipelineLayout({
  params,
  children,
}: {
  params: Promise<{ id: string }>;
  children: ReactNode;
}) {
  const { id } = await params;
  return <PipelineFrame id={id}>{children}</PipelineFrame>;
}
