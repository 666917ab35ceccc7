import { connectMysql } from '@sealane/binlog/session/connect';
import { toConnectionError } from '@sealane/binlog/session/connection-errors';
import { detectServer } from '@sealane/binlog/session/detect-server';
import type { ServerInfo } from '@sealane/binlog/session/server-info';
import type { ConnectionOptions } from '@sealane/binlog/session/session-options';
import { readTableSchema } from '@sealane/binlog/table/read-table-schema';
import type { PipelineRunSpec } from '@sealane/contracts/pipeline-run';
import { SealaneError } from '@sealane/errors/sealane-error';
import { type CaptureFilter, compileCaptureFilter } from './change/capture-filter.ts';
import { sourceConnection } from './connections.ts';
import type { ServerTable } from './schema/table-schemas.ts';
import { type PreflightResult, preflightSource } from './source/binlog/preflight.ts';
import { showCreateTable } from './source/server-ddl.ts';
import { queryRows, type SqlConnection } from './source/sql.ts';

/** A source that answered: what it is, and how to open further connections to it. */
export interface SourceAccess {
  readonly connection: ConnectionOptions;
  readonly server: ServerInfo;
  readonly filter: CaptureFilter;
  readonly preflight: PreflightResult;
  connect(): Promise<SqlConnection>;
  /** Makes a SealaneError of what the driver throws; a SealaneError stays as it is. */
  mapError(thrown: unknown): SealaneError;
  /** A table as it is now; null when there is none. */
  readTable(name: { database: string; table: string }): Promise<ServerTable | null>;
  /** Runs `use` with a connection of its own, whose strings and names are quoted as by default. */
  withConnection<T>(use: (connection: SqlConnection) => Promise<T>): Promise<T>;
  /** The server compares table names without regard to case. */
  readonly foldsNames: boolean;
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
    const [folding] = await queryRows(sql, 'SELECT CAST(@@lower_case_table_names AS CHAR) AS folding');
    const withConnection = connectOnce(connect, mapError);
    return {
      connection,
      server,
      filter,
      preflight,
      connect,
      mapError,
      withConnection,
      readTable: (name) => withConnection((own) => readServerTable(own, name)),
      foldsNames: folding?.get('folding') !== '0',
    };
  } catch (thrown) {
    throw mapError(thrown);
  } finally {
    sql.destroy();
  }
}

function connectOnce(
  connect: () => Promise<SqlConnection>,
  mapError: (thrown: unknown) => SealaneError,
): SourceAccess['withConnection'] {
  return async (use) => {
    const connection = await connect();
    try {
      await connection.query("SET SESSION sql_mode = ''");
      return await use(connection);
    } catch (thrown) {
      throw mapError(thrown);
    } finally {
      connection.destroy();
    }
  };
}

async function readServerTable(
  connection: SqlConnection,
  name: { database: string; table: string },
): Promise<ServerTable | null> {
  const schema = await readTableSchema(connection, name);
  if (schema === null) return null;
  const createSql = await showCreateTable(connection, name);
  return createSql === null ? null : { schema, createSql };
}
