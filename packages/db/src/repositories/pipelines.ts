import { randomInt } from 'node:crypto';
import { type PipelineConfig, pipelineConfigSchema } from '@sealane/contracts/pipeline-config';
import {
  type DesiredState,
  desiredStateSchema,
  type PipelineStatus,
} from '@sealane/contracts/pipeline-state';
import type { Database } from '../database.ts';
import type { Prisma } from '../generated/client.ts';
import { isMissingRow, uniqueViolation } from '../write-errors.ts';
import type { Page, PageRequest } from './page.ts';
import { pipelineConflict } from './pipeline-conflicts.ts';
import { statusFromRow } from './runtime.ts';

/** A definition with what its worker last reported. */
export interface PipelineRow {
  id: string;
  name: string;
  source: { id: string; name: string; flavor: string; host: string };
  cluster: { id: string; name: string };
  config: PipelineConfig;
  serverId: number;
  desiredState: DesiredState;
  generation: number;
  status: PipelineStatus;
  createdAt: Date;
  updatedAt: Date;
}

export interface PipelineInsert {
  /** Absent: chosen. Given where something is sealed to it. */
  id?: string;
  /** Sealed, see `sealConnectorConfig`. */
  connectorConfig?: string;
  /** Under which its offsets are stored; absent: its id. */
  offsetsName?: string;
  name: string;
  sourceId: string;
  clusterId: string;
  config: PipelineConfig;
  desiredState: DesiredState;
  /** Replica ids that are in use at the source and must not be chosen. */
  takenServerIds?: readonly number[];
}

/** What belongs to a {@link PipelineRow}. */
export const pipelineJoin = {
  source: { select: { id: true, name: true, flavor: true, host: true } },
  cluster: { select: { id: true, name: true } },
  runtime: true,
} as const;
export type JoinedPipeline = Prisma.PipelineGetPayload<{ include: typeof pipelineJoin }>;

const FIRST_SERVER_ID = 5400;
const SERVER_ID_RANGE = 1_000_000;
const SERVER_ID_TRIES = 20;

/** Sort keys: `name`, `createdAt`, `source`, `cluster`, `state`. */
export async function listPipelines(
  database: Database,
  request: PageRequest & { state?: string | undefined },
): Promise<Page<PipelineRow>> {
  const where: Prisma.PipelineWhereInput = {
    ...(request.q === undefined ? {} : { name: { contains: request.q, mode: 'insensitive' } }),
    ...(request.state === undefined ? {} : { runtime: { state: request.state } }),
  };
  const [rows, total] = await Promise.all([
    database.prisma.pipeline.findMany({
      where,
      include: pipelineJoin,
      orderBy: [orderOf(request), { id: 'asc' }],
      skip: (request.page - 1) * request.pageSize,
      take: request.pageSize,
    }),
    database.prisma.pipeline.count({ where }),
  ]);
  return { items: rows.map(toPipelineRow), total };
}

export async function findPipeline(database: Database, id: string): Promise<PipelineRow | null> {
  const row = await database.prisma.pipeline.findUnique({ where: { id }, include: pipelineJoin });
  return row === null ? null : toPipelineRow(row);
}

/** Every pipeline's id and wish: what reconciling compares with the running jobs. */
export async function listDesiredStates(
  database: Database,
): Promise<{ id: string; desiredState: DesiredState; generation: number }[]> {
  const rows = await database.prisma.pipeline.findMany({
    select: { id: true, desiredState: true, generation: true },
  });
  return rows.map((row) => ({ ...row, desiredState: desiredStateSchema.parse(row.desiredState) }));
}

/** The pipelines that write to a cluster, by name. */
export async function listPipelinesOfCluster(
  database: Database,
  clusterId: string,
): Promise<Pick<PipelineRow, 'id' | 'name' | 'config'>[]> {
  const rows = await database.prisma.pipeline.findMany({
    where: { clusterId },
    select: { id: true, name: true, config: true },
    orderBy: { name: 'asc' },
  });
  return rows.map(({ id, name, config }) => ({ id, name, config: pipelineConfigSchema.parse(config) }));
}

/**
 * Stores a definition and its first status in one transaction, choosing a free replica id when the
 * configuration has none. Throws `NAME_TAKEN`, `TOPIC_PREFIX_TAKEN`, `SERVER_ID_TAKEN`.
 */
