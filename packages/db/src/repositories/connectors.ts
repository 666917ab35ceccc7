import type { SourceConnection } from '@sealane/contracts/connection';
import { z } from 'zod';
import type { Database } from '../database.ts';
import type { Prisma } from '../generated/client.ts';
import type { SecretBox } from '../secrets/secret-box.ts';
import { type PipelineRow, pipelineJoin, toPipelineRow } from './pipelines.ts';
import { openSourceConnection } from './sources.ts';

/** A pipeline as Kafka Connect's API sees it. Holds secrets: only for those who may read them, else mask it. */
export interface ConnectorRow {
  pipeline: PipelineRow;
  source: SourceConnection;
  /** The configuration it was made from, word for word; null for one that was made elsewhere. */
  storedConfig: Record<string, string> | null;
  /** Under which its offsets are stored. */
  offsetsName: string;
  /** Since when topics count as active; null: since ever. */
  topicsResetAt: Date | null;
}

interface Dependencies {
  database: Database;
  secrets: SecretBox;
}

const everything = { ...pipelineJoin, source: true } as const;
const configSchema = z.record(z.string(), z.string());

/** Every pipeline, by name. Throws `SECRET_UNREADABLE`. */
export async function listConnectors({ database, secrets }: Dependencies): Promise<ConnectorRow[]> {
  const rows = await database.prisma.pipeline.findMany({ include: everything, orderBy: { name: 'asc' } });
  return rows.map((row) => toConnectorRow(secrets, row));
}

/** Null when there is no pipeline of this name. Throws `SECRET_UNREADABLE`. */
export async function findConnector(
  { database, secrets }: Dependencies,
  name: string,
): Promise<ConnectorRow | null> {
  const row = await database.prisma.pipeline.findUnique({ where: { name }, include: everything });
  return row === null ? null : toConnectorRow(secrets, row);
}

/** The stored form of a connector's configuration; it opens only in the row of this pipeline. */
export function sealConnectorConfig(
  secrets: SecretBox,
  pipelineId: string,
  config: Readonly<Record<string, string>>,
): string {
  return secrets.seal(JSON.stringify(config), configPlace(pipelineId));
}

/** From now on only topics that are written to count as active. Not a change of the definition: nothing restarts. */
export async function resetConnectorTopics(database: Database, pipelineId: string): Promise<void> {
  await database.prisma.$executeRaw`UPDATE pipeline SET topics_reset_at = now() WHERE id = ${pipelineId}`;
}

function toConnectorRow(
  secrets: SecretBox,
  row: Prisma.PipelineGetPayload<{ include: typeof everything }>,
): ConnectorRow {
  const { connectorConfig } = row;
  return {
    pipeline: toPipelineRow(row),
    source: openSourceConnection(secrets, row.source),
    storedConfig:
      connectorConfig === null
        ? null
        : configSchema.parse(JSON.parse(secrets.open(connectorConfig, configPlace(row.id)))),
    offsetsName: row.offsetsName ?? row.id,
    topicsResetAt: row.topicsResetAt,
  };
}

const configPlace = (pipelineId: string) => `pipeline/${pipelineId}/connector_config`;
