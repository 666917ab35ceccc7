import { SealaneError } from '@sealane/errors/sealane-error';
import { malformed } from '../bytes/byte-source.ts';
import { u16le, u48le } from '../bytes/fixed-ints.ts';
import { inflateMariadbBody } from './compressed-body.ts';
import { EventType, eventTypeName } from './event-type.ts';
import type { RawEvent } from './raw-event.ts';
import type { PartialRowsEvent, RowsEvent, RowsKind } from './rows-event.ts';

interface RowsShape {
  readonly kind: RowsKind;
  /** v2 has a length-prefixed block of extra data behind the flags. */
  readonly v2: boolean;
  readonly compressed: boolean;
}

function byType<T>(entries: ReadonlyArray<readonly [type: number, value: T]>): ReadonlyArray<T | undefined> {
  const values = new Array<T | undefined>(256).fill(undefined);
  for (const [type, value] of entries) values[type] = value;
  return values;
}

/** By event type: an array, for it is asked for every event. */
const SHAPES = byType<RowsShape>([
  [EventType.WRITE_ROWS_V1, { kind: 'insert', v2: false, compressed: false }],
  [EventType.UPDATE_ROWS_V1, { kind: 'update', v2: false, compressed: false }],
  [EventType.DELETE_ROWS_V1, { kind: 'delete', v2: false, compressed: false }],
  [EventType.WRITE_ROWS_V2, { kind: 'insert', v2: true, compressed: false }],
  [EventType.UPDATE_ROWS_V2, { kind: 'update', v2: true, compressed: false }],
  [EventType.DELETE_ROWS_V2, { kind: 'delete', v2: true, compressed: false }],
  [EventType.MARIADB_WRITE_ROWS_COMPRESSED_V1, { kind: 'insert', v2: false, compressed: true }],
  [EventType.MARIADB_UPDATE_ROWS_COMPRESSED_V1, { kind: 'update', v2: false, compressed: true }],
  [EventType.MARIADB_DELETE_ROWS_COMPRESSED_V1, { kind: 'delete', v2: false, compressed: true }],
  [EventType.MARIADB_WRITE_ROWS_COMPRESSED, { kind: 'insert', v2: true, compressed: true }],
  [EventType.MARIADB_UPDATE_ROWS_COMPRESSED, { kind: 'update', v2: true, compressed: true }],
  [EventType.MARIADB_DELETE_ROWS_COMPRESSED, { kind: 'delete', v2: true, compressed: true }],
]);

/** Laid out like UPDATE_ROWS_V2 as far as the rows. */
const PARTIAL_SHAPE: RowsShape = { kind: 'update', v2: true, compressed: false };

const END_OF_STATEMENT = 0x0001;

/** True for every event that carries row changes, also those that {@link parseRowsEvent} refuses. */
export function isRowsEvent(type: number): boolean {
  return SHAPES[type] !== undefined || isPartialRows(type) || type === EventType.MARIADB_PARTIAL_ROW_DATA;
}

/** True for updates that may hold JSON as differences, which {@link parsePartialRowsEvent} takes. */
export function isPartialRows(type: number): boolean {
  return type === EventType.PARTIAL_UPDATE_ROWS;
}

/** Why the rows of such an event cannot be had; null for any other event, rows events that can be read among them. */
export function unreadableRows(event: RawEvent): SealaneError | null {
  return event.type === EventType.MARIADB_PARTIAL_ROW_DATA ? unsupported(event.type) : null;
}

/**
 * Parses the head of a rows event; row images stay bytes. Layout: MySQL `rows_event.h`, class Rows_event.
 * Throws `BINLOG_EVENT_UNSUPPORTED` for MariaDB's PARTIAL_ROW_DATA and for PARTIAL_UPDATE_ROWS, whose rows are in another form.
 */
export function parseRowsEvent(event: RawEvent): RowsEvent {
  const shape = SHAPES[event.type];
  if (shape === undefined) throw unsupported(event.type);
  return parseHead(event, shape);
}

/** Parses the head of a PARTIAL_UPDATE_ROWS event; its rows become row images by `compilePartialRows`. */
export function parsePartialRowsEvent(event: RawEvent): PartialRowsEvent {
  return { partial: parseHead(event, PARTIAL_SHAPE) };
}

