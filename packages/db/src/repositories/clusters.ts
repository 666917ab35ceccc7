import { randomUUID } from 'node:crypto';
import {
  type ClusterConnection,
  clusterConnectionSchema,
  saslMechanisms,
} from '@sealane/contracts/connection';
import { SealaneError } from '@sealane/errors/sealane-error';
import { z } from 'zod';
import type { Database } from '../database.ts';
import type { Cluster as ClusterModel } from '../generated/client.ts';
import type { SecretBox } from '../secrets/secret-box.ts';
import { isForeignKeyViolation, isMissingRow, uniqueViolation } from '../write-errors.ts';
import type { Page, PageRequest } from './page.ts';

/** A Kafka cluster without its secrets. */
export interface ClusterRow {
  id: string;
  name: string;
  brokers: string[];
  tlsEnabled: boolean;
  hasCa: boolean;
  sasl: { mechanism: (typeof saslMechanisms)[number]; username: string; hasPassword: boolean } | null;
  pipelineCount: number;
  createdAt: Date;
  updatedAt: Date;
}

export interface ClusterWrite {
  name: string;
  connection: ClusterConnection;
}

const withCount = { _count: { select: { pipelines: true } } } as const;
const mechanismSchema = z.enum(saslMechanisms);

/** Sort keys: `name`, `createdAt`. */
export async function listClusters(database: Database, request: PageRequest): Promise<Page<ClusterRow>> {
  const where =
    request.q === undefined ? {} : { name: { contains: request.q, mode: 'insensitive' as const } };
  const key = request.sort === 'createdAt' ? request.sort : 'name';
  const [rows, total] = await Promise.all([
    database.prisma.cluster.findMany({
      where,
      include: withCount,
      orderBy: [{ [key]: request.order }, { id: 'asc' }],
      skip: (request.page - 1) * request.pageSize,
      take: request.pageSize,
    }),
    database.prisma.cluster.count({ where }),
  ]);
  return { items: rows.map(toRow), total };
}

export async function findCluster(database: Database, id: string): Promise<ClusterRow | null> {
  const row = await database.prisma.cluster.findUnique({ where: { id }, include: withCount });
  return row === null ? null : toRow(row);
}

/** The connection with its password and the time of its last change, by which a pooled session notices one. */
export async function readClusterConnection(
  { database, secrets }: { database: Database; secrets: SecretBox },
  id: string,
): Promise<{ connection: ClusterConnection; updatedAt: Date } | null> {
  const row = await database.prisma.cluster.findUnique({ where: { id } });
  return row === null ? null : { connection: openClusterConnection(secrets, row), updatedAt: row.updatedAt };
}

/** Opens the secrets of a stored cluster. Throws `SECRET_UNREADABLE`. */
export function openClusterConnection(secrets: SecretBox, row: ClusterModel): ClusterConnection {
  return clusterConnectionSchema.parse({
    brokers: row.brokers,
    tls: { enabled: row.tlsEnabled, ...(row.tlsCa === null ? {} : { ca: row.tlsCa }) },
    ...(row.saslMechanism === null || row.saslUsername === null
      ? {}
      : {
          sasl: {
            mechanism: row.saslMechanism,
            username: row.saslUsername,
            password: row.saslPassword === null ? '' : secrets.open(row.saslPassword, passwordPlace(row.id)),
          },
        }),
  });
}

/** Throws `NAME_TAKEN`. */
export async function insertCluster(
  { database, secrets }: { database: Database; secrets: SecretBox },
  write: ClusterWrite,
): Promise<ClusterRow> {
  const id = randomUUID();
  try {
    const data = { id, ...columns(secrets, id, write) };
    return toRow(await database.prisma.cluster.create({ data, include: withCount }));
  } catch (error) {
    throw nameTaken(error, write.name);
  }
}

/** Null when there is no such cluster. Throws `NAME_TAKEN`. */
export async function updateCluster(
  { database, secrets }: { database: Database; secrets: SecretBox },
  id: string,
  write: ClusterWrite,
): Promise<ClusterRow | null> {
  try {
    const data = columns(secrets, id, write);
    return toRow(await database.prisma.cluster.update({ where: { id }, data, include: withCount }));
  } catch (error) {
    if (isMissingRow(error)) return null;
    throw nameTaken(error, write.name);
  }
}

/** False when there is no such cluster. Throws `CLUSTER_IN_USE`. */
export async function deleteCluster(database: Database, id: string): Promise<boolean> {
  try {
    await database.prisma.cluster.delete({ where: { id } });
    return true;
  } catch (error) {
    if (isMissingRow(error)) return false;
    if (!isForeignKeyViolation(error)) throw error;
    throw new SealaneError({
      code: 'CLUSTER_IN_USE',
      message: 'Pipelines still write to this cluster.',
      remedy: 'Delete those pipelines first.',
      cause: error,
    });
  }
}

function columns(secrets: SecretBox, id: string, { name, connection }: ClusterWrite) {
  const { sasl } = connection;
  return {
    name,
    brokers: connection.brokers,
    tlsEnabled: connection.tls.enabled,
    tlsCa: connection.tls.ca ?? null,
    saslMechanism: sasl?.mechanism ?? null,
    saslUsername: sasl?.username ?? null,
    saslPassword: sasl === undefined ? null : secrets.seal(sasl.password, passwordPlace(id)),
  };
}

function toRow(row: ClusterModel & { _count: { pipelines: number } }): ClusterRow {
  const hasSasl = row.saslMechanism !== null && row.saslUsername !== null;
  return {
    id: row.id,
    name: row.name,
    brokers: row.brokers,
    tlsEnabled: row.tlsEnabled,
    hasCa: row.tlsCa !== null,
    sasl: hasSasl
      ? {
          mechanism: mechanismSchema.parse(row.saslMechanism),
          username: row.saslUsername ?? '',
          hasPassword: row.saslPassword !== null,
        }
      : null,
    pipelineCount: row._count.pipelines,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}

const passwordPlace = (id: string) => `cluster/${id}/sasl_password`;

function nameTaken(error: unknown, name: string): unknown {
  if (uniqueViolation(error) === null) return error;
  return new SealaneError({
    code: 'NAME_TAKEN',
    message: `There already is a cluster named "${name}".`,
    remedy: 'Choose another name.',
    fields: [{ path: 'name', message: 'Another cluster has this name' }],
    cause: error,
  });
}
