import type { ByteSource } from '@sealane/binlog/bytes/byte-source';
import type { RowsEvent } from '@sealane/binlog/events/rows-event';
import type { Gtid } from '@sealane/binlog/gtid/gtid';
import type { TableSchema } from '@sealane/binlog/table/table-schema';
import type { CapturedTable } from './captured-table.ts';
import type { Position } from './position.ts';
import type { SchemaEvent } from './schema-event.ts';

/** A transaction begins. */
export interface BeginChange {
  readonly tag: 'begin';
  /** Null when the source keeps no GTIDs. */
  readonly gtid: Gtid | null;
  readonly file: string;
  /** Where a reader must start to see the whole transaction. */
  readonly position: number;
  /** Start of its BEGIN; MySQL's GTID event stands before it. */
  readonly beginPosition: number;
  /** True: a former run delivered some of it. */
  readonly isResumed: boolean;
  /** True: a MariaDB statement is a transaction of its own. It has no rows, and where it is DDL no commit ends it. */
  readonly isStatement: boolean;
  /** Connection that ran it; null where the source does not say (MariaDB). */
  threadId: number | null;
  /** Commit time by the source's clock, epoch milliseconds: `source.ts_ms`. */
  readonly committedAtMs: number;
  /** The same in microseconds where the source says so, else null: it then counts whole seconds only. */
  readonly committedAtUs: number | null;
}

/** The rows of one rows event of a captured table, still as bytes. */
export interface RowsChange {
  readonly tag: 'rows';
  readonly transaction: BeginChange;
  readonly table: CapturedTable;
  readonly rows: RowsEvent;
  /** `source.pos`: start of the event in `transaction.file`, or of the last one before it whose place the source tells. */
  readonly position: number;
  /** `server_id` of the server that wrote it first. */
  readonly serverId: number;
  /** Epoch milliseconds by the source's clock. */
  readonly timestampMs: number;
  /** The same in microseconds, where the source tells them; else whole milliseconds. */
  readonly timestampUs: number;
  /** This event's number in its transaction, see `ResumePoint.eventsDone`. */
  readonly event: number;
  /** Rows at its start that are already delivered. */
  readonly skipRows: number;
  /** Text of the statement, where it is asked for and the source logs it. */
  readonly query: string | null;
}

/** A transaction ended; it may have touched no captured table. */
export interface CommitChange {
  readonly tag: 'commit';
  readonly gtid: Gtid | null;
  readonly file: string;
  /** Behind its last event. */
  readonly position: number;
  readonly committedAtMs: number;
  readonly committedAtUs: number | null;
}

/** Schemas that changed, or became known. Outside a snapshot a statement did it. */
export interface SchemaChange {
  readonly tag: 'schema';
  /** `server`: read from the server because no statement told; it makes no schema-change record. */
  readonly origin: 'statement' | 'snapshot' | 'server';
  /** What became of which tables; empty for a statement that concerns none. */
  readonly events: readonly SchemaEvent[];
  /** True: it is a transaction of its own and moves the offset; false: it stands inside one, or in a snapshot. */
  readonly endsTransaction: boolean;
  readonly gtid: Gtid | null;
  readonly file: string;
  /** `source.pos`: start of the statement's event. */
  readonly start: number;
  /** Behind the statement's event. */
  readonly position: number;
  readonly serverId: number;
  readonly threadId: number | null;
  /** Epoch microseconds by the source's clock. */
  readonly timestampUs: number;
  readonly committedAtMs: number;
}

/** TRUNCATE TABLE of any table. A {@link SchemaChange} that ends it follows. */
export interface TruncateChange {
  readonly tag: 'truncate';
  readonly database: string;
  readonly table: string;
  readonly gtid: Gtid | null;
  readonly file: string;
  /** `source.pos`: start of the statement's event. */
  readonly position: number;
  readonly serverId: number;
  /** Epoch microseconds by the source's clock. */
  readonly timestampUs: number;
  /** Where it is asked for; null: not asked for, or not known. */
  readonly schema: TableSchema | null;
}

/** The source is idle and everything it had was read. */
export interface HeartbeatChange {
  readonly tag: 'heartbeat';
  readonly file: string;
  readonly position: number;
}

/** What the source had executed before the events that follow (MySQL, at the start of a file). */
export interface GtidsChange {
  readonly tag: 'gtids';
  readonly gtidSet: string;
}

/** `source.snapshot` of a row. */
export type SnapshotMarker =
  | 'first'
  | 'first_in_data_collection'
  | 'true'
  | 'last_in_data_collection'
  | 'last';

/** A snapshot begins: all its rows are as of `position`. */
export interface SnapshotBeginChange {
  readonly tag: 'snapshot-begin';
  readonly position: Position;
}

/** Rows of a captured table as text-protocol row packets. */
export interface SnapshotRowsChange {
  readonly tag: 'snapshot-rows';
  readonly table: CapturedTable;
  readonly position: Position;
  /** Clock of the source when the snapshot began, epoch milliseconds. */
  readonly timestampMs: number;
  readonly packets: readonly SnapshotRowPacket[];
  /** Marker of the first packet, of the last one; between them `true`. One packet: the last one's counts. */
  readonly firstMarker: SnapshotMarker;
  readonly lastMarker: SnapshotMarker;
}

/** One row of a text result: cells from `start` on. */
export interface SnapshotRowPacket extends ByteSource {
  readonly start: number;
}

/** Every row of the snapshot was yielded; streaming continues at `position`. */
export interface SnapshotEndChange {
  readonly tag: 'snapshot-end';
  readonly position: Position;
}

/** What a source yields, in commit order: the one vocabulary of every stage. */
export type Change =
  | BeginChange
  | RowsChange
  | CommitChange
  | SchemaChange
  | TruncateChange
  | HeartbeatChange
  | GtidsChange
  | SnapshotBeginChange
  | SnapshotRowsChange
  | SnapshotEndChange;
