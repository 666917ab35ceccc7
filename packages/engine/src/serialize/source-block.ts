import type { ServerFlavor } from '@sealane/binlog/session/server-info';

/** What is the same in every `source` block of a pipeline. */
export interface SourceIdentity {
  /** `source.version`: the Debezium release whose format this is, and ours as its qualifier. */
  readonly version: string;
  readonly connector: ServerFlavor;
  /** `topic.prefix`. */
  readonly name: string;
  /** `source.snapshot` of streamed records is null: Debezium leaves it to its default in the schema, which is not written then. */
  readonly withoutDefaults?: boolean;
}

/** What is the same in the `source` blocks of a table for as long as its transactions share a commit time. */
export interface SourceTable {
  /** Commit time, microseconds since the epoch. */
  readonly timestampUs: number;
  readonly snapshot: string;
  readonly database: string;
  readonly table: string;
  readonly serverId: number;
}

const quoted = (value: string): string => JSON.stringify(value);

/** The JSON of `source.snapshot`. */
function snapshotText(snapshot: string, { withoutDefaults = false }: SourceIdentity): string {
  return snapshot === 'false' && withoutDefaults ? 'null' : quoted(snapshot);
}

/**
 * The text between the row images and the GTID: `,"source":{…,"gtid":`. Field order and values are
 * `BinlogSourceInfoStructMaker`'s of Debezium 3.5.
 */
export function sourceTableText(identity: SourceIdentity, table: SourceTable): string {
  const us = String(table.timestampUs);
  return (
    `,"source":{"version":${quoted(identity.version)},"connector":"${identity.connector}","name":${quoted(identity.name)}` +
    `,"ts_ms":${Math.floor(table.timestampUs / 1000)},"snapshot":${snapshotText(table.snapshot, identity)},"db":${quoted(table.database)},"sequence":null` +
    `,"ts_us":${us},"ts_ns":${us}000,"table":${quoted(table.table)},"server_id":${table.serverId},"gtid":`
  );
}

/** What follows the GTID, up to the position. Binlog file names are ASCII and hold nothing that JSON would escape. */
export function sourceFileText(file: string): string {
  return `,"file":"${file}","pos":`;
}

/** What follows the row number, up to the transaction block. */
export function sourceEndText(threadId: number | null, query: string | null): string {
  return `,"thread":${threadId ?? 'null'},"query":${JSON.stringify(query)}},"transaction":`;
}

/** What follows the transaction block. `nowUs`: microseconds since the epoch. */
export function envelopeEndText(op: string, nowUs: number): string {
  const us = String(nowUs);
  return `,"op":"${op}","ts_ms":${us.slice(0, -3)},"ts_us":${us},"ts_ns":${us}000}`;
}