export async function insertPipeline(database: Database, insert: PipelineInsert): Promise<PipelineRow> {
  for (let attempt = 1; ; attempt += 1) {
    const serverId = insert.config.serverId ?? freeServerId(insert.takenServerIds ?? []);
    try {
      const row = await database.prisma.pipeline.create({
        data: insertData(insert, serverId),
        include: pipelineJoin,
      });
      return toPipelineRow(row);
    } catch (error) {
      const fields = uniqueViolation(error);
      const chosenClashed =
        insert.config.serverId === undefined && fields?.some((field) => field.includes('server_id'));
      if (chosenClashed !== true || attempt >= SERVER_ID_TRIES) throw pipelineConflict(error, insert);
    }
  }
}

function insertData(insert: PipelineInsert, serverId: number) {
  return {
    ...(insert.id === undefined ? {} : { id: insert.id }),
    ...(insert.connectorConfig === undefined ? {} : { connectorConfig: insert.connectorConfig }),
    ...(insert.offsetsName === undefined ? {} : { offsetsName: insert.offsetsName }),
    name: insert.name,
    sourceId: insert.sourceId,
    clusterId: insert.clusterId,
    config: insert.config,
    topicPrefix: insert.config.topicPrefix,
    serverId,
    desiredState: insert.desiredState,
    runtime: {
      create: { state: insert.desiredState === 'stopped' ? 'stopped' : 'pending', since: new Date() },
    },
  };
}

export interface PipelineChange {
  name?: string | undefined;
  config?: PipelineConfig | undefined;
  sourceId?: string | undefined;
  /** Sealed, see `sealConnectorConfig`. */
  connectorConfig?: string | undefined;
}

/**
 * Changes a definition; a changed configuration or source raises the generation, so that a running process
 * restarts with it. Null when there is no such pipeline. Throws as {@link insertPipeline}.
 */
export async function updatePipeline(
  database: Database,
  id: string,
  change: PipelineChange,
): Promise<PipelineRow | null> {
  const { name, config, sourceId, connectorConfig } = change;
  const restart = config !== undefined || sourceId !== undefined;
  try {
    const row = await database.prisma.pipeline.update({
      where: { id },
      data: {
        ...(name === undefined ? {} : { name }),
        ...(config === undefined ? {} : { config, topicPrefix: config.topicPrefix }),
        ...(sourceId === undefined ? {} : { sourceId }),
        ...(connectorConfig === undefined ? {} : { connectorConfig }),
        ...(restart ? { generation: { increment: 1 } } : {}),
        ...(config?.serverId === undefined ? {} : { serverId: config.serverId }),
      },
      include: pipelineJoin,
    });
    return toPipelineRow(row);
  } catch (error) {
    if (isMissingRow(error)) return null;
    throw pipelineConflict(error, change);
  }
}

/** Stores what a person wants; `restart` raises the generation. Null when there is no such pipeline. */
export async function setDesiredState(
  database: Database,
  id: string,
  wish: { desiredState: DesiredState; restart: boolean },
): Promise<PipelineRow | null> {
  try {
    const row = await database.prisma.pipeline.update({
      where: { id },
      data: { desiredState: wish.desiredState, ...(wish.restart ? { generation: { increment: 1 } } : {}) },
      include: pipelineJoin,
    });
    return toPipelineRow(row);
  } catch (error) {
    if (isMissingRow(error)) return null;
    throw error;
  }
}

/** False when there is no such pipeline. Its lease, events and samples go with it. */
export async function deletePipeline(database: Database, id: string): Promise<boolean> {
  const { count } = await database.prisma.pipeline.deleteMany({ where: { id } });
  return count > 0;
}

function freeServerId(taken: readonly number[]): number {
  for (;;) {
    const id = FIRST_SERVER_ID + randomInt(SERVER_ID_RANGE);
    if (!taken.includes(id)) return id;
  }
}

function orderOf({ sort, order }: PageRequest): Prisma.PipelineOrderByWithRelationInput {
  if (sort === 'createdAt') return { createdAt: order };
  if (sort === 'source') return { source: { name: order } };
  if (sort === 'cluster') return { cluster: { name: order } };
  if (sort === 'state') return { runtime: { state: order } };
  return { name: order };
}

/** The row without what else may have been read with it. */
export function toPipelineRow(row: JoinedPipeline): PipelineRow {
  return {
    id: row.id,
    name: row.name,
    source: {
      id: row.source.id,
      name: row.source.name,
      flavor: row.source.flavor,
      host: row.source.host,
    },
    cluster: { id: row.cluster.id, name: row.cluster.name },
    config: pipelineConfigSchema.parse(row.config),
    serverId: Number(row.serverId),
    desiredState: desiredStateSchema.parse(row.desiredState),
    generation: row.generation,
    status: statusFromRow(row.runtime, row.createdAt),
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}
