import { OutputBuffer } from '../bytes/output-buffer.ts';
import type { ColumnType } from '../table/table-schema.ts';
import { cellText, type ImageCodec, type ImageContext, type TextJsonWriter } from './column-codec.ts';
import { doubleText, floatText } from './java-floats.ts';

/** What a converter makes of a column's values, in keys as in rows, and of its type in the record's schema. */
export type ColumnConversion =
  /** Integers as booleans: true above 0. */
  | { readonly kind: 'boolean' }
  /** Booleans, numbers and text as 1 (true, above 0) or 0. */
  | { readonly kind: 'small-boolean' }
  /** Numbers as float32 or float64. */
  | { readonly kind: 'real'; readonly bytes: 4 | 8 }
  /** Text, binary data taken as UTF-8, numbers as Java prints them; `charset` is told in the schema. */
  | { readonly kind: 'text'; readonly charset: string | null }
  /** Zero and impossible dates, and NULL, as the JSON value `fallback`; null: as null. */
  | { readonly kind: 'zero-date'; readonly fallback: number | string | null };

/** A conversion as it acts on one column's values. */
export interface CompiledConversion {
  readonly image: (codec: ImageCodec) => ImageCodec;
  readonly text: (writer: TextJsonWriter) => TextJsonWriter;
}

/** What stands for NULL in a converted column, where that is not `null`. */
export function convertedNull(conversion: ColumnConversion | undefined): Buffer | null {
  if (conversion?.kind !== 'zero-date' || conversion.fallback === null) return null;
  return Buffer.from(JSON.stringify(conversion.fallback));
}

/** Whether the converted column may be null in records. */
export function convertedNullable(conversion: ColumnConversion, nullable: boolean): boolean {
  return nullable || (conversion.kind === 'zero-date' && conversion.fallback === null);
}

const TRUE = Buffer.from('true');
const FALSE = Buffer.from('false');

/** Integers as booleans, straight from their bytes. */
export function booleanImage({ type }: ImageContext<'integer'>, codec: ImageCodec): ImageCodec {
  const { bytes: size, unsigned } = type;
  return {
    ...codec,
    writeJson: (src, pos, out) => {
      const value = unsigned ? src.bytes.readUIntLE(pos, size) : src.bytes.readIntLE(pos, size);
      out.appendBytes(value > 0 ? TRUE : FALSE);
      return pos + size;
    },
  };
}

export const booleanText: TextJsonWriter = (cell, out) =>
  out.appendBytes(Number(cellText(cell)) > 0 ? TRUE : FALSE);

const NULL = Buffer.from('null');

/**
 * Zero dates as `fallback`; the codec must be compiled for a nullable column, so that it writes `null` for them. `trims`: fractions of
 * seconds lose the zeros at their end, as Java's ISO_OFFSET_DATE_TIME prints them.
 */
export function zeroDateConversion(fallback: Buffer, { trims }: { trims: boolean }): CompiledConversion {
  const finish = (out: OutputBuffer, start: number): void => {
    const json = out.bytes.subarray(start, out.length);
    if (json.equals(NULL)) {
      out.truncate(start);
      out.appendBytes(fallback);
    } else if (trims) {
      const trimmed = json.toString('latin1').replace(/\.?0*Z"$/, 'Z"');
      out.truncate(start);
      out.appendText(trimmed);
    }
  };
  return {
    image: (codec) => ({
      ...codec,
      writeJson: (src, pos, out) => {
        const start = out.length;
        const next = codec.writeJson(src, pos, out);
        finish(out, start);
        return next;
      },
    }),
    text: (writer) => (cell, out) => {
      const start = out.length;
      writer(cell, out);
      finish(out, start);
    },
  };
}

type Rewriting = Extract<ColumnConversion, { kind: 'small-boolean' | 'real' | 'text' }>;

/**
 * Conversions that go by way of the value's plain JSON, whose codec must be compiled with exact texts for decimals and base64 for
 * binary data: so a snapshot gives what the stream gives.
 */
export function rewritingConversion(conversion: Rewriting, type: ColumnType): CompiledConversion {
  const scratch = new OutputBuffer({ initialBytes: 1024 });
  const rewrite = rewriteOf(conversion, type);
  return {
    image: (codec) => ({
      ...codec,
      maxFixedJson: 0,
      writeJson: (src, pos, out) => {
        scratch.truncate(0);
        scratch.ensure(codec.maxFixedJson + 8);
        const next = codec.writeJson(src, pos, scratch);
        out.appendText(rewrite(scratch.written().toString()));
        return next;
      },
    }),
    text: (writer) => (cell, out) => {
      scratch.truncate(0);
      writer(cell, scratch);
      out.appendText(rewrite(scratch.written().toString()));
    },
  };
}

/** JSON to JSON. */
type Rewrite = (json: string) => string;

function rewriteOf(conversion: Rewriting, type: ColumnType): Rewrite {
  const textOf = plainText(type);
  switch (conversion.kind) {
    case 'small-boolean':
      return (json) => (isTrue(textOf(json)) ? '1' : '0');
    case 'real': {
      const print = conversion.bytes === 4 ? (value: number) => floatText(Math.fround(value)) : doubleText;
      return (json) => print(numberOf(textOf(json)));
    }
    case 'text':
      return (json) => JSON.stringify(textOf(json));
  }
}

/** The text of a value from its JSON: a string's own, base64 decoded for binary data, else the JSON itself. */
function plainText({ family }: ColumnType): (json: string) => string {
  if (family === 'binary') return (json) => Buffer.from(String(JSON.parse(json)), 'base64').toString('utf8');
  return (json) => (json.startsWith('"') ? String(JSON.parse(json)) : json);
}

/** As Java's `Integer.parseInt` and `Boolean.parseBoolean` take it; numbers are cut to an integer first. */
function isTrue(text: string): boolean {
  return /^true$/i.test(text) || Math.trunc(numberOf(text)) > 0;
}

function numberOf(text: string): number {
  if (text === 'true') return 1;
  const value = text.trim() === '' ? 0 : Number(text);
  return Number.isFinite(value) ? value : 0;
}
