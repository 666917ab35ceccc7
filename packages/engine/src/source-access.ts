import { connectMysql } from '@sealane/binlog/session/connect';
import { toConnectionError } from '@sealane/binlog/session/connection-errors';
import { detectServer } from '@sealane/binlog/session/detect-server';
import type { ServerInfo } from '@sealane/binlog/session/server-info';
import type { ConnectionOptions } from '@sealane/binlog/session/session-options';
import { readTableSchema } from '@sealane/binlog/table/read-table-schema';
import type { TableSchema } from '@sealane/binlog/table/table-schema';
import type { PipelineRunSpec } from '@sealane/contracts/pipeline-run';
import { SealaneError } from '@sealane/errors/sealane-error';
import { type CaptureFilter, compileCaptureFilter } from './change/capture-filter.ts';
import { sourceConnection } from './connections.ts';
import { type PreflightResult, preflightSource } from './source/binlog/preflight.ts';
import type { SqlConnection } from './source/sql.ts';

/** A source that answered: what it is, and how to open further connections to it. */
export interface SourceAccess {
  readonly connection: ConnectionOptions;
  readonly server: ServerInfo;
  readonly filter: CaptureFilter;
  readonly preflight: PreflightResult;
  connect(): Promise<SqlConnection>;
  /** Makes a SealaneError of what the driver throws; a SealaneError stays as it is. */
  mapError(thrown: unknown): SealaneError;
  readSchema(name: { database: string; table: string }): Promise<TableSchema | null>;
}

/** Connects once, looks the server over, disconnects. Throws `SOURCE_*` errors. */
export async function accessSource(spec: PipelineRunSpec): Promise<SourceAccess> {
  const connection = await sourceConnection(spec);
  const filter = compileCaptureFilter(spec.config);
  const connect = (): Promise<SqlConnection> => connectMysql(connection);
  const mapError = (thrown: unknown): SealaneError =>
    thrown instanceof SealaneError
      ? thrown
      : toConnectionError(thrown, { ...spec.source, flavor: spec.flavor });
  const sql = await connect();
  try {
    const server = await detectServer(sql);
    const preflight = await preflightSource({
      connection: sql,
      server,
      config: spec.config,
      filter,
      serverId: spec.serverId,
      user: spec.source.user,
    });
    const readSchema = (name: { database: string; table: string }): Promise<TableSchema | null> =>
      readSchemaOnce(connect, { name, mapError });
    return { connection, server, filter, preflight, connect, mapError, readSchema };
  } catch (thrown) {
    throw mapError(thrown);
  } finally {
    sql.destroy();
  }
}

async function readSchemaOnce(
  connect: () => Promise<SqlConnection>,
  {
    name,
    mapError,
  }: { name: { database: string; table: string }; mapError: (thrown: unknown) => SealaneError },
): Promise<TableSchema | null> {
  const connection = await connect();
  try {
    return await readTableSchema(connection, name);
  } catch (thrown) {
    throw mapError(thrown);
  } finally {
    connection.destroy();
  }
}
