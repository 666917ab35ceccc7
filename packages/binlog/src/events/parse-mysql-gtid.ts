import { malformed } from '../bytes/byte-source.ts';
import { EventReader } from '../bytes/event-reader.ts';
import { MAX_GNO, TAG } from '../gtid/mysql-gtid-set.ts';
import { formatUuid } from '../gtid/uuid.ts';
import { EventType } from './event-type.ts';
import type { RawEvent } from './raw-event.ts';

/** A MySQL GTID event: opens a transaction. */
export interface MysqlGtidEvent {
  /** `uuid:number` or `uuid:tag:number`; null for an anonymous transaction (`gtid_mode` not ON). */
  readonly gtid: string | null;
  readonly uuid: string;
  readonly gno: bigint;
  /** '' for none. */
  readonly tag: string;
  /** Logical clock: this transaction may run beside others that came after `lastCommitted`. */
  readonly lastCommitted: number;
  readonly sequenceNumber: number;
  /** Commit on the server we read from, microseconds since the epoch; null before MySQL 8.0.1. */
  readonly immediateCommitTimestampUs: number | null;
  /** Commit on the server where it was first executed. */
  readonly originalCommitTimestampUs: number | null;
  /** Bytes of the whole transaction in the binlog, this event included; null before MySQL 8.0.2. */
  readonly transactionLength: number | null;
}

/** Bit 55 of the first timestamp: a second one follows. */
const HAS_ORIGINAL_TIMESTAMP = 2 ** 55;

/** Parses GTID, ANONYMOUS_GTID and GTID_TAGGED. Layout: MySQL `control_events.h`, class Gtid_event. */
export function parseMysqlGtid(event: RawEvent): MysqlGtidEvent {
  if (event.type === EventType.GTID_TAGGED) return parseTagged(event);
  const reader = new EventReader(event, event.bodyStart);
  reader.skip(1);
  const uuid = formatUuid(reader.take(16));
  const gno = reader.uint64();
  const clock = reader.remaining >= 17 && reader.uint(1) === 2;
  const lastCommitted = clock ? reader.safeUint64('A logical clock') : 0;
  const sequenceNumber = clock ? reader.safeUint64('A logical clock') : 0;
  const times = readTimes(reader);
  const anonymous = event.type === EventType.ANONYMOUS_GTID;
  if (!anonymous) checkGno(gno);
  const transactionLength = times.immediate !== null && reader.remaining > 0 ? reader.lengthEncoded() : null;
  return {
    gtid: anonymous ? null : `${uuid}:${gno}`,
    uuid,
    gno,
    tag: '',
    lastCommitted,
    sequenceNumber,
    immediateCommitTimestampUs: times.immediate,
    originalCommitTimestampUs: times.original,
    transactionLength,
  };
}

function readTimes(reader: EventReader): { immediate: number | null; original: number | null } {
  if (reader.remaining < 7) return { immediate: null, original: null };
  const first = reader.uint(4) + reader.uint(3) * 2 ** 32;
  if (first < HAS_ORIGINAL_TIMESTAMP) return { immediate: first, original: first };
  return { immediate: first - HAS_ORIGINAL_TIMESTAMP, original: reader.uint(4) + reader.uint(3) * 2 ** 32 };
}

/** A GTID is stored and sent back to the server, which takes no other numbers. */
function checkGno(gno: bigint): void {
  if (gno < 1n || gno > MAX_GNO) throw malformed(`The transaction number ${gno} does not exist.`);
}

/** Fields of GTID_TAGGED by id. */
const FIELD = {
  flags: 0,
  uuid: 1,
  gno: 2,
  tag: 3,
  lastCommitted: 4,
  sequence: 5,
  immediate: 6,
  original: 7,
  length: 8,
};

/**
 * GTID_TAGGED is one message of `mysql::serialization`: version, size, last field that may not be ignored, then
 * fields in ascending id order, every number a variable-length integer. Source: MySQL `libs/mysql/serialization`.
 */
function parseTagged(event: RawEvent): MysqlGtidEvent {
  const reader = new EventReader(event, event.bodyStart);
  if (varint(reader) !== 1n) throw malformed('A tagged GTID event has an unknown version.');
  const size = Number(varint(reader));
  const message = new EventReader(
    { bytes: event.bytes, end: Math.min(event.bodyStart + size, event.end) },
    reader.pos,
  );
  varint(message);
  const numbers = new Map<number, bigint>();
  let uuid = '';
  let tag = '';
  while (message.remaining > 0) {
    const id = Number(varint(message));
    if (id === FIELD.uuid)
      uuid = formatUuid(Buffer.from(Array.from({ length: 16 }, () => Number(varint(message) & 0xffn))));
    else if (id === FIELD.tag) tag = message.text(Number(varint(message)));
    else if (id === FIELD.gno || id === FIELD.lastCommitted || id === FIELD.sequence)
      numbers.set(id, signed(varint(message)));
    else if (id <= FIELD.length) numbers.set(id, varint(message));
    else break;
  }
  return taggedEvent({ uuid, tag }, numbers);
}

function taggedEvent(
  name: { uuid: string; tag: string },
  numbers: ReadonlyMap<number, bigint>,
): MysqlGtidEvent {
  const gno = numbers.get(FIELD.gno);
  if (name.uuid === '' || gno === undefined) throw malformed('A tagged GTID event names no transaction.');
  checkGno(gno);
  if (name.tag !== '' && !TAG.test(name.tag)) throw malformed('The tag of a GTID is not a name.');
  const numberOf = (id: number): number | null => {
    const value = numbers.get(id);
    return value === undefined ? null : Number(value);
  };
  const immediate = numberOf(FIELD.immediate);
  return {
    gtid: name.tag === '' ? `${name.uuid}:${gno}` : `${name.uuid}:${name.tag}:${gno}`,
    ...name,
    gno,
    lastCommitted: numberOf(FIELD.lastCommitted) ?? 0,
    sequenceNumber: numberOf(FIELD.sequence) ?? 0,
    immediateCommitTimestampUs: immediate,
    originalCommitTimestampUs: numberOf(FIELD.original) ?? immediate,
    transactionLength: numberOf(FIELD.length),
  };
}

/** Trailing one bits of the first byte tell how many bytes follow; eight ones: a plain 64-bit integer follows. */
function varint(reader: EventReader): bigint {
  const first = reader.uint(1);
  let extra = 0;
  while (extra < 8 && ((first >> extra) & 1) === 1) extra++;
  let rest = 0n;
  for (let i = 0; i < extra; i++) rest |= BigInt(reader.uint(1)) << BigInt(8 * i);
  if (extra === 8) return rest;
  return (BigInt(first) >> BigInt(extra + 1)) | (rest << BigInt(7 - extra));
}

function signed(value: bigint): bigint {
  return value & 1n ? -(value >> 1n) - 1n : value >> 1n;
}
