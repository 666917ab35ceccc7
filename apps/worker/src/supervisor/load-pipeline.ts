import type { PipelineRunSpec } from '@sealane/contracts/pipeline-run';
import type { PipelineStatus } from '@sealane/contracts/pipeline-state';
import type { Database } from '@sealane/db/database';
import { findPipeline } from '@sealane/db/repositories/pipelines';
import { type RunDefinition, readRunDefinition } from '@sealane/db/repositories/run-definition';
import { readStatus } from '@sealane/db/repositories/runtime';
import type { SecretBox } from '@sealane/db/secrets/secret-box';
import { SealaneError } from '@sealane/errors/sealane-error';
import type { LoadedPipeline } from './pipeline-supervisor.ts';
import type { Inherited } from './supervision.ts';

export interface LoadDependencies {
  database: Database;
  secrets: SecretBox;
  settings: Pick<PipelineRunSpec, 'offsetsTopic' | 'producer'>;
}

/**
 * Reads a pipeline from Postgres; null when it was deleted. One whose secrets cannot be opened is still loaded,
 * so that its failure can be shown: the error comes from `spec()`.
 */
export async function loadPipeline(
  dependencies: LoadDependencies,
  pipelineId: string,
): Promise<LoadedPipeline | null> {
  try {
    const definition = await readRunDefinition(dependencies, pipelineId);
    return definition === null ? null : readable(definition, dependencies.settings);
  } catch (error) {
    if (!(error instanceof SealaneError) || error.retriable) throw error;
    return unreadable(dependencies.database, pipelineId, error);
  }
}

function readable(definition: RunDefinition, settings: LoadDependencies['settings']): LoadedPipeline {
  const { desiredState, revision, changedAt, ...rest } = definition;
  return {
    wanted: { desired: desiredState, revision },
    changedAt,
    spec: () => ({ ...rest, ...settings }),
  };
}

async function unreadable(
  database: Database,
  pipelineId: string,
  error: SealaneError,
): Promise<LoadedPipeline | null> {
  const row = await findPipeline(database, pipelineId);
  if (row === null) return null;
  return {
    wanted: {
      desired: row.desiredState,
      revision: `unreadable/${row.generation}/${row.updatedAt.getTime()}`,
    },
    changedAt: row.updatedAt,
    spec: () => {
      throw error;
    },
  };
}

/** What the pipeline's last worker left, for a worker that takes it over. */
export async function readInherited(
  database: Database,
  pipelineId: string,
): Promise<((changedAt: Date) => Inherited) | null> {
  const status = await readStatus(database, pipelineId);
  return status === null ? null : (changedAt) => inheritedFrom(status, changedAt);
}

function inheritedFrom(status: PipelineStatus, changedAt: Date): Inherited {
  const { state, reason, attempt, nextAttemptAt, since } = status;
  return {
    status: {
      state,
      reason,
      attempt,
      nextAttemptAt: nextAttemptAt === null ? null : Date.parse(nextAttemptAt),
    },
    outdated: changedAt.getTime() > Date.parse(since),
  };
}
