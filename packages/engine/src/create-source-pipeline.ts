import type { SourcePipeline, SourcePipelineOptions } from './source-pipeline.ts';
import { SourcePipelineRun } from './source-pipeline-run.ts';

/** Prepares a pipeline; nothing is opened before {@link SourcePipeline.run}. */
export function createSourcePipeline(options: SourcePipelineOptions): SourcePipeline {
  return new SourcePipelineRun(options);
}
