import { SealaneError } from '@sealane/errors/sealane-error';
import type { Position, ResumePoint } from '../change/position.ts';

/** A stored offset, decoded. */
export interface StoredOffset {
  readonly resume: ResumePoint;
  /** True: written while a snapshot ran, which must start over. */
  readonly snapshotRunning: boolean;
}

export interface OffsetToStore extends StoredOffset {
  /** Commit time of the newest delivered event, epoch milliseconds; null when there was none. */
  readonly timestampMs: number | null;
  readonly serverId: number;
}

/**
 * The offset as Debezium's `BinlogOffsetContext` writes it: position and GTIDs of the transaction's start, `event` and `row`
 * only when a part of it is delivered, `snapshot` only while one runs. `source_server`, which Debezium does not know and passes
 * over, says whose `file` and `pos` it is.
 */
export function encodeOffset(offset: OffsetToStore): Buffer {
  const { position, eventsDone, rowsDone, server } = offset.resume;
  return Buffer.from(
    JSON.stringify({
      ...(offset.timestampMs === null ? {} : { ts_sec: Math.floor(offset.timestampMs / 1000) }),
      file: position.file,
      pos: position.position,
      ...(position.gtidSet === null || position.gtidSet === '' ? {} : { gtids: position.gtidSet }),
      ...(offset.snapshotRunning ? { snapshot: true } : {}),
      ...(rowsDone > 0 ? { row: rowsDone } : {}),
      server_id: offset.serverId,
      ...(eventsDone > 0 ? { event: eventsDone } : {}),
      ...(server === null ? {} : { source_server: server }),
    }),
  );
}

/** Reads what {@link encodeOffset}, or Debezium, wrote. Throws `OFFSET_UNREADABLE` for anything else. */
export function decodeOffset(value: Buffer): StoredOffset {
  let parsed: unknown;
  try {
    parsed = JSON.parse(value.toString('utf8'));
  } catch (cause) {
    throw unreadable(value, cause);
  }
  if (typeof parsed !== 'object' || parsed === null) throw unreadable(value, undefined);
  const fields = new Map<string, unknown>(Object.entries(parsed));
  const file = fields.get('file');
  const pos = fields.get('pos');
  if (typeof file !== 'string' || typeof pos !== 'number') throw unreadable(value, undefined);
  const gtids = fields.get('gtids');
  const position: Position = { file, position: pos, gtidSet: typeof gtids === 'string' ? gtids : null };
  const snapshot = fields.get('snapshot');
  const server = fields.get('source_server');
  return {
    resume: {
      position,
      eventsDone: count(fields.get('event')),
      rowsDone: count(fields.get('row')),
      server: typeof server === 'string' ? server : null,
    },
    snapshotRunning:
      snapshot !== undefined && snapshot !== null && snapshot !== false && snapshot !== 'false',
  };
}

function count(value: unknown): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : 0;
}

function unreadable(value: Buffer, cause: unknown): SealaneError {
  return new SealaneError({
    code: 'OFFSET_UNREADABLE',
    message: 'The stored offset of this pipeline cannot be read.',
    why: `It is not a Debezium offset: ${value.toString('utf8', 0, 200)}`,
    remedy: 'Reset the offset of the pipeline, or write a correct one under the same key.',
    cause,
  });
}
