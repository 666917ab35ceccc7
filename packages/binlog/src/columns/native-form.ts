import type { ImageCodec } from './column-codec.ts';

/** What native code knows of columns, in the order of `Kind` in `native/column.h`, which says what `a` and `b` of each mean. */
const KINDS = [
  'other',
  'integer',
  'decimal-base64',
  'decimal-text',
  'utf8',
  'single-byte',
  'enum',
  'set',
  'date',
  'datetime-millis',
  'datetime-micros',
  'timestamp',
  'time-micros',
  'year',
  'float',
  'double',
  'base64',
  'bits',
] as const;

/** A column as native code writes it: the bytes that the codec's `writeJson` gives, or none and the value is left to that. */
export interface NativeForm {
  readonly kind: (typeof KINDS)[number];
  readonly a?: number;
  readonly b?: number;
  readonly texts?: readonly Buffer[];
}

/** `b` of the kinds with dates, as in `native/column.h`. */
const NULLABLE = 1;
const ADJUSTS_YEARS = 2;
/** Decimals of more digits are left to JavaScript. */
export const NATIVE_PRECISION = 38;

const OTHER: NativeForm = { kind: 'other' };

/** The number by which native code calls a kind. */
export function kindNumber({ kind }: NativeForm): number {
  return KINDS.indexOf(kind);
}

/** `b` of a column with dates. */
export function dateFlags({ nullable, adjustsYears }: { nullable: boolean; adjustsYears: boolean }): number {
  return (nullable ? NULLABLE : 0) | (adjustsYears ? ADJUSTS_YEARS : 0);
}

/** Says that native code writes what this codec does. It stands for this very `writeJson`: a codec made of the codec loses it with that. */
export function withNativeForm(codec: ImageCodec, form: NativeForm | null): ImageCodec {
  return form === null ? codec : { ...codec, native: { form, writes: codec.writeJson } };
}

/** What native code makes of a column with this codec. */
export function nativeFormOf({ native, writeJson }: ImageCodec): NativeForm {
  return native?.writes === writeJson ? native.form : OTHER;
}
