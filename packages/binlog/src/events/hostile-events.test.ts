import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { OutputBuffer } from '../bytes/output-buffer.ts';
import { DEFAULT_HANDLING_MODES, type HandlingModes } from '../columns/handling-modes.ts';
import { compileRowWriter } from '../row/row-writer.ts';
import type { ColumnType } from '../table/table-schema.ts';
import { WireType } from '../table/wire-type.ts';
import { EventType } from './event-type.ts';
import { parseMysqlGtid } from './parse-mysql-gtid.ts';
import { parsePreviousGtids } from './parse-previous-gtids.ts';
import { parseRowsEvent, requireColumns } from './parse-rows-event.ts';
import { parseTableMap } from './parse-table-map.ts';
import { RawEvent } from './raw-event.ts';
import { expandTransactionPayload } from './transaction-payload.ts';

const MALFORMED = expect.objectContaining({ code: 'BINLOG_EVENT_MALFORMED' });
/** A generous limit for what takes a millisecond, so that only an endless loop or a quadratic one misses it. */
const SOON_MS = 2_000;
/** Decompression that announces much work has two seconds, then it is cut off. */
const WATCHED_MS = 8_000;

function eventOf(type: number, ...body: Uint8Array[]): RawEvent {
  const bytes = Buffer.concat([Buffer.alloc(19), ...body]);
  bytes[4] = type;
  bytes.writeUInt32LE(bytes.length, 9);
  return new RawEvent(bytes, 0, bytes.length);
}

function bytes(...values: number[]): Buffer {
  return Buffer.from(values);
}

function u64(value: bigint): Buffer {
  const encoded = Buffer.alloc(8);
  encoded.writeBigUInt64LE(BigInt.asUintN(64, value));
  return encoded;
}

/** The JSON of a row of one column whose stored value is given. */
function rowJson(
  column: { type: ColumnType; wire: number; metadata: number; modes?: Partial<HandlingModes> },
  value: Buffer,
): string {
  const { type, wire, metadata } = column;
  const writer = compileRowWriter({
    schema: {
      database: 'd',
      table: 't',
      primaryKey: [],
      columns: [{ name: 'c', ordinal: 0, type, nullable: true, primaryKeyPosition: null, visible: true }],
    },
    tableMap: { types: Uint8Array.of(wire), metadata: Uint16Array.of(metadata) },
    modes: { ...DEFAULT_HANDLING_MODES, ...column.modes },
    present: null,
  });
  const row = Buffer.concat([bytes(0), value]);
  const out = new OutputBuffer();
  writer.writeRow({ bytes: row, end: row.length }, 0, out);
  return out.bytes.toString('utf8', 0, out.length);
}

/** Runs `use`, which must end in time, with a malformed event's error if with one. */
function soon(use: () => unknown, limitMs = SOON_MS): void {
  const startedAt = performance.now();
  try {
    use();
  } catch (error) {
    expect(error).toEqual(MALFORMED);
  }
  expect(performance.now() - startedAt).toBeLessThan(limitMs);
}

describe('rows events', () => {
  it('refuses images without a column: they take no bytes, so that a reader would find rows without end', () => {
    const event = eventOf(EventType.WRITE_ROWS_V1, Buffer.alloc(8), bytes(3, 0b000, 1, 2, 3));
    expect(() => parseRowsEvent(event)).toThrow(MALFORMED);
    const padded = eventOf(EventType.WRITE_ROWS_V1, Buffer.alloc(8), bytes(3, 0b11111000, 1, 2, 3));
    expect(() => parseRowsEvent(padded)).toThrow(MALFORMED);
  });

  it('refuses a rows event whose number of columns is not its table map’s', () => {
    const rows = parseRowsEvent(eventOf(EventType.WRITE_ROWS_V1, Buffer.alloc(8), bytes(3, 0b111, 0, 1)));
    expect(() => requireColumns(rows, 4)).toThrow(MALFORMED);
    expect(() => requireColumns(rows, 3)).not.toThrow();
  });
});

