import { randomUUID } from 'node:crypto';
import { flavorSchema, type SourceConnection, sourceConnectionSchema } from '@sealane/contracts/connection';
import { SealaneError } from '@sealane/errors/sealane-error';
import type { Database } from '../database.ts';
import type { Source as SourceModel } from '../generated/client.ts';
import type { SecretBox } from '../secrets/secret-box.ts';
import { isForeignKeyViolation, isMissingRow, uniqueViolation } from '../write-errors.ts';
import type { Page, PageRequest } from './page.ts';

/** A source without its secrets. */
export interface SourceRow {
  id: string;
  name: string;
  flavor: 'mysql' | 'mariadb';
  version: string;
  host: string;
  port: number;
  user: string;
  hasPassword: boolean;
  tlsMode: SourceConnection['tls']['mode'];
  hasCa: boolean;
  pipelineCount: number;
  createdAt: Date;
  updatedAt: Date;
}

/** What defines a source; the connection test found out flavour and version. */
export interface SourceWrite {
  name: string;
  flavor: 'mysql' | 'mariadb';
  version: string;
  connection: SourceConnection;
}

const withCount = { _count: { select: { pipelines: true } } } as const;

/** Sort keys: `name`, `host`, `createdAt`. */
export async function listSources(database: Database, request: PageRequest): Promise<Page<SourceRow>> {
  const where =
    request.q === undefined ? {} : { OR: [{ name: contains(request.q) }, { host: contains(request.q) }] };
  const key = request.sort === 'host' || request.sort === 'createdAt' ? request.sort : 'name';
  const [rows, total] = await Promise.all([
    database.prisma.source.findMany({
      where,
      include: withCount,
      orderBy: [{ [key]: request.order }, { id: 'asc' }],
      skip: (request.page - 1) * request.pageSize,
      take: request.pageSize,
    }),
    database.prisma.source.count({ where }),
  ]);
  return { items: rows.map(toRow), total };
}

export async function findSource(database: Database, id: string): Promise<SourceRow | null> {
  const row = await database.prisma.source.findUnique({ where: { id }, include: withCount });
  return row === null ? null : toRow(row);
}

/** The connection with its password, for whoever connects now: never stored elsewhere, never sent to a browser. */
export async function readSourceConnection(
  { database, secrets }: { database: Database; secrets: SecretBox },
  id: string,
): Promise<SourceConnection | null> {
  const row = await database.prisma.source.findUnique({ where: { id } });
  return row === null ? null : openSourceConnection(secrets, row);
}

/** Sources of one user of one server, oldest first, with their connections. Throws `SECRET_UNREADABLE`. */
export async function findSourcesOf(
  { database, secrets }: { database: Database; secrets: SecretBox },
  { host, port, user }: Pick<SourceConnection, 'host' | 'port' | 'user'>,
): Promise<{ row: SourceRow; connection: SourceConnection }[]> {
  const rows = await database.prisma.source.findMany({
    where: { host, port, username: user },
    include: withCount,
    orderBy: { createdAt: 'asc' },
  });
  return rows.map((row) => ({ row: toRow(row), connection: openSourceConnection(secrets, row) }));
}

/** Opens the secrets of a stored source. Throws `SECRET_UNREADABLE`. */
export function openSourceConnection(secrets: SecretBox, row: SourceModel): SourceConnection {
  return sourceConnectionSchema.parse({
    host: row.host,
    port: row.port,
    user: row.username,
    password: secrets.open(row.password, passwordPlace(row.id)),
    tls: { mode: row.tlsMode, ...(row.tlsCa === null ? {} : { ca: row.tlsCa }) },
  });
}

/** Throws `NAME_TAKEN`. */
export async function insertSource(
  { database, secrets }: { database: Database; secrets: SecretBox },
  write: SourceWrite,
): Promise<SourceRow> {
  const id = randomUUID();
  try {
    const data = { id, ...columns(secrets, id, write) };
    return toRow(await database.prisma.source.create({ data, include: withCount }));
  } catch (error) {
    throw nameTaken(error, write.name);
  }
}

/** Null when there is no such source. Throws `NAME_TAKEN`. */
export async function updateSource(
  { database, secrets }: { database: Database; secrets: SecretBox },
  id: string,
  write: SourceWrite,
): Promise<SourceRow | null> {
  try {
    const data = columns(secrets, id, write);
    return toRow(await database.prisma.source.update({ where: { id }, data, include: withCount }));
  } catch (error) {
    if (isMissingRow(error)) return null;
    throw nameTaken(error, write.name);
  }
}

/** False when there is no such source. Throws `SOURCE_IN_USE`. */
export async function deleteSource(database: Database, id: string): Promise<boolean> {
  try {
    await database.prisma.source.delete({ where: { id } });
    return true;
  } catch (error) {
    if (isMissingRow(error)) return false;
    if (!isForeignKeyViolation(error)) throw error;
    throw new SealaneError({
      code: 'SOURCE_IN_USE',
      message: 'Pipelines still read from this source.',
      remedy: 'Delete those pipelines first.',
      cause: error,
    });
  }
}

function columns(secrets: SecretBox, id: string, { name, flavor, version, connection }: SourceWrite) {
  return {
    name,
    flavor,
    version,
    host: connection.host,
    port: connection.port,
    username: connection.user,
    password: secrets.seal(connection.password, passwordPlace(id)),
    hasPassword: connection.password !== '',
    tlsMode: connection.tls.mode,
    tlsCa: connection.tls.ca ?? null,
  };
}

function toRow(row: SourceModel & { _count: { pipelines: number } }): SourceRow {
  return {
    id: row.id,
    name: row.name,
    flavor: flavorSchema.parse(row.flavor),
    version: row.version,
    host: row.host,
    port: row.port,
    user: row.username,
    hasPassword: row.hasPassword,
    tlsMode: sourceConnectionSchema.shape.tls.unwrap().shape.mode.parse(row.tlsMode),
    hasCa: row.tlsCa !== null,
    pipelineCount: row._count.pipelines,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}

const passwordPlace = (id: string) => `source/${id}/password`;
const contains = (text: string) => ({ contains: text, mode: 'insensitive' as const });

function nameTaken(error: unknown, name: string): unknown {
  if (uniqueViolation(error) === null) return error;
  return new SealaneError({
    code: 'NAME_TAKEN',
    message: `There already is a source named "${name}".`,
    remedy: 'Choose another name.',
    fields: [{ path: 'name', message: 'Another source has this name' }],
    cause: error,
  });
}
