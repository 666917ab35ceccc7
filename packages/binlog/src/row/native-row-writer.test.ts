import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OutputBuffer } from '../bytes/output-buffer.ts';
import type { ColumnRule } from '../columns/column-rule.ts';
import { DEFAULT_HANDLING_MODES } from '../columns/handling-modes.ts';
import type { ColumnType, TableColumn } from '../table/table-schema.ts';
import { WireType } from '../table/wire-type.ts';
import { randomModes } from '../testing/random-schemas.ts';
import { checkSameRow } from '../testing/same-row.ts';
import { loadNativeRows } from './native-rows.ts';
import { compileRowWriter } from './row-writer.ts';
import type { RowCodecOptions } from './row-writer-types.ts';

interface Declared {
  readonly type: ColumnType;
  readonly wire: number;
  readonly metadata: number;
  /** Any value, as the image has it. */
  readonly value: fc.Arbitrary<Buffer>;
}

function fixed(size: number): fc.Arbitrary<Buffer> {
  return fc.uint8Array({ minLength: size, maxLength: size }).map((bytes) => Buffer.from(bytes));
}

/** Behind a length prefix. */
function varying(prefix: number, content: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Buffer> {
  return content.map((bytes) => {
    const value = Buffer.alloc(prefix + bytes.length);
    value.writeUIntLE(bytes.length, 0, prefix);
    value.set(bytes, prefix);
    return value;
  });
}

const anyBytes = fc.uint8Array({ maxLength: 40 });
const anyText = fc.string({ unit: 'grapheme', maxLength: 30 }).map((text) => Buffer.from(text));
const labels = ['small', 'a "quoted" one', 'naïve', ''];

function float(size: 4 | 8): fc.Arbitrary<Buffer> {
  const near =
    size === 4 ? fc.float({ noNaN: true, min: -10, max: 10 }) : fc.double({ noNaN: true, min: -10, max: 10 });
  return fc.oneof(
    fixed(size),
    near.map((value) => {
      const bytes = Buffer.alloc(size);
      if (size === 4) bytes.writeFloatLE(value);
      else bytes.writeDoubleLE(value);
      return bytes;
    }),
  );
}

const INTEGERS = [
  [1, WireType.TINY],
  [2, WireType.SHORT],
  [3, WireType.INT24],
  [4, WireType.LONG],
  [8, WireType.LONGLONG],
] as const;

const DECIMALS = [
  [5, 2, 3],
  [9, 9, 4],
  [15, 4, 7],
  [18, 0, 8],
  [38, 10, 17],
  [38, 38, 17],
  [65, 30, 30],
] as const;

const FRACTIONS = [0, 1, 2, 3, 4, 5, 6] as const;

function string(charset: string, value: fc.Arbitrary<Uint8Array>): Declared {
  const type = { family: 'string', kind: 'varchar', charset, length: 300 } as const;
  return { type, wire: WireType.VARCHAR, metadata: 300, value: varying(2, value) };
}

const DECLARED: readonly Declared[] = [
  ...INTEGERS.flatMap(([bytes, wire]) =>
    [false, true].map((unsigned) => ({
      type: { family: 'integer', bytes, unsigned } as const,
      wire,
      metadata: 0,
      value: fixed(bytes),
    })),
  ),
  ...DECIMALS.map(([precision, scale, size]) => ({
    type: { family: 'decimal', precision, scale } as const,
    wire: WireType.NEWDECIMAL,
    metadata: precision | (scale << 8),
    value: fixed(size),
  })),
  ...FRACTIONS.flatMap((fsp) => {
    const fraction = (fsp + 1) >> 1;
    return [
      {
        type: { family: 'time', fsp } as const,
        wire: WireType.TIME2,
        metadata: fsp,
        value: fixed(3 + fraction),
      },
      {
        type: { family: 'datetime', fsp } as const,
        wire: WireType.DATETIME2,
        metadata: fsp,
        value: fixed(5 + fraction),
      },
      {
        type: { family: 'timestamp', fsp } as const,
        wire: WireType.TIMESTAMP2,
        metadata: fsp,
        value: fixed(4 + fraction),
      },
    ];
  }),
  { type: { family: 'date' }, wire: WireType.DATE, metadata: 0, value: fixed(3) },
  { type: { family: 'year' }, wire: WireType.YEAR, metadata: 0, value: fixed(1) },
  { type: { family: 'float', bytes: 4 }, wire: WireType.FLOAT, metadata: 4, value: float(4) },
  { type: { family: 'float', bytes: 8 }, wire: WireType.DOUBLE, metadata: 8, value: float(8) },
  { type: { family: 'bit', length: 1 }, wire: WireType.BIT, metadata: 1, value: fixed(1) },
  { type: { family: 'bit', length: 37 }, wire: WireType.BIT, metadata: 5 | (4 << 8), value: fixed(5) },
  string('utf8mb4', anyText),
  string('utf8mb4', anyBytes),
  string('latin1', anyBytes),
  string('swe7', anyBytes),
  string('gbk', anyBytes),
  {
    type: { family: 'binary', kind: 'binary', length: 12 },
    wire: WireType.STRING,
    metadata: WireType.STRING | (12 << 8),
    value: varying(1, anyBytes),
  },
  {
    type: { family: 'binary', kind: 'blob', length: 0 },
    wire: WireType.BLOB,
    metadata: 3,
    value: varying(3, anyBytes),
  },
  {
    type: { family: 'enum', labels },
    wire: WireType.STRING,
    metadata: WireType.ENUM | (1 << 8),
    value: fc.integer({ min: 0, max: 6 }).map((index) => Buffer.of(index)),
  },
  {
    type: { family: 'set', labels },
    wire: WireType.STRING,
    metadata: WireType.SET | (1 << 8),
    value: fc.integer({ min: 0, max: 31 }).map((bits) => Buffer.of(bits)),
  },
];

function codecOf(declared: readonly Declared[], isNullable = true): RowCodecOptions {
  const columns = declared.map(
    ({ type }, ordinal): TableColumn => ({
      name: `column "${ordinal}"`,
      ordinal,
      type,
      nullable: isNullable,
      primaryKeyPosition: null,
      visible: true,
    }),
  );
  return {
    schema: { database: 'd', table: 't', columns, primaryKey: [] },
    tableMap: {
      types: Uint8Array.from(declared, ({ wire }) => wire),
      metadata: Uint16Array.from(declared, ({ metadata }) => metadata),
    },
    modes: DEFAULT_HANDLING_MODES,
    present: null,
  };
}

/** An image of the columns; about one value of eight is NULL. */
function imageOf(declared: readonly Declared[]): fc.Arbitrary<Buffer> {
  const values = declared.map(({ value }) => fc.option(value, { freq: 8 }));
  return fc.tuple(...values).map((cells) => {
    const nulls = Buffer.alloc((cells.length + 7) >> 3);
    cells.forEach((cell, i) => {
      if (cell === null) nulls[i >> 3] = (nulls[i >> 3] as number) | (1 << (i & 7));
    });
    return Buffer.concat([nulls, ...cells.filter((cell) => cell !== null)]);
  });
}

const native = loadNativeRows();

function compareRow(options: RowCodecOptions, bytes: Buffer): void {
  const writers = { native: compileRowWriter({ ...options, native }), script: compileRowWriter(options) };
  const common = {
    kind: 'insert',
    tableId: 1,
    columnCount: options.schema.columns.length,
    endOfStatement: true,
  } as const;
  const rows = { ...common, bytes, start: 0, end: bytes.length, present: null, presentAfter: null };
  checkSameRow(rows, 0, writers);
}

describe('native code', () => {
  it.each(DECLARED.map((declared) => [JSON.stringify(declared.type), declared] as const))(
    'writes what JavaScript writes of any value: %s',
    (_title, declared) => {
      const modes = randomModes({ count: 10, seed: 1 });
      const each = fc.record({
        image: imageOf([declared]),
        modes: fc.constantFrom(DEFAULT_HANDLING_MODES, ...modes),
        isNullable: fc.boolean(),
      });
      fc.assert(
        fc.property(each, ({ image, modes: chosen, isNullable }) =>
          compareRow({ ...codecOf([declared], isNullable), modes: chosen }, image),
        ),
        { numRuns: 400 },
      );
    },
  );

  it('writes what JavaScript writes of rows of all types, some columns left out', () => {
    const valid = DECLARED.filter(({ type }) => !['decimal', 'enum', 'set'].includes(type.family));
    const each = fc.record({ image: imageOf(valid), step: fc.integer({ min: 1, max: 5 }) });
    fc.assert(
      fc.property(each, ({ image, step }) =>
        compareRow({ ...codecOf(valid), included: (ordinal) => step === 1 || ordinal % step !== 0 }, image),
      ),
      { numRuns: 200 },
    );
  });

  it('refuses an image that is cut anywhere as JavaScript does', () => {
    const [image] = fc.sample(imageOf(DECLARED), { numRuns: 1, seed: 7 });
    if (image === undefined) throw new Error('no image');
    for (let size = 0; size < image.length; size++) compareRow(codecOf(DECLARED), image.subarray(0, size));
  });

  it('leaves a masked column to JavaScript', () => {
    const texts = [string('utf8mb4', anyText), string('utf8mb4', anyText), string('utf8mb4', anyText)];
    const rule: ColumnRule = { kind: 'mask', length: 5 };
    const options = {
      ...codecOf(texts),
      native,
      rules: (ordinal: number) => (ordinal === 1 ? rule : undefined),
    };
    const bytes = Buffer.from('\0\x05\0alice\x06\0secret\x03\0bob', 'latin1');
    const out = new OutputBuffer();
    compileRowWriter(options).writeRow({ bytes, end: bytes.length }, 0, out);
    expect(JSON.parse(out.written().toString())).toEqual({
      'column "0"': 'alice',
      'column "1"': '*****',
      'column "2"': 'bob',
    });
  });

  it('goes on where the room ended', () => {
    const texts = Array.from({ length: 20 }, () => string('utf8mb4', anyText));
    const value = Buffer.from('\x0f\0some "long" text', 'latin1').subarray(0, 17);
    const bytes = Buffer.concat([Buffer.alloc(3), ...texts.map(() => value)]);
    const write = (options: RowCodecOptions): string => {
      const out = new OutputBuffer({ initialBytes: 8 });
      expect(compileRowWriter(options).writeRow({ bytes, end: bytes.length }, 0, out)).toBe(bytes.length);
      return out.written().toString();
    };
    expect(write({ ...codecOf(texts), native })).toBe(write(codecOf(texts)));
  });
});
