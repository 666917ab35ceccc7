import type { PipelineConfig } from '@sealane/contracts/pipeline-config';
import { sealConnectorConfig } from '@sealane/db/repositories/connectors';
import {
  findPipeline,
  type PipelineRow,
  updatePipeline as storePipeline,
} from '@sealane/db/repositories/pipelines';
import { SealaneError } from '@sealane/errors/sealane-error';
import type { Actor } from '../auth/actor.ts';
import { notFound } from '../http/not-found.ts';
import type { Log } from '../log.ts';
import type { Services } from '../services.ts';
import { inspectDefinition } from './inspect-definition.ts';
import { notifyWorkers, recordAction } from './notify.ts';

/** What of a pipeline changes; absent members stay. */
export interface PipelineUpdate {
  id: string;
  name?: string | undefined;
  config?: PipelineConfig | undefined;
  /** Another source, for a new configuration only. */
  sourceId?: string | undefined;
  /** The connector's configuration that the change comes from. */
  connectorConfig?: Readonly<Record<string, string>> | undefined;
}

/**
 * Renames or reconfigures; a new configuration is checked like a new pipeline's, and a running process restarts with
 * it. Throws `NOT_FOUND`, `TOPIC_PREFIX_FIXED`, and what creating throws.
 */
export async function updatePipeline(
  services: Services,
  change: PipelineUpdate,
  { actor, log }: { actor: Actor; log: Log },
): Promise<PipelineRow> {
  const before = await findPipeline(services.database, change.id);
  if (before === null) throw notFound('pipeline', change.id);
  if (change.config !== undefined) {
    if (change.config.topicPrefix !== before.config.topicPrefix) throw prefixFixed(before.config.topicPrefix);
    await inspectDefinition(services, {
      sourceId: change.sourceId ?? before.source.id,
      clusterId: before.cluster.id,
      config: change.config,
    });
  }
  const { connectorConfig } = change;
  const row = await storePipeline(services.database, change.id, {
    ...change,
    connectorConfig:
      connectorConfig === undefined
        ? undefined
        : sealConnectorConfig(services.secrets, change.id, connectorConfig),
  });
  if (row === null) throw notFound('pipeline', change.id);
  const renamed = change.config === undefined && change.name !== undefined;
  const message = renamed ? `Renamed to ${row.name}` : 'Configuration changed';
  const event = await recordAction(services, {
    pipelineId: row.id,
    actor,
    type: 'pipeline.changed',
    message,
  });
  await notifyWorkers(services, { row, event, log });
  return row;
}

function prefixFixed(prefix: string): SealaneError {
  return new SealaneError({
    code: 'TOPIC_PREFIX_FIXED',
    message: 'The topic prefix of a pipeline never changes.',
    why: 'Topics and stored offsets are keyed by it.',
    remedy: `Keep "${prefix}", or create another pipeline.`,
    fields: [{ path: 'config.topicPrefix', message: `It is "${prefix}" for good` }],
  });
}
