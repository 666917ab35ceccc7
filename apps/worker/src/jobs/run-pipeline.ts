import type { PipelineJobHandler } from '@sealane/jobs/pipeline-worker';
import type { PipelineRuns } from '../supervisor/pipeline-runs.ts';

export interface RunPipelineOptions {
  runs: PipelineRuns;
  /** True when the pipeline exists and should have a process. */
  isWanted(pipelineId: string): Promise<boolean>;
}

/** Runs a pipeline as long as it is wanted, also when it was wanted again while it was just being stopped. */
export function createRunPipelineHandler({ runs, isWanted }: RunPipelineOptions): PipelineJobHandler {
  return async ({ pipelineId, signal, lockHeld }) => {
    for (;;) {
      const ending = await runs.run(pipelineId, { signal, lockHeld });
      if (ending === 'requeue') return 'hand-over';
      if (ending === 'lost' || signal.aborted || !(await isWanted(pipelineId))) return 'done';
    }
  };
}
