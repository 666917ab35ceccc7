import { EventType } from '../../events/event-type.ts';
import {
  isPartialRows,
  isRowsEvent,
  parsePartialRowsEvent,
  parseRowsEvent,
} from '../../events/parse-rows-event.ts';
import { parseTableMap } from '../../events/parse-table-map.ts';
import { RawEvent } from '../../events/raw-event.ts';
import type { TableMap } from '../../events/table-map.ts';
import { expandTransactionPayload } from '../../events/transaction-payload.ts';
import { schemaFromTableMap } from '../../table/schema-from-table-map.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import { readBinlogFile } from '../binlog-file.ts';

/** A captured event, and for a rows event the table map and the schema it is decoded with. */
export interface CorpusEntry {
  readonly event: RawEvent;
  readonly map: RawEvent | null;
  /** What `information_schema` would say of a table whose map carries no names; null where the map says all. */
  readonly schema: TableSchema | null;
}

const FILES = [
  'mariadb-11.4-orders.binlog',
  'mariadb-11.4-types.binlog',
  'mariadb-11.4-events.binlog',
  'mysql-9.7-events.binlog',
  'mysql-9.7-partial-json.binlog',
];

/** Events of one kind beyond this many add nothing: the orders capture repeats one row a thousand times. */
const PER_TABLE = 24;
const CHECKSUM_BYTES = 4;

/** Captures of both flavours: every column type, row, GTID, query and compression kind. */
export function readCorpus(): CorpusEntry[] {
  return FILES.flatMap((name) =>
    entriesOf(readBinlogFile(new URL(`../../../fixtures/${name}`, import.meta.url), 4)),
  );
}

function entriesOf(events: readonly RawEvent[]): CorpusEntry[] {
  const maps = new Map<number, RawEvent>();
  const schemas = new Map<number, TableSchema>();
  const seen = new Map<string, number>();
  const entries: CorpusEntry[] = [];
  for (const event of events.flatMap(withPayload)) {
    let map: RawEvent | null = null;
    if (event.type === EventType.TABLE_MAP) remember(event, { maps, schemas });
    else if (isPartialRows(event.type)) map = maps.get(parsePartialRowsEvent(event).partial.tableId) ?? null;
    else if (isRowsEvent(event.type)) map = maps.get(parseRowsEvent(event).tableId) ?? null;
    const kind = `${event.type} ${map === null ? '' : parseTableMap(map).table}`;
    const count = seen.get(kind) ?? 0;
    seen.set(kind, count + 1);
    if (count < PER_TABLE) entries.push({ event: wholeEvent(event), map, schema: schemaFor(map, schemas) });
  }
  return entries;
}

/** A FORMAT_DESCRIPTION is parsed with its checksum. */
function wholeEvent(event: RawEvent): RawEvent {
  if (event.type !== EventType.FORMAT_DESCRIPTION) return event;
  return new RawEvent(event.bytes, event.start, event.end + CHECKSUM_BYTES);
}

/** A payload stands for itself and for the events in it. */
function withPayload(event: RawEvent): RawEvent[] {
  return event.type === EventType.TRANSACTION_PAYLOAD ? [event, ...expandTransactionPayload(event)] : [event];
}

interface Known {
  readonly maps: Map<number, RawEvent>;
  /** By number of columns: the tables with and without names have the same ones. */
  readonly schemas: Map<number, TableSchema>;
}

function remember(event: RawEvent, { maps, schemas }: Known): void {
  const map = parseTableMap(event);
  maps.set(map.tableId, event);
  const schema = schemaFromTableMap(map);
  if (schema !== null) schemas.set(schema.columns.length, schema);
}

function schemaFor(event: RawEvent | null, schemas: ReadonlyMap<number, TableSchema>): TableSchema | null {
  if (event === null) return null;
  const map: TableMap = parseTableMap(event);
  if (map.optional.names !== null) return null;
  const twin = schemas.get(map.types.length);
  return twin === undefined ? null : { ...twin, table: map.table };
}
