import { createHash } from 'node:crypto';
import {
  type ClusterConnection,
  type Flavor,
  flavorSchema,
  type SourceConnection,
} from '@sealane/contracts/connection';
import { type PipelineConfig, pipelineConfigSchema } from '@sealane/contracts/pipeline-config';
import { type DesiredState, desiredStateSchema } from '@sealane/contracts/pipeline-state';
import type { Database } from '../database.ts';
import type { SecretBox } from '../secrets/secret-box.ts';
import { openClusterConnection } from './clusters.ts';
import { openSourceConnection } from './sources.ts';

/** All that a worker needs to run a pipeline, secrets opened: keep it in memory only. */
export interface RunDefinition {
  pipelineId: string;
  name: string;
  flavor: Flavor;
  source: SourceConnection;
  cluster: ClusterConnection;
  config: PipelineConfig;
  serverId: number;
  /** Under which its offsets are stored. */
  offsetsName: string;
  desiredState: DesiredState;
  /**
   * Changes whenever the running process must restart: a new generation, or another connection to source or cluster.
   * Compare for equality only, and keep it in memory only: it is a digest of secrets among others.
   */
  revision: string;
  /** When somebody last changed the pipeline, its source or its cluster. */
  changedAt: Date;
}

/** Null when the pipeline was deleted. Throws `SECRET_UNREADABLE`. */
export async function readRunDefinition(
  { database, secrets }: { database: Database; secrets: SecretBox },
  pipelineId: string,
): Promise<RunDefinition | null> {
  const row = await database.prisma.pipeline.findUnique({
    where: { id: pipelineId },
    include: { source: true, cluster: true },
  });
  if (row === null) return null;
  const connections = {
    flavor: flavorSchema.parse(row.source.flavor),
    source: openSourceConnection(secrets, row.source),
    cluster: openClusterConnection(secrets, row.cluster),
  };
  return {
    pipelineId: row.id,
    name: row.name,
    ...connections,
    config: pipelineConfigSchema.parse(row.config),
    serverId: Number(row.serverId),
    offsetsName: row.offsetsName ?? row.id,
    desiredState: desiredStateSchema.parse(row.desiredState),
    changedAt: new Date(Math.max(...[row, row.source, row.cluster].map((part) => part.updatedAt.getTime()))),
    revision: createHash('sha256')
      .update(JSON.stringify([row.generation, connections]))
      .digest('base64'),
  };
}