describe('values', () => {
  it('refuses a SET with more labels than it has bits: they would be read from the next column', () => {
    const labels = Array.from({ length: 9 }, (_, i) => `l${i}`);
    const set = { type: { family: 'set', labels }, wire: WireType.STRING, metadata: 0x01f8 } as const;
    expect(() => rowJson(set, bytes(1))).toThrow(MALFORMED);
  });

  it('refuses fractions of more than a second', () => {
    const type = { family: 'datetime', fsp: 6 } as const;
    const column = { type, wire: WireType.DATETIME2, metadata: 6 };
    expect(() => rowJson(column, bytes(0x99, 0xa9, 0, 0, 0, 0xff, 0xff, 0xff))).toThrow(MALFORMED);
  });

  it('writes numbers that JSON does not have as text', () => {
    const column = { type: { family: 'float', bytes: 8 }, wire: WireType.DOUBLE, metadata: 8 } as const;
    const stored = Buffer.alloc(8);
    stored.writeDoubleLE(Number.NaN);
    expect(rowJson(column, stored)).toBe('{"c":"NaN"}');
    stored.writeDoubleLE(Number.NEGATIVE_INFINITY);
    expect(rowJson(column, stored)).toBe('{"c":"-Infinity"}');
  });

  it('refuses an address that is longer than addresses are', () => {
    const column = { type: { family: 'inet4' }, wire: WireType.STRING, metadata: 0x04fe } as const;
    expect(() => rowJson(column, Buffer.concat([bytes(5), Buffer.alloc(5)]))).toThrow(MALFORMED);
  });

  it('refuses a compressed column value that is not as long as it says', () => {
    const type = { family: 'string', kind: 'varchar', charset: 'utf8mb4', length: 100 } as const;
    const column = { type, wire: WireType.VARCHAR_COMPRESSED, metadata: 101 };
    const stored = (announced: number): Buffer => {
      const value = Buffer.concat([bytes(0x81, announced), deflateSync('x'.repeat(60))]);
      return Buffer.concat([bytes(value.length), value]);
    };
    expect(rowJson(column, stored(60))).toBe(`{"c":"${'x'.repeat(60)}"}`);
    expect(() => rowJson(column, stored(61))).toThrow(MALFORMED);
    expect(() => rowJson(column, stored(59))).toThrow(MALFORMED);
  });

  it('spells binary data of any size in one piece', () => {
    const value = Buffer.alloc(2_000_000, 'some bytes');
    const length = Buffer.alloc(4);
    length.writeUInt32LE(value.length);
    const type = { family: 'binary', kind: 'blob', length: 0 } as const;
    const column = { type, wire: WireType.BLOB, metadata: 4 };
    const stored = Buffer.concat([length, value]);
    expect(rowJson(column, stored)).toBe(`{"c":"${value.toString('base64')}"}`);
    const hex = { ...column, modes: { binaryHandlingMode: 'hex' } as const };
    expect(rowJson(hex, stored)).toBe(`{"c":"${value.toString('hex')}"}`);
  });
});

describe('binary JSON', () => {
  const column = { type: { family: 'json' }, wire: WireType.JSON, metadata: 4 } as const;

  /** A large array of `count` entries that all point at one entry of the given type behind them. */
  function sharing(count: number, type: number, shared: Buffer): Buffer {
    const header = Buffer.alloc(8 + count * 5);
    const size = header.length + shared.length;
    header.writeUInt32LE(count, 0);
    header.writeUInt32LE(size, 4);
    for (let i = 0; i < count; i++) {
      header[8 + i * 5] = type;
      header.writeUInt32LE(header.length, 9 + i * 5);
    }
    const length = Buffer.alloc(4);
    length.writeUInt32LE(size + 1);
    return Buffer.concat([length, bytes(3), header, shared]);
  }

  it('refuses many entries that share one long text: a megabyte would become gigabytes', () => {
    const text = Buffer.concat([bytes(0x80, 0x80, 0x20), Buffer.alloc(524_288, 'x')]);
    soon(() => expect(() => rowJson(column, sharing(100_000, 12, text))).toThrow(MALFORMED));
  });

  it('refuses a container that holds itself', () => {
    const array = Buffer.from([2, 1, 0, 7, 0, 2, 0, 0]);
    const stored = Buffer.concat([bytes(array.length, 0, 0, 0), array]);
    expect(() => rowJson(column, stored)).toThrow(MALFORMED);
  });
});

