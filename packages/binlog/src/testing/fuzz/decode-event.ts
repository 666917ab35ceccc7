import { OutputBuffer } from '../../bytes/output-buffer.ts';
import type { ColumnRule } from '../../columns/column-rule.ts';
import type { HandlingModes } from '../../columns/handling-modes.ts';
import { EventType } from '../../events/event-type.ts';
import { parseFormatDescription } from '../../events/format-description.ts';
import { incidentError, parseHeartbeat, parseRotate, parseXid } from '../../events/parse-control.ts';
import { parseGtidList, parseMariadbGtid } from '../../events/parse-mariadb-gtid.ts';
import { parseMysqlGtid } from '../../events/parse-mysql-gtid.ts';
import { parsePreviousGtids } from '../../events/parse-previous-gtids.ts';
import { isBegin, parseQuery } from '../../events/parse-query.ts';
import {
  isPartialRows,
  isRowsEvent,
  parsePartialRowsEvent,
  parseRowsEvent,
  requireColumns,
} from '../../events/parse-rows-event.ts';
import { parseRowsQuery } from '../../events/parse-rows-query.ts';
import { parseTableMap } from '../../events/parse-table-map.ts';
import type { RawEvent } from '../../events/raw-event.ts';
import type { RowsEvent } from '../../events/rows-event.ts';
import type { TableMap } from '../../events/table-map.ts';
import { expandTransactionPayload } from '../../events/transaction-payload.ts';
import { MariadbGtidPosition } from '../../gtid/mariadb-gtid-position.ts';
import { MysqlGtidSet } from '../../gtid/mysql-gtid-set.ts';
import { compileKeyWriter } from '../../row/key-writer.ts';
import { loadNativeRows } from '../../row/native-rows.ts';
import { compilePartialRows } from '../../row/partial-rows.ts';
import { compileRowReader } from '../../row/row-reader.ts';
import { compileRowWriter } from '../../row/row-writer.ts';
import type { RowWriter } from '../../row/row-writer-types.ts';
import { RowsCursor } from '../../row/rows-cursor.ts';
import { checkAgainstTableMap } from '../../table/check-against-table-map.ts';
import { schemaFromTableMap } from '../../table/schema-from-table-map.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import { checkSameRow, MAX_ROW_BYTES } from '../same-row.ts';
import { checkWrittenAfter } from '../written-after.ts';

export interface DecodeOptions {
  /** Table map of a rows event. */
  map: RawEvent | null;
  /** Schema of a table whose map carries no names. */
  schema: TableSchema | null;
  modes: HandlingModes;
  rules: ((ordinal: number) => ColumnRule | undefined) | undefined;
}

/** Everything that the decoders say about an event, as text. Throws what they throw; a row's JSON must parse. */
export function decodeEvent(event: RawEvent, options: DecodeOptions): string {
  if (isRowsEvent(event.type)) return decodeRows(event, options);
  return text(parseControlEvent(event));
}

function text(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? `${part}n` : part));
}

function parseControlEvent(event: RawEvent): unknown {
  switch (event.type) {
    case EventType.ROTATE:
      return parseRotate(event);
    case EventType.XID:
      return parseXid(event);
    case EventType.HEARTBEAT:
    case EventType.HEARTBEAT_V2:
      return parseHeartbeat(event);
    case EventType.ROWS_QUERY:
    case EventType.MARIADB_ANNOTATE_ROWS:
      return parseRowsQuery(event);
    case EventType.QUERY:
    case EventType.MARIADB_QUERY_COMPRESSED:
      return [isBegin(event), parseQuery(event)];
    case EventType.FORMAT_DESCRIPTION:
      return parseFormatDescription(event.bytes, event.start, event.end);
    case EventType.INCIDENT:
      throw incidentError(event);
    case EventType.TABLE_MAP: {
      const map = parseTableMap(event);
      return [map, schemaFromTableMap(map)];
    }
    default:
      return parseTransactionEvent(event);
  }
}