function parseHead(event: RawEvent, shape: RowsShape): RowsEvent {
  const { bytes, end } = event;
  let at = event.bodyStart;
  if (at + 8 > end) throw malformed('A rows event is too short for its head.');
  const tableId = u48le(bytes, at);
  const flags = u16le(bytes, at + 6);
  at += 8;
  if (shape.v2) {
    const extra = at + 2 <= end ? u16le(bytes, at) : 0;
    if (extra < 2 || at + extra > end) throw malformed(`A rows event has ${extra} bytes of extra data.`);
    at += extra;
  }
  const head = readBitmaps({ bytes, at, end }, shape.kind === 'update');
  const rows = shape.compressed ? inflateMariadbBody(event, head.at) : { bytes, start: head.at, end };
  return {
    kind: shape.kind,
    tableId,
    bytes: rows.bytes,
    start: rows.start,
    end: rows.end,
    columnCount: head.columnCount,
    present: head.present,
    presentAfter: head.presentAfter,
    endOfStatement: (flags & END_OF_STATEMENT) !== 0,
  };
}

/**
 * Throws `BINLOG_EVENT_MALFORMED` unless the rows event has as many columns as the table map it refers to: its bitmaps
 * would speak of other columns.
 */
export function requireColumns({ columnCount }: Pick<RowsEvent, 'columnCount'>, mapped: number): void {
  if (columnCount !== mapped)
    throw malformed(`A rows event has ${columnCount} columns, its table map ${mapped}.`);
}

interface Head {
  readonly at: number;
  readonly columnCount: number;
  readonly present: Uint8Array | null;
  readonly presentAfter: Uint8Array | null;
}

function readBitmaps(src: { bytes: Buffer; at: number; end: number }, isUpdate: boolean): Head {
  const { bytes, end } = src;
  let at = src.at;
  let columnCount = at < end ? (bytes[at++] as number) : 0;
  if (columnCount === 252 && at + 2 <= end) {
    columnCount = bytes.readUInt16LE(at);
    at += 2;
  }
  const size = (columnCount + 7) >> 3;
  if (columnCount === 0 || columnCount > 4096 || at + (isUpdate ? 2 : 1) * size > end) {
    throw malformed(`A rows event of ${columnCount} columns does not fit.`);
  }
  const present = bitmapOrAll(bytes, at, columnCount);
  at += size;
  if (isEmpty(present)) throw malformed('A rows event has row images without a column.');
  if (!isUpdate) return { at, columnCount, present, presentAfter: null };
  const presentAfter = bitmapOrAll(bytes, at, columnCount);
  return { at: at + size, columnCount, present, presentAfter };
}

/** Such an image takes no bytes, so that nobody can say how many of them there are. */
function isEmpty(present: Uint8Array | null): boolean {
  return present?.every((byte) => byte === 0) ?? false;
}

/** null when every column is there, which is the common case and saves a copy. */
function bitmapOrAll(bytes: Buffer, at: number, columnCount: number): Uint8Array | null {
  const whole = columnCount >> 3;
  let all = true;
  for (let i = 0; i < whole; i++) if (bytes[at + i] !== 0xff) all = false;
  const rest = columnCount & 7;
  const mask = (1 << rest) - 1;
  if (rest > 0 && ((bytes[at + whole] as number) & mask) !== mask) all = false;
  if (all) return null;
  const bitmap = Uint8Array.from(bytes.subarray(at, at + ((columnCount + 7) >> 3)));
  if (rest > 0) bitmap[whole] = (bitmap[whole] as number) & mask;
  return bitmap;
}

function unsupported(type: number): SealaneError {
  return new SealaneError({
    code: 'BINLOG_EVENT_UNSUPPORTED',
    message: `The binlog holds a ${eventTypeName(type)} event, which Sealane does not decode.`,
    why: 'It carries row changes in a partial form; skipping it would lose them.',
    remedy:
      `Switch the feature off on the server (${settingOf(type)}) and reset the stored offset to take a new snapshot. ` +
      'To go on without those rows: set event.processing.failure.handling.mode to warn.',
    details: { eventType: type },
  });
}

function settingOf(type: number): string {
  if (type !== EventType.MARIADB_PARTIAL_ROW_DATA) return 'the setting that writes it';
  return 'SET GLOBAL binlog_row_event_fragment_threshold to its maximum';
}
