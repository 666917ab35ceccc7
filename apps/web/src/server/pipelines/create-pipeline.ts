import { randomUUID } from 'node:crypto';
import type { PipelinePreview, pipelineInputSchema } from '@sealane/contracts/api/pipelines';
import type { DesiredState } from '@sealane/contracts/pipeline-state';
import { tableTopic } from '@sealane/contracts/topic-names';
import { sealConnectorConfig } from '@sealane/db/repositories/connectors';
import { findPipeline, insertPipeline, type PipelineRow } from '@sealane/db/repositories/pipelines';
import { listTopics } from '@sealane/kafka/admin/describe-topics';
import type { z } from 'zod';
import type { Actor } from '../auth/actor.ts';
import { notFound } from '../http/not-found.ts';
import type { Log } from '../log.ts';
import type { Services } from '../services.ts';
import { idlePatterns } from './captured-tables.ts';
import { inspectDefinition } from './inspect-definition.ts';
import { notifyWorkers, recordAction } from './notify.ts';

export type PipelineInput = z.output<typeof pipelineInputSchema>;

/** What a pipeline has beside its definition when it is made from a connector's configuration. */
export interface ConnectorOrigin {
  /** Kept word for word. */
  config: Readonly<Record<string, string>>;
  initialState: DesiredState;
}

/** Checks everything first; the definition and its status are then stored together, or not at all. */
export async function createPipeline(
  services: Services,
  input: PipelineInput & { connector?: ConnectorOrigin },
  { actor, log }: { actor: Actor; log: Log },
): Promise<PipelineRow> {
  const { sourceServerId } = await inspectDefinition(services, input);
  const desiredState = input.connector?.initialState ?? (input.start ? 'running' : 'stopped');
  const inserted = await insertPipeline(services.database, {
    ...(input.connector === undefined
      ? {}
      : { ...sealed(services, input.connector), offsetsName: input.name }),
    name: input.name,
    sourceId: input.sourceId,
    clusterId: input.clusterId,
    config: input.config,
    desiredState,
    takenServerIds: [sourceServerId],
  });
  const message = desiredState === 'running' ? 'Created and asked to run' : 'Created';
  const event = await recordAction(services, {
    pipelineId: inserted.id,
    actor,
    type: 'pipeline.created',
    message,
  });
  await notifyWorkers(services, { row: inserted, event, log });
  const row = await findPipeline(services.database, inserted.id);
  if (row === null) throw notFound('pipeline', inserted.id);
  return row;
}

/** The id is chosen here, since the configuration is sealed to it. */
function sealed({ secrets }: Services, { config }: ConnectorOrigin): { id: string; connectorConfig: string } {
  const id = randomUUID();
  return { id, connectorConfig: sealConnectorConfig(secrets, id, config) };
}

/** What a definition would capture, and what is worth knowing before it is created. Stores nothing. */
export async function previewPipeline(services: Services, input: PipelineInput): Promise<PipelinePreview> {
  const { tables, allTables, checks, session } = await inspectDefinition(services, input);
  const existing = new Set((await listTopics(session)).map((topic) => topic.topic));
  const warned = checks.filter((check) => check.verdict === 'warn');
  const keyless = tables.filter((table) => table.recordKey.length === 0);
  return {
    tables: tables.map((table) => {
      const topic = tableTopic(input.config, table);
      return {
        table: `${table.database}.${table.table}`,
        topic,
        rowsEstimated: table.rowsEstimated,
        key: table.recordKey,
        topicExists: existing.has(topic),
      };
    }),
    warnings: [
      ...warned.map(
        (check) => `${check.title} is ${check.measured ?? 'unknown'}, wanted ${check.wanted}. ${check.why}`,
      ),
      ...keyless.map(
        (table) =>
          `${table.database}.${table.table} has no primary key and no unique key without nullable columns: its records have no key.`,
      ),
      ...idlePatterns(input.config, allTables).map(
        (pattern) => `The pattern ${pattern} matches no table yet.`,
      ),
    ],
  };
}
