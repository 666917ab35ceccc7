import { selectList } from '@sealane/binlog/row/text-row-writer';
import { readCurrentPosition } from '@sealane/binlog/session/current-position';
import type { ServerInfo } from '@sealane/binlog/session/server-info';
import type { TableSchema } from '@sealane/binlog/table/table-schema';
import type { SnapshotProgress } from '@sealane/contracts/live';
import type { CaptureFilter } from '../../change/capture-filter.ts';
import type { CapturedTable } from '../../change/captured-table.ts';
import type { Change } from '../../change/change.ts';
import type { Position } from '../../change/position.ts';
import type { SchemaDump } from '../../change/schema-dump.ts';
import type { SchemaEvent } from '../../change/schema-event.ts';
import type { ChangeSource, SourceStats } from '../change-source.ts';
import { type DumpScope, readSchemaDump } from '../server-ddl.ts';
import { quoteTable, type SqlConnection } from '../sql.ts';
import { type ConsistentRead, openConsistentRead } from './consistent-read.ts';
import { readRawRows } from './raw-rows.ts';
import { SnapshotMarkers } from './snapshot-markers.ts';

export interface SnapshotSourceOptions {
  connect: () => Promise<SqlConnection>;
  /** Makes a SealaneError of what the driver throws. */
  mapError: (thrown: unknown) => unknown;
  filter: CaptureFilter;
  server: ServerInfo;
  lockTimeoutMs: number;
  /** False (`no_data`): only the position is read, no row. */
  withRows: boolean;
  /** Whose DDL is read along. */
  scope: DumpScope;
  /** Takes the DDL as of the snapshot and says what is to be recorded of it. */
  onSchemas: (dump: SchemaDump) => readonly SchemaEvent[];
  /** Adds what the DDL taken says of a table's columns. */
  declare: (schema: TableSchema) => TableSchema;
  onLocked?: (read: ConsistentRead) => void;
}

/** Yields every row of the captured tables as of one moment, and that moment's position. */
export class SnapshotSource implements ChangeSource {
  readonly #options: SnapshotSourceOptions;
  readonly #connections: SqlConnection[] = [];
  #closed = false;
  #progress: SnapshotProgress | null = null;
  #bytesRead = 0;
  #lastContactAtMs: number | null = null;
  #position: Position | null = null;

  constructor(options: SnapshotSourceOptions) {
    this.#options = options;
  }

  async *changes(): AsyncIterable<readonly Change[]> {
    try {
      if (this.#options.withRows) yield* this.#copy();
      else yield await this.#positionOnly();
    } catch (thrown) {
      if (this.#closed) return;
      throw this.#options.mapError(thrown);
    } finally {
      await this.close();
    }
  }

  stats(): SourceStats {
    const position = this.#position;
    return {
      bytesRead: this.#bytesRead,
      pendingBytes: 0,
      lastContactAtMs: this.#lastContactAtMs,
      position:
        position === null
          ? null
          : { file: position.file, position: String(position.position), gtid: position.gtidSet },
      snapshot: this.#progress,
    };
  }

  /** Drops the connections: a snapshot that is not finished starts over. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const connection of this.#connections.splice(0)) connection.destroy();
  }

  async *#copy(): AsyncGenerator<readonly Change[], void, undefined> {
    const locker = await this.#connect();
    const reader = await this.#connect();
    const read = await openConsistentRead({ ...this.#options, locker, reader });
    locker.destroy();
    this.#position = read.position;
    this.#options.onLocked?.(read);
    const progress = startProgress(read);
    this.#progress = progress;
    yield [{ tag: 'snapshot-begin', position: read.position }, this.#schemas(read)];
    const markers = new SnapshotMarkers(read);
    for (const { table: found } of read.tables) {
      const table = { ...found, schema: this.#options.declare(found.schema) };
      progress.currentTable = table.id;
      yield* this.#copyTable(reader, { table, markers, progress });
      progress.tablesDone += 1;
    }
    progress.currentTable = null;
    yield [...markers.end(), { tag: 'snapshot-end', position: read.position }];
  }

  async *#copyTable(
    reader: SqlConnection,
    {
      table,
      markers,
      progress,
    }: { table: CapturedTable; markers: SnapshotMarkers; progress: SnapshotProgress },
  ): AsyncGenerator<readonly Change[], void, undefined> {
    const { schema, included } = table;
    const list = selectList({ schema, included, keyColumns: this.#options.filter.key(schema) });
    const sql = `SELECT ${list} FROM ${quoteTable(table.database, table.table)}`;
    for await (const packets of readRawRows(reader, sql)) {
      this.#lastContactAtMs = Date.now();
      for (const packet of packets) this.#bytesRead += packet.end - packet.start;
      const changes = markers.add(table, packets);
      progress.rowsRead += packets.length;
      if (changes.length > 0) yield changes;
    }
  }

  async #positionOnly(): Promise<readonly Change[]> {
    const connection = await this.#connect();
    const position = await readCurrentPosition(connection, this.#options.server);
    this.#position = position;
    // Without a lock: a statement that runs in between is met again in the stream, and fits or is read anew.
    await connection.query("SET SESSION sql_mode = ''");
    const dump = await readSchemaDump(connection, this.#options.scope);
    return [
      { tag: 'snapshot-begin', position },
      this.#schemas({ position, dump, timestampMs: Date.now() }),
      { tag: 'snapshot-end', position },
    ];
  }

  #schemas({
    position,
    dump,
    timestampMs,
  }: Pick<ConsistentRead, 'position' | 'dump' | 'timestampMs'>): Change {
    return {
      tag: 'schema',
      origin: 'snapshot',
      events: this.#options.onSchemas(dump),
      endsTransaction: false,
      gtid: null,
      file: position.file,
      start: position.position,
      position: position.position,
      serverId: 0,
      threadId: null,
      timestampUs: timestampMs * 1000,
      committedAtMs: timestampMs,
    };
  }

  async #connect(): Promise<SqlConnection> {
    const connection = await this.#options.connect();
    this.#connections.push(connection);
    this.#lastContactAtMs = Date.now();
    if (this.#closed) connection.destroy();
    return connection;
  }
}

function startProgress(read: ConsistentRead): SnapshotProgress {
  const estimates = read.tables.map((table) => table.rowsEstimated);
  return {
    tablesTotal: read.tables.length,
    tablesDone: 0,
    currentTable: null,
    rowsRead: 0,
    rowsEstimated: estimates.includes(null)
      ? null
      : estimates.reduce<number>((sum, rows) => sum + (rows ?? 0), 0),
  };
}
