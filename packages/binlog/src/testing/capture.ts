import type { Connection } from 'mysql2/promise';
import { OutputBuffer } from '../bytes/output-buffer.ts';
import type { ColumnValue } from '../columns/column-codec.ts';
import type { HandlingModes } from '../columns/handling-modes.ts';
import { EventType } from '../events/event-type.ts';
import { isRowsEvent, parseRowsEvent } from '../events/parse-rows-event.ts';
import { parseTableMap } from '../events/parse-table-map.ts';
import type { RawEvent } from '../events/raw-event.ts';
import type { TableMap } from '../events/table-map.ts';
import { TableMapCache } from '../events/table-map-cache.ts';
import { compileKeyWriter } from '../row/key-writer.ts';
import { loadNativeRows } from '../row/native-rows.ts';
import { compileRowReader } from '../row/row-reader.ts';
import { compileRowWriter } from '../row/row-writer.ts';
import { compileTextRowWriter, quoteIdentifier, selectList } from '../row/text-row-writer.ts';
import { openBinlogSession } from '../session/open-binlog-session.ts';
import type { BinlogSessionOptions } from '../session/session-options.ts';
import { schemaFromTableMap } from '../table/schema-from-table-map.ts';
import type { TableSchema } from '../table/table-schema.ts';
import { checkSameRow } from './same-row.ts';
import { checkWrittenAfter } from './written-after.ts';

/** One inserted row as the binlog path gives it. */
export interface CapturedRow {
  readonly json: string;
  /** The key struct; null where the table has no key. */
  readonly key: string | null;
  readonly values: readonly (ColumnValue | undefined)[];
  readonly schema: TableSchema;
  readonly map: TableMap;
}

/** Events of a stream that starts now, while `act` runs, until `enough` says so. */
export async function captureEvents(
  options: Omit<BinlogSessionOptions, 'start' | 'serverId'> & Partial<BinlogSessionOptions>,
  act: () => Promise<void>,
  enough: (events: readonly RawEvent[]) => boolean,
): Promise<RawEvent[]> {
  const session = await openBinlogSession({
    start: { kind: 'current' },
    serverId: 1_000_000 + Math.floor(Math.random() * 1e9),
    heartbeatMs: 200,
    ...options,
  });
  const events: RawEvent[] = [];
  await act();
  for await (const batch of session.events()) {
    events.push(...batch);
    if (enough(events)) break;
  }
  return events;
}

/** True once the transaction in the events has been committed. */
export function hasCommit(events: readonly RawEvent[]): boolean {
  return events.some((event) => event.type === EventType.XID);
}

/** True once a transaction that changes the table has been committed; on a shared server others commit, too. */
export function hasCommitOf(table: string): (events: readonly RawEvent[]) => boolean {
  return (events) => {
    const first = events.findIndex(
      (event) => event.type === EventType.TABLE_MAP && parseTableMap(event).table === table,
    );
    return first !== -1 && hasCommit(events.slice(first));
  };
}

/** Writes and decodes every inserted row of a table that the events hold; each also as if it were an update of the one before it. */
export function decodeInserts(
  events: readonly RawEvent[],
  options: { table: string; modes: HandlingModes; enrichFrom?: TableSchema | null },
): CapturedRow[] {
  const cache = new TableMapCache();
  const out = new OutputBuffer();
  const rows: CapturedRow[] = [];
  for (const event of events) {
    if (event.type === EventType.TABLE_MAP) cache.get(event);
    if (!isRowsEvent(event.type)) continue;
    const rowsEvent = parseRowsEvent(event);
    const map = cache.find(rowsEvent.tableId);
    if (map?.table !== options.table) continue;
    const schema = schemaFromTableMap(map, options.enrichFrom) ?? options.enrichFrom;
    if (schema === null || schema === undefined) throw new Error('no schema for the table map');
    const codec = { schema, tableMap: map, modes: options.modes, present: rowsEvent.present };
    const script = compileRowWriter(codec);
    const writer = compileRowWriter({ ...codec, native: loadNativeRows() });
    const reader = compileRowReader(codec);
    const keyWriter = compileKeyWriter(codec);
    let before = rowsEvent.start;
    for (let pos = rowsEvent.start; pos < rowsEvent.end; ) {
      checkSameRow(rowsEvent, pos, { native: writer, script });
      for (const each of [writer, script]) checkWrittenAfter(each, rowsEvent, { before, after: pos });
      before = pos;
      const values: (ColumnValue | undefined)[] = [];
      reader.readRow(rowsEvent, pos, values);
      out.truncate(0);
      keyWriter?.writeKey(rowsEvent, pos, out);
      const key = keyWriter === null ? null : textOf(out);
      out.truncate(0);
      pos = writer.writeRow(rowsEvent, pos, out);
      rows.push({ json: textOf(out), key, values, schema, map });
    }
  }
  return rows;
}

/** The rows of a table through the text protocol, and their keys, as the text path writes them. */
export async function selectAsJson(
  connection: Connection,
  options: { schema: TableSchema; modes: HandlingModes; orderBy: string },
): Promise<{ json: string; key: string | null }[]> {
  const { schema, modes } = options;
  await connection.query("SET time_zone='+00:00'");
  const name = `${quoteIdentifier(schema.database)}.${quoteIdentifier(schema.table)}`;
  const [rows] = await connection.query({
    sql: `SELECT ${selectList({ schema })} FROM ${name} ORDER BY ${options.orderBy}`,
    rowsAsArray: true,
    typeCast: (field: { buffer(): Buffer | null }) => field.buffer(),
  });
  const writer = compileTextRowWriter({ schema, modes });
  const out = new OutputBuffer();
  return (rows as (Buffer | null)[][]).map((cells) => {
    const packet = textRow(cells);
    const source = { bytes: packet, end: packet.length };
    out.truncate(0);
    if (schema.primaryKey.length > 0) writer.writeKey(source, 0, out);
    const key = schema.primaryKey.length > 0 ? textOf(out) : null;
    out.truncate(0);
    writer.writeRow(source, 0, out);
    return { json: textOf(out), key };
  });
}

function textOf(out: OutputBuffer): string {
  return out.bytes.toString('utf8', 0, out.length);
}

/** A text-protocol row packet of cells. */
export function textRow(cells: readonly (Buffer | null)[]): Buffer {
  return Buffer.concat(
    cells.flatMap((cell) => {
      if (cell === null) return [Buffer.from([251])];
      const length = Buffer.alloc(4);
      length.writeUInt32LE(cell.length << 8);
      length[0] = 253;
      return [cell.length < 251 ? Buffer.from([cell.length]) : length, cell];
    }),
  );
}