/** A GTID that is stored must be one that can be read again. */
function parseTransactionEvent(event: RawEvent): unknown {
  switch (event.type) {
    case EventType.MARIADB_GTID: {
      const parsed = parseMariadbGtid(event);
      return [parsed, MariadbGtidPosition.parse(parsed.gtid.toText()).toString()];
    }
    case EventType.MARIADB_GTID_LIST:
      return MariadbGtidPosition.parse(parseGtidList(event).toString()).toString();
    case EventType.GTID:
    case EventType.ANONYMOUS_GTID:
    case EventType.GTID_TAGGED: {
      const parsed = parseMysqlGtid(event);
      return [parsed, MysqlGtidSet.parse(parsed.gtid ?? '').toString()];
    }
    case EventType.PREVIOUS_GTIDS:
      return MysqlGtidSet.parse(parsePreviousGtids(event).toString()).toString();
    case EventType.TRANSACTION_PAYLOAD:
      return expandTransactionPayload(event).map((inner) => decodeInner(inner));
    default:
      return null;
  }
}

/** Rows of a payload have their table maps in front of them; they are decoded as cases of their own. */
function decodeInner(event: RawEvent): unknown {
  return isRowsEvent(event.type) ? rowsHead(event).columnCount : parseControlEvent(event);
}

function rowsHead(event: RawEvent): RowsEvent {
  return isPartialRows(event.type) ? parsePartialRowsEvent(event).partial : parseRowsEvent(event);
}

/** Every use of a rows event: written, skipped, keyed, decoded to values. */
function decodeRows(event: RawEvent, options: DecodeOptions): string {
  const head = rowsHead(event);
  if (options.map === null) return text([head.kind, head.columnCount]);
  const map = parseTableMap(options.map);
  const schema = schemaOf(map, options.schema);
  if (schema === null) return 'no schema';
  requireColumns(head, map.types.length);
  const rows = isPartialRows(event.type)
    ? compilePartialRows({ schema, tableMap: map }).expand({ partial: head })
    : head;
  const lines: string[] = [];
  const isUpdate = rows.kind === 'update';
  const first = imageUses({ rows, map, schema, present: rows.present }, options);
  const second = isUpdate ? imageUses({ rows, map, schema, present: rows.presentAfter }, options) : first;
  const cursor = new RowsCursor(rows, { first: first.writer, after: second.writer });
  for (let pos = rows.start; pos < rows.end; ) {
    const after = first.use(pos, lines);
    const next = isUpdate ? second.use(after, lines) : after;
    if (isUpdate) checkUpdate({ rows, writer: second.writer }, pos, after);
    if (!cursor.next() || cursor.end !== next)
      throw new TypeError(`skipped to ${cursor.end}, wrote to ${next}`);
    if (next <= pos) throw new TypeError('a row takes no bytes');
    pos = next;
  }
  return lines.join('\n');
}

/** Where both images have the same columns, as every update of a FULL binlog. */
function checkUpdate(
  { rows, writer }: { rows: RowsEvent; writer: RowWriter },
  before: number,
  after: number,
): void {
  const [first, second] = [rows.present, rows.presentAfter];
  const isAlike = first === null || second === null ? first === second : Buffer.compare(first, second) === 0;
  if (isAlike) checkWrittenAfter(writer, rows, { before, after });
}

function schemaOf(map: TableMap, tracked: TableSchema | null): TableSchema | null {
  const own = schemaFromTableMap(map, tracked);
  if (own !== null || tracked === null) return own;
  checkAgainstTableMap(tracked, map);
  return tracked;
}

function imageUses(
  {
    rows,
    map,
    schema,
    present,
  }: { rows: RowsEvent; map: TableMap; schema: TableSchema; present: Uint8Array | null },
  { modes, rules }: DecodeOptions,
) {
  const codec = { schema, tableMap: map, modes, present, rules };
  const writer = compileRowWriter({ ...codec, native: loadNativeRows() });
  const script = compileRowWriter(codec);
  const key = compileKeyWriter(codec);
  const reader = compileRowReader(codec);
  const out = new OutputBuffer({ maxBytes: MAX_ROW_BYTES });
  const written = (): string => out.bytes.toString('utf8', 0, out.length);
  return {
    writer,
    /** Uses the image at `pos` in every way and returns where it ends. */
    use(pos: number, lines: string[]): number {
      checkSameRow(rows, pos, { native: writer, script });
      out.truncate(0);
      const end = writer.writeRow(rows, pos, out);
      const json = written();
      JSON.parse(json);
      lines.push(json);
      const values: unknown[] = [];
      const read = reader.readRow(rows, pos, values as never[]);
      if (read !== end) throw new TypeError(`read to ${read}, wrote to ${end}`);
      lines.push(text(values));
      if (key !== null) {
        out.truncate(0);
        key.writeKey(rows, pos, out);
        JSON.parse(written());
        lines.push(written());
      }
      return end;
    },
  };
}
