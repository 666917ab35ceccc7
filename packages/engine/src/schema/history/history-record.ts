import { MariadbGtidPosition } from '@sealane/binlog/gtid/mariadb-gtid-position';
import { MysqlGtidSet } from '@sealane/binlog/gtid/mysql-gtid-set';
import type { ServerFlavor } from '@sealane/binlog/session/server-info';
import { isUpTo, type Position } from '../../change/position.ts';
import type { SchemaEvent } from '../../change/schema-event.ts';
import { type CommentOptions, historyTableChange, type Json } from './table-change-json.ts';

/** Where a schema came about: Debezium's offset, with the GTIDs of all that was before. */
export interface HistoryPosition {
  readonly ts_sec?: number | undefined;
  readonly file: string;
  /** Behind the statement (MySQL), or at its transaction's start (MariaDB), as Debezium's connectors write it. */
  readonly pos: number;
  readonly gtids?: string | undefined;
  /** Set on what a snapshot read. */
  readonly snapshot?: string | undefined;
  readonly server_id?: number | undefined;
  readonly event?: number | undefined;
}

export interface HistoryRecordOptions extends CommentOptions {
  /** `topic.prefix`. */
  server: string;
  position: HistoryPosition;
  /** Epoch milliseconds. */
  now: number;
  /** No statement told of it: the table was read from the server. */
  fromServer?: boolean;
}

/** A record of the history topic: Debezium's `HistoryRecord`. It has no key. */
export function encodeHistoryRecord(event: SchemaEvent, options: HistoryRecordOptions): Buffer {
  const { server, position, now, fromServer = false } = options;
  const record: { [name: string]: Json } = {
    source: { server },
    position: JSON.parse(JSON.stringify(position)) as Json,
    ts_ms: now,
    databaseName: event.database,
    ddl: event.ddl,
    ...(fromServer ? { origin: 'server' } : {}),
    tableChanges: event.changes.map((change) => historyTableChange(change, options)),
  };
  return Buffer.from(JSON.stringify(record));
}

/**
 * True when what was recorded at `position` had happened where a stream that continues at `resume` begins. With GTIDs a
 * statement is recorded with those before it, so an equal set means that it is still to come; what a snapshot read holds at its
 * own position.
 */
export function isBefore(position: HistoryPosition, resume: Position, flavor: ServerFlavor): boolean {
  const isSnapshot = position.snapshot !== undefined;
  const { gtids } = position;
  if (gtids !== undefined && resume.gtidSet !== null && resume.gtidSet !== '') {
    return covers(resume.gtidSet, gtids, flavor) && (isSnapshot || !covers(gtids, resume.gtidSet, flavor));
  }
  return isUpTo({ file: position.file, position: position.pos }, resume);
}

function covers(set: string, part: string, flavor: ServerFlavor): boolean {
  return flavor === 'mariadb'
    ? MariadbGtidPosition.parse(set).coversAll(MariadbGtidPosition.parse(part))
    : MysqlGtidSet.parse(set).containsAll(MysqlGtidSet.parse(part));
}
