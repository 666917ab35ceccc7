import type { SchemaChange } from '../../change/change.ts';
import type { SchemaEvent } from '../../change/schema-event.ts';
import { type CommentOptions, type Json, topicTableChange } from './table-change-json.ts';

export interface SchemaChangeRecordOptions extends CommentOptions {
  identity: {
    readonly version: string;
    readonly connector: string;
    readonly name: string;
    readonly withoutDefaults?: boolean;
  };
  /** Epoch milliseconds. */
  now: number;
}

/** Key of a schema-change record, as JSON. */
export function schemaChangeKey({ database }: SchemaEvent): string {
  return JSON.stringify({ databaseName: database });
}

/** Value of a schema-change record, as JSON: Debezium's `SchemaChangeValue`. */
export function schemaChangeValue(
  event: SchemaEvent,
  change: SchemaChange,
  options: SchemaChangeRecordOptions,
): string {
  const value: { [name: string]: Json } = {
    source: sourceStruct(event, change, options),
    ts_ms: options.now,
    databaseName: event.database,
    schemaName: null,
    ddl: event.ddl,
    tableChanges: event.changes
      .filter(({ passing }) => passing !== true)
      .map((table) => topicTableChange(table, options)),
  };
  return JSON.stringify(value).replace(NANOSECONDS, '$1000');
}

/** A double has no room for nanoseconds since the epoch, so they are written as microseconds and three zeros. */
const NANOSECONDS = /(?<="ts_ns":)(\d+)/;

/** A snapshot is dated by our clock, as Debezium dates it. */
function sourceStruct(
  event: SchemaEvent,
  change: SchemaChange,
  { identity, now }: SchemaChangeRecordOptions,
): Json {
  const isSnapshot = change.origin === 'snapshot';
  const timestampUs = isSnapshot ? now * 1000 : change.timestampUs;
  return {
    version: identity.version,
    connector: identity.connector,
    name: identity.name,
    ts_ms: Math.floor(timestampUs / 1000),
    snapshot: isSnapshot ? 'true' : identity.withoutDefaults ? null : 'false',
    db: event.database,
    sequence: null,
    ts_us: timestampUs,
    ts_ns: timestampUs,
    table: event.tables,
    server_id: isSnapshot ? 0 : change.serverId,
    gtid: isSnapshot ? null : (change.gtid?.toText() ?? null),
    file: change.file,
    pos: change.start,
    row: 0,
    thread: change.threadId,
    query: null,
  };
}
