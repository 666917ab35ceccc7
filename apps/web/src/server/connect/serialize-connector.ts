import type { ErrorReportJson, RuntimeState } from '@sealane/contracts/pipeline-state';
import { SOURCE_VERSION } from '@sealane/contracts/source-version';
import type { PipelineRow } from '@sealane/db/repositories/pipelines';
import type { ConnectorView } from './connector-view.ts';

/** States of Connect's `AbstractStatus.State`. */
export type ConnectState = 'UNASSIGNED' | 'RUNNING' | 'PAUSED' | 'FAILED' | 'RESTARTING' | 'STOPPED';

interface StateInfo {
  state: ConnectState;
  worker_id: string;
  version: string;
  trace?: string;
}

export interface ConnectorStatus {
  name: string;
  connector: StateInfo;
  tasks: ({ id: number } & StateInfo)[];
  type: 'source';
}

export interface ConnectorInfo {
  name: string;
  config: Record<string, string>;
  tasks: { connector: string; task: number }[];
  type: 'source';
}

const STATES: Readonly<Record<RuntimeState, ConnectState>> = {
  pending: 'UNASSIGNED',
  starting: 'RUNNING',
  snapshotting: 'RUNNING',
  running: 'RUNNING',
  waiting: 'RESTARTING',
  paused: 'PAUSED',
  stopping: 'RUNNING',
  stopped: 'STOPPED',
  completed: 'RUNNING',
  failed: 'FAILED',
};

/** States in which a pipeline has no task: nothing runs, and nothing is to run. */
const WITHOUT_TASK: ReadonlySet<RuntimeState> = new Set(['stopped', 'completed']);

export function serializeInfo({ row, config }: ConnectorView): ConnectorInfo {
  const { name } = row.pipeline;
  return { name, config, tasks: hasTask(row.pipeline) ? [{ connector: name, task: 0 }] : [], type: 'source' };
}

/** `state` replaces the present one where an action was only just asked for. */
export function serializeStatus(pipeline: PipelineRow, state?: ConnectState): ConnectorStatus {
  const { reason, workerId } = pipeline.status;
  const shown = state ?? STATES[pipeline.status.state];
  const info: StateInfo = {
    state: shown,
    worker_id: workerId ?? 'unassigned',
    version: SOURCE_VERSION,
    ...(reason === null || shown === 'STOPPED' ? {} : { trace: traceOf(reason) }),
  };
  const tasks = hasTask(pipeline) ? [{ id: 0, ...info }] : [];
  return { name: pipeline.name, connector: info, tasks, type: 'source' };
}

export function hasTask({ status, desiredState }: PipelineRow): boolean {
  return !WITHOUT_TASK.has(status.state) && (desiredState !== 'stopped' || status.state === 'stopping');
}

/** Where Connect has a stack trace: what happened, why, and what to do. */
function traceOf({ code, message, why, remedy }: ErrorReportJson): string {
  const lines = [`${code}: ${message}`];
  if (why !== null) lines.push(`Caused by: ${why}`);
  if (remedy !== null) lines.push(`Remedy: ${remedy}`);
  return lines.join('\n\t');
}