describe('table maps', () => {
  it('refuses a primary key that names a column twice: its length would be without bounds', () => {
    const body = [
      Buffer.alloc(8),
      bytes(1, 0x64, 0, 1, 0x74, 0),
      bytes(1, WireType.LONG, 0, 0),
      bytes(8, 3, 0, 0, 0),
    ];
    expect(() => parseTableMap(eventOf(EventType.TABLE_MAP, ...body))).toThrow(MALFORMED);
  });
});

describe('GTIDs', () => {
  it.each([0n, 2n ** 63n, 2n ** 64n - 1n])(
    'refuses transaction number %s, which no server takes back',
    (gno) => {
      const event = eventOf(EventType.GTID, bytes(0), Buffer.alloc(16, 7), u64(gno));
      expect(() => parseMysqlGtid(event)).toThrow(MALFORMED);
    },
  );

  it('reads a set with very many gaps in the time that its length takes', () => {
    const intervals = 100_000;
    const pairs = Array.from({ length: intervals }, (_, i) => [
      u64(BigInt(i * 3 + 1)),
      u64(BigInt(i * 3 + 2)),
    ]);
    const head = [u64(1n), Buffer.alloc(16, 7), u64(BigInt(intervals))];
    const event = eventOf(EventType.PREVIOUS_GTIDS, ...head, Buffer.concat(pairs.flat()));
    soon(() => expect(parsePreviousGtids(event).toString().split(':')).toHaveLength(intervals + 1));
  });

  it('refuses intervals that are out of order', () => {
    const head = [u64(1n), Buffer.alloc(16, 7), u64(2n)];
    const event = eventOf(EventType.PREVIOUS_GTIDS, ...head, u64(9n), u64(10n), u64(1n), u64(2n));
    expect(() => parsePreviousGtids(event)).toThrow(MALFORMED);
  });
});

describe('transaction payloads', () => {
  function payload(size: number, packed: Buffer): RawEvent {
    const announced = Buffer.alloc(9);
    announced[0] = 254;
    announced.writeBigUInt64LE(BigInt(size), 1);
    return eventOf(EventType.TRANSACTION_PAYLOAD, bytes(2, 1, 0, 3, 9), announced, bytes(0), packed);
  }

  /** A frame header of 8 bytes of content size, then one last block of the given type. */
  function frame(type: number, block: Buffer): Buffer {
    const head = (block.length << 3) | (type << 1) | 1;
    const magic = bytes(0x28, 0xb5, 0x2f, 0xfd, 0xe0, ...Buffer.alloc(8));
    return Buffer.concat([magic, bytes(head & 0xff, (head >> 8) & 0xff, head >> 16), block]);
  }

  it('allocates nothing for a size that the data cannot have', () => {
    const before = process.memoryUsage().arrayBuffers;
    const packed = frame(0, Buffer.from('not much'));
    expect(() => expandTransactionPayload(payload(2 ** 30, packed))).toThrow(MALFORMED);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 26);
  });

  it('ends soon where a block announces more work than its size allows', () => {
    const sequences = bytes(0, 255, 0xff, 0xff, 0b01010100, 31, 52, 35, 0xff, 0xff, 0xff, 1);
    soon(() => expandTransactionPayload(payload(200_000, frame(2, sequences))));
    soon(() => expandTransactionPayload(payload(400_000, frame(2, sequences))), WATCHED_MS);
  });

  it('refuses a payload within a payload, and one without events', () => {
    const inner = eventOf(EventType.TRANSACTION_PAYLOAD, bytes(0)).bytes;
    const plain = (body: Buffer): RawEvent =>
      eventOf(EventType.TRANSACTION_PAYLOAD, bytes(2, 3, 252, 255, 0, 0), body);
    expect(() => expandTransactionPayload(plain(inner))).toThrow(MALFORMED);
    expect(() => expandTransactionPayload(plain(Buffer.alloc(0)))).toThrow(MALFORMED);
    expect(expandTransactionPayload(plain(eventOf(EventType.XID, u64(1n)).bytes))).toHaveLength(1);
  });
});
