import { SealaneError } from '@sealane/errors/sealane-error';
import type { MessageHeader, MessageRecord } from '../reader/message-record.ts';
import { readInt64, VarintCursor } from './bytes.ts';
import { type CompressionName, codecName, decompress } from './compression.ts';

/** Bytes of a batch before its records, magic 2 (kafka.apache.org/documentation/#recordbatch). */
export const BATCH_HEADER_BYTES = 61;
const LOG_OVERHEAD = 12;

/** A record batch (magic 2) inside a larger buffer; offsets and counts decoded, records not. */
export interface RecordBatch {
  readonly bytes: Buffer;
  /** Where the batch starts in {@link bytes}. */
  readonly start: number;
  /** Where it ends, exclusive. */
  readonly end: number;
  readonly baseOffset: number;
  readonly lastOffset: number;
  readonly baseTimestamp: number;
  readonly maxTimestamp: number;
  readonly compression: CompressionName;
  readonly appendTime: boolean;
  readonly transactional: boolean;
  /** Holds a transaction marker instead of records. */
  readonly control: boolean;
  readonly producerId: bigint;
  readonly recordCount: number;
}

/**
 * Lists the complete batches of a fetch answer's record bytes. A batch cut off at the end (the broker cuts at the byte
 * limit) is left out. Throws `KAFKA_MESSAGE_FORMAT_TOO_OLD` for formats before Kafka 0.11.
 */
export function listBatches(bytes: Buffer): RecordBatch[] {
  const batches: RecordBatch[] = [];
  let start = 0;
  while (start + BATCH_HEADER_BYTES <= bytes.length) {
    const end = start + LOG_OVERHEAD + bytes.readInt32BE(start + 8);
    if (end > bytes.length) break;
    batches.push(readBatchHeader(bytes, start, end));
    start = end;
  }
  return batches;
}

function readBatchHeader(bytes: Buffer, start: number, end: number): RecordBatch {
  const magic = bytes[start + 16];
  if (magic !== 2) throw messageFormatTooOld(magic ?? 0);
  const attributes = bytes.readInt16BE(start + 21);
  const baseOffset = readInt64(bytes, start);
  return {
    bytes,
    start,
    end,
    baseOffset,
    lastOffset: baseOffset + bytes.readInt32BE(start + 23),
    baseTimestamp: readInt64(bytes, start + 27),
    maxTimestamp: readInt64(bytes, start + 35),
    compression: codecName(attributes & 0x07),
    appendTime: (attributes & 0x08) !== 0,
    transactional: (attributes & 0x10) !== 0,
    control: (attributes & 0x20) !== 0,
    producerId: bytes.readBigInt64BE(start + 43),
    recordCount: bytes.readInt32BE(start + 57),
  };
}

/**
 * The batch's record section, decompressed: `bytes[start, end)`. Uncompressed batches are not copied. Throws `KAFKA_BATCH_CORRUPT`.
 * The checksum is not verified: the broker did that when it took the batch, and TCP does on the way.
 */
export function recordSection(batch: RecordBatch): { bytes: Buffer; start: number; end: number } {
  const start = batch.start + BATCH_HEADER_BYTES;
  if (batch.compression === 'none') return { bytes: batch.bytes, start, end: batch.end };
  try {
    const bytes = decompress(batch.compression, batch.bytes.subarray(start, batch.end));
    return { bytes, start: 0, end: bytes.length };
  } catch (thrown) {
    throw batchCorrupt(batch, thrown instanceof Error ? thrown.message : String(thrown));
  }
}

/** Where one record's parts lie in its section's bytes. Lengths of -1 mean null. One instance is reused over a walk. */
export interface RecordView {
  offset: number;
  timestamp: number;
  keyStart: number;
  keyLength: number;
  valueStart: number;
  valueLength: number;
  headersStart: number;
  end: number;
}

