import type { ServerFlavor } from '@sealane/binlog/session/server-info';

/** What is the same in every `source` block of a pipeline. */
export interface SourceIdentity {
  /** `source.version`: the Debezium release whose format this is, and ours as its qualifier. */
  readonly version: string;
  readonly connector: ServerFlavor;
  /** `topic.prefix`. */
  readonly name: string;
}

/** What varies in a `source` block from event to event. */
export interface SourceEvent {
  readonly timestampMs: number;
  readonly snapshot: string;
  readonly database: string;
  readonly table: string;
  readonly serverId: number;
  readonly gtid: string | null;
  readonly file: string;
  readonly position: number;
}

const text = (value: string): string => JSON.stringify(value);

/**
 * The bytes between the row images and the row number: `,"source":{…,"row":`. Field order and values are
 * `BinlogSourceInfoStructMaker`'s of Debezium 3.5; its `ts_us` and `ts_ns` are the milliseconds of `ts_ms`, padded.
 */
export function sourceHead(identity: SourceIdentity, event: SourceEvent): Buffer {
  const ms = String(event.timestampMs);
  return Buffer.from(
    `,"source":{"version":${text(identity.version)},"connector":"${identity.connector}","name":${text(identity.name)}` +
      `,"ts_ms":${ms},"snapshot":"${event.snapshot}","db":${text(event.database)},"sequence":null` +
      `,"ts_us":${ms}000,"ts_ns":${ms}000000,"table":${text(event.table)},"server_id":${event.serverId}` +
      `,"gtid":${event.gtid === null ? 'null' : text(event.gtid)},"file":${text(event.file)},"pos":${event.position},"row":`,
  );
}

/** What follows the row number: `,"thread":…}` up to the end of the envelope. `nowUs`: microseconds since the epoch. */
export function envelopeTail(op: string, threadId: number | null, nowUs: number): Buffer {
  const us = String(nowUs);
  return Buffer.from(
    `,"thread":${threadId ?? 'null'},"query":null},"transaction":null,"op":"${op}"` +
      `,"ts_ms":${us.slice(0, -3)},"ts_us":${us},"ts_ns":${us}000}`,
  );
}
