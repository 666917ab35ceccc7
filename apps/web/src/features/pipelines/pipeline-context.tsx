'use client';

import type { PipelineListItem } from '@sealane/contracts/api/pipelines';
import type { PipelineStatus } from '@sealane/contracts/pipeline-state';
import { createContext, useContext } from 'react';
import type { PipelineLive } from './use-pipeline-live.ts';

/** One pipeline as all its tabs see it: definition, newest state, live figures. */
export interface PipelineView {
  pipeline: PipelineListItem;
  status: PipelineStatus;
  live: PipelineLive;
}

const Context = createContext<PipelineView | null>(null);

export const PipelineProvider = Context.Provider;

/** The pipeline of the page. Legal only under `/pipelines/[id]`. */
export function usePipeline(): PipelineView {
  const view = useContext(Context);
  if (view === null) throw new Error('usePipeline is for pages of one pipeline');
  return view;
}