/** Calls `visit` for every record of the batch in offset order with a reused view; `visit` returns false to stop. */
export function walkRecords(
  batch: RecordBatch,
  section: { bytes: Buffer; start: number },
  visit: (view: RecordView) => boolean,
): void {
  const cursor = new VarintCursor(section.bytes, section.start);
  const view: RecordView = {
    offset: 0,
    timestamp: 0,
    keyStart: 0,
    keyLength: 0,
    valueStart: 0,
    valueLength: 0,
    headersStart: 0,
    end: 0,
  };
  try {
    for (let n = 0; n < batch.recordCount; n++) {
      readRecord(cursor, batch, view);
      if (!visit(view)) return;
    }
  } catch (thrown) {
    if (thrown instanceof RangeError) throw batchCorrupt(batch, thrown.message);
    throw thrown;
  }
}

function readRecord(cursor: VarintCursor, batch: RecordBatch, view: RecordView): void {
  const length = cursor.next();
  view.end = cursor.position + length;
  cursor.position += 1;
  const timestampDelta = cursor.next();
  view.timestamp = batch.appendTime ? batch.maxTimestamp : batch.baseTimestamp + timestampDelta;
  view.offset = batch.baseOffset + cursor.next();
  view.keyLength = cursor.next();
  view.keyStart = cursor.position;
  if (view.keyLength > 0) cursor.position += view.keyLength;
  view.valueLength = cursor.next();
  view.valueStart = cursor.position;
  view.headersStart = view.valueStart + Math.max(0, view.valueLength);
  if (view.headersStart > view.end || view.end > cursor.bytes.length)
    throw new RangeError('A length points past the record.');
  cursor.position = view.end;
}

/** Copies one viewed record out of its section. */
export function copyRecord(
  batch: RecordBatch,
  bytes: Buffer,
  at: { view: RecordView; partition: number },
): MessageRecord {
  const { view, partition } = at;
  return {
    partition,
    offset: BigInt(view.offset),
    timestamp: view.timestamp,
    timestampType: batch.appendTime ? 'append' : 'create',
    key: copyField(bytes, view.keyStart, view.keyLength),
    value: copyField(bytes, view.valueStart, view.valueLength),
    headers: readHeaders(bytes, view.headersStart),
    keyBytes: Math.max(0, view.keyLength),
    valueBytes: Math.max(0, view.valueLength),
    compression: batch.compression,
  };
}

function readHeaders(bytes: Buffer, start: number): readonly MessageHeader[] {
  const cursor = new VarintCursor(bytes, start);
  const headers: MessageHeader[] = [];
  for (let left = cursor.next(); left > 0; left--) {
    const nameLength = cursor.next();
    const name = bytes.toString('utf8', cursor.position, cursor.position + nameLength);
    cursor.position += nameLength;
    const valueLength = cursor.next();
    headers.push({ name, value: copyField(bytes, cursor.position, valueLength) });
    cursor.position += Math.max(0, valueLength);
  }
  return headers;
}

function copyField(bytes: Buffer, start: number, length: number): Buffer | null {
  return length < 0 ? null : Buffer.from(bytes.subarray(start, start + length));
}

function messageFormatTooOld(magic: number): SealaneError {
  return new SealaneError({
    code: 'KAFKA_MESSAGE_FORMAT_TOO_OLD',
    message: 'The topic holds messages in a format that Kafka stopped writing with version 0.11.',
    why: `A message set has magic byte ${magic}; Sealane reads 2.`,
    remedy: 'Read from a later offset, or rewrite the topic with a current client.',
    details: { magic },
  });
}

function batchCorrupt(batch: RecordBatch, why: string): SealaneError {
  return new SealaneError({
    code: 'KAFKA_BATCH_CORRUPT',
    message: `The record batch at offset ${batch.baseOffset} cannot be read.`,
    why,
    remedy: 'Read the partition from the next offset on, and check the disks of the broker that leads it.',
    details: { baseOffset: batch.baseOffset, compression: batch.compression },
  });
}
