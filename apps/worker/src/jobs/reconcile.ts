import type { DesiredState } from '@sealane/contracts/pipeline-state';

export interface ReconcileStores {
  pipelines(): Promise<readonly { id: string; desiredState: DesiredState }[]>;
  /** Pipelines that have a job. */
  jobs(): Promise<readonly string[]>;
  ensureJob(pipelineId: string): Promise<void>;
  /** Takes a waiting job out and tells a running one to look. */
  dropJob(pipelineId: string): Promise<void>;
  /** Shows a pipeline as stopped. False: a worker holds it, or one that died still does until its lease ends; to be tried again. */
  showStopped(pipelineId: string): Promise<boolean>;
  /** Removes what Redis keeps of a pipeline that is gone. */
  forget(pipelineId: string): Promise<void>;
}

/**
 * Makes the jobs follow the wishes in Postgres, whatever happened to Redis or to a message: what should run or
 * be paused has a job, nothing else has. Legal at any time on any worker.
 */
export function createReconcile(stores: ReconcileStores): () => Promise<void> {
  const shown = new Set<string>();
  return async () => {
    const jobs = new Set(await stores.jobs());
    const pipelines = await stores.pipelines();
    for (const { id, desiredState } of pipelines) {
      const stopped = desiredState === 'stopped';
      if (!stopped && !jobs.has(id)) await stores.ensureJob(id);
      if (stopped && jobs.has(id)) await stores.dropJob(id);
      if (!stopped) shown.delete(id);
      if (!stopped || jobs.has(id) || shown.has(id)) continue;
      if (await stores.showStopped(id)) shown.add(id);
    }
    const known = new Set(pipelines.map((pipeline) => pipeline.id));
    for (const id of jobs) {
      if (known.has(id)) continue;
      await stores.dropJob(id);
      await stores.forget(id);
    }
  };
}
