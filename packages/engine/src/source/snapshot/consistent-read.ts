import { readCurrentPosition } from '@sealane/binlog/session/current-position';
import type { ServerInfo } from '@sealane/binlog/session/server-info';
import { readTableSchema } from '@sealane/binlog/table/read-table-schema';
import { SealaneError } from '@sealane/errors/sealane-error';
import type { CaptureFilter } from '../../change/capture-filter.ts';
import type { CapturedTable } from '../../change/captured-table.ts';
import type { Position } from '../../change/position.ts';
import type { SchemaDump } from '../../change/schema-dump.ts';
import { type ListedTable, listCapturedTables } from '../list-tables.ts';
import { type DumpScope, readSchemaDump } from '../server-ddl.ts';
import { errorNumber, queryRows, quoteTable, type SqlConnection } from '../sql.ts';

const ER_DBACCESS_DENIED = 1044;
const ER_ACCESS_DENIED = 1045;
const ER_TABLEACCESS_DENIED = 1142;
const ER_LOCK_WAIT_TIMEOUT = 1205;
const ER_SPECIFIC_ACCESS_DENIED = 1227;

/** A moment of the source, held by a transaction: what is read through it is as of `position`. */
export interface ConsistentRead {
  readonly position: Position;
  readonly tables: readonly { readonly table: CapturedTable; readonly rowsEstimated: number | null }[];
  readonly dump: SchemaDump;
  /** Clock of the source at that moment, epoch milliseconds. */
  readonly timestampMs: number;
  /** How long writers were held up. */
  readonly lockedMs: number;
  /** `global`: FLUSH TABLES WITH READ LOCK; `tables`: LOCK TABLES, where the former is refused. */
  readonly lock: 'global' | 'tables';
}

export interface ConsistentReadOptions {
  /** Takes the lock and gives it back. */
  locker: SqlConnection;
  /** Opens the transaction and keeps it. */
  reader: SqlConnection;
  filter: CaptureFilter;
  /** Whose DDL is read along. */
  scope: DumpScope;
  server: ServerInfo;
  lockTimeoutMs: number;
}

/**
 * Opens a transaction whose view and whose binlog position are the same moment. Writers are locked out only while both
 * are read. Throws `SNAPSHOT_LOCK_TIMEOUT` (retriable) and `SOURCE_MISSING_GRANT`.
 */
export async function openConsistentRead(options: ConsistentReadOptions): Promise<ConsistentRead> {
  const { locker, reader, filter, server } = options;
  await prepareReader(reader);
  // The statement's unit is the second and its least value 1.
  await locker.query(
    `SET SESSION lock_wait_timeout = ${Math.max(1, Math.ceil(options.lockTimeoutMs / 1000))}`,
  );
  const lock = await takeLock(options);
  const lockedAt = performance.now();
  try {
    await reader.query('START TRANSACTION WITH CONSISTENT SNAPSHOT');
    const position = await readCurrentPosition(reader, server);
    const listed = await listCapturedTables(reader, filter);
    const tables = [];
    for (const name of listed) {
      const table = await readCapturedTable(reader, { name, filter });
      if (table !== null) tables.push({ table, rowsEstimated: name.rowsEstimated });
    }
    const dump = await readSchemaDump(reader, options.scope);
    const timestampMs = await readClock(reader);
    await locker.query('UNLOCK TABLES');
    return { position, tables, dump, timestampMs, lock, lockedMs: performance.now() - lockedAt };
  } catch (thrown) {
    // Closing the connection gives the lock back, whatever state the statement left it in.
    locker.destroy();
    throw thrown;
  }
}

/** A session in which every cell comes as the text writers expect it, and that survives a paused pipeline. */
async function prepareReader(reader: SqlConnection): Promise<void> {
  await reader.query("SET SESSION time_zone = '+00:00', sql_mode = '', net_write_timeout = 31536000");
  await reader.query('SET NAMES utf8mb4');
  await reader.query('SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ');
}

async function takeLock(options: ConsistentReadOptions): Promise<'global' | 'tables'> {
  const { locker } = options;
  try {
    await locker.query('FLUSH TABLES WITH READ LOCK');
    return 'global';
  } catch (thrown) {
    const number = errorNumber(thrown);
    if (number === ER_LOCK_WAIT_TIMEOUT) throw lockTimeout(options.lockTimeoutMs, thrown);
    if (number !== ER_SPECIFIC_ACCESS_DENIED && number !== ER_ACCESS_DENIED) throw thrown;
  }
  await lockTables(options);
  return 'tables';
}

async function lockTables({ locker, filter, lockTimeoutMs }: ConsistentReadOptions): Promise<void> {
  const tables = await listCapturedTables(locker, filter);
  if (tables.length === 0) return;
  const list = tables.map(({ database, table }) => `${quoteTable(database, table)} READ`).join(', ');
  try {
    await locker.query(`LOCK TABLES ${list}`);
  } catch (thrown) {
    const number = errorNumber(thrown);
    if (number === ER_LOCK_WAIT_TIMEOUT) throw lockTimeout(lockTimeoutMs, thrown);
    if (number === ER_DBACCESS_DENIED || number === ER_TABLEACCESS_DENIED) throw missingLockGrant(thrown);
    throw thrown;
  }
}

async function readCapturedTable(
  reader: SqlConnection,
  { name, filter }: { name: ListedTable; filter: CaptureFilter },
): Promise<CapturedTable | null> {
  const schema = await readTableSchema(reader, name);
  if (schema === null) return null;
  const { database, table } = name;
  return {
    database,
    table,
    id: `${database}.${table}`,
    schema,
    tableMap: null,
    included: filter.columns(schema),
  };
}

/** Whole seconds, as Debezium's `source.ts_ms` of a snapshot row. */
async function readClock(reader: SqlConnection): Promise<number> {
  const [row] = await queryRows(reader, 'SELECT CAST(UNIX_TIMESTAMP() AS CHAR) AS seconds');
  return Number(row?.get('seconds') ?? Math.floor(Date.now() / 1000)) * 1000;
}

function lockTimeout(timeoutMs: number, cause: unknown): SealaneError {
  return new SealaneError({
    code: 'SNAPSHOT_LOCK_TIMEOUT',
    message: `The snapshot could not lock the source within ${timeoutMs} ms.`,
    why: 'A long transaction or statement holds a table; waiting longer would hold up every writer behind it.',
    remedy: 'It is tried again. Look at SHOW PROCESSLIST for the long one, or raise snapshotLockTimeoutMs.',
    retriable: true,
    cause,
  });
}

function missingLockGrant(cause: unknown): SealaneError {
  return new SealaneError({
    code: 'SOURCE_MISSING_GRANT',
    message:
      'The capture user may neither lock the server nor lock tables, so no consistent snapshot can be taken.',
    why: cause instanceof Error ? cause.message : String(cause),
    remedy:
      'GRANT RELOAD ON *.* to the capture user, or GRANT LOCK TABLES, SELECT on the captured databases.',
    fields: [{ path: 'source.user', message: 'Needs RELOAD, or LOCK TABLES' }],
    cause,
  });
}
