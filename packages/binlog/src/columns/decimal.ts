import type { ByteSource } from '../bytes/byte-source.ts';
import { malformed } from '../bytes/byte-source.ts';
import type { OutputBuffer } from '../bytes/output-buffer.ts';
import {
  type CodecContext,
  cellText,
  type ImageCodec,
  type ImageContext,
  type TextJsonWriter,
} from './column-codec.ts';
import type { HandlingModes } from './handling-modes.ts';
import { appendDouble } from './java-floats.ts';
import { NATIVE_PRECISION, type NativeForm, withNativeForm } from './native-form.ts';
import { appendUnscaledBase64, putUnscaledBase64, WideInteger } from './unscaled.ts';

/** Bytes that 0 to 9 decimal digits take (MySQL `strings/decimal.cc`, dig2bytes). */
const DIGIT_BYTES = [0, 1, 1, 2, 2, 3, 3, 4, 4, 4] as const;
/** Up to this precision the unscaled value is exact as a number. */
const NUMBER_PRECISION = 15;

/** One run of digits in the packed form. */
interface DigitGroup {
  readonly bytes: number;
  /** 10 to the number of digits. */
  readonly power: number;
}

interface DecimalLayout {
  readonly groups: readonly DigitGroup[];
  readonly size: number;
}

function digitGroup(digits: number): DigitGroup {
  return { bytes: DIGIT_BYTES[digits] ?? 4, power: 10 ** digits };
}

/** Packed DECIMAL: an incomplete group first, whole groups of nine, then the fraction the other way round. */
function layoutOf(precision: number, scale: number): DecimalLayout {
  const integer = precision - scale;
  const groups: DigitGroup[] = [];
  if (integer % 9 > 0) groups.push(digitGroup(integer % 9));
  for (let i = 0; i < Math.floor(integer / 9) + Math.floor(scale / 9); i++) groups.push(digitGroup(9));
  if (scale % 9 > 0) groups.push(digitGroup(scale % 9));
  return { groups, size: groups.reduce((sum, group) => sum + group.bytes, 0) };
}

/** One group's value: big-endian, inverted (`flip` 0xff) in negative numbers. */
function groupValue(bytes: Uint8Array, pos: number, shape: { bytes: number; flip: number }): number {
  let value = 0;
  for (let i = 0; i < shape.bytes; i++) value = value * 256 + ((bytes[pos + i] as number) ^ shape.flip);
  return value;
}

function checkGroup(value: number, group: DigitGroup): number {
  if (value >= group.power) throw malformed(`A DECIMAL digit group holds ${value}.`);
  return value;
}

/** The sign is the first byte's top bit, stored inverted; it is no digit. */
function firstGroup(bytes: Uint8Array, pos: number, group: DigitGroup): number {
  const flip = (bytes[pos] as number) & 0x80 ? 0 : 0xff;
  const raw = groupValue(bytes, pos, { bytes: group.bytes, flip });
  return raw % 2 ** (group.bytes * 8 - 1);
}

/**
 * The unscaled value of a DECIMAL of up to 15 digits. The loops stand here twice because this is the row path:
 * objects and calls per group would cost more than the arithmetic.
 */
function readNumber(bytes: Uint8Array, pos: number, layout: DecimalLayout): number {
  const flip = (bytes[pos] as number) & 0x80 ? 0 : 0xff;
  const groups = layout.groups;
  let value = 0;
  let at = pos;
  for (let i = 0; i < groups.length; i++) {
    const group = groups[i] as DigitGroup;
    let digits = (bytes[at] as number) ^ flip;
    if (i === 0) digits &= 0x7f;
    for (let k = 1; k < group.bytes; k++) digits = digits * 256 + ((bytes[at + k] as number) ^ flip);
    value = value * group.power + checkGroup(digits, group);
    at += group.bytes;
  }
  return flip === 0 ? value : -value;
}

function readBigint(bytes: Uint8Array, pos: number, layout: DecimalLayout): bigint {
  const flip = (bytes[pos] as number) & 0x80 ? 0 : 0xff;
  let value = 0n;
  let at = pos;
  for (const group of layout.groups) {
    const digits =
      at === pos ? firstGroup(bytes, at, group) : groupValue(bytes, at, { bytes: group.bytes, flip });
    value = value * BigInt(group.power) + BigInt(checkGroup(digits, group));
    at += group.bytes;
  }
  return flip === 0 ? value : -value;
}

/** The same into `value`, without its sign; true when the DECIMAL is negative. */
function readWide(
  bytes: Uint8Array,
  pos: number,
  { layout, value }: { layout: DecimalLayout; value: WideInteger },
): boolean {
  const flip = (bytes[pos] as number) & 0x80 ? 0 : 0xff;
  const groups = layout.groups;
  let at = pos;
  value.clear();
  for (let i = 0; i < groups.length; i++) {
    const group = groups[i] as DigitGroup;
    let digits = (bytes[at] as number) ^ flip;
    if (i === 0) digits &= 0x7f;
    for (let k = 1; k < group.bytes; k++) digits = digits * 256 + ((bytes[at + k] as number) ^ flip);
    value.multiplyAdd(group.power, checkGroup(digits, group));
    at += group.bytes;
  }
  return flip !== 0;
}

/** `-1234` with scale 2 is `-12.34`; the scale's zeros are kept. */
export function unscaledToText(unscaled: bigint, scale: number): string {
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(scale + 1, '0');
  const sign = unscaled < 0n ? '-' : '';
  if (scale === 0) return sign + digits;
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** Exact text of a packed DECIMAL that stands alone (inside binary JSON). */
export function decimalToText(packed: Buffer, shape: { precision: number; scale: number }): string {
  const layout = layoutOf(shape.precision, shape.scale);
  if (shape.scale > shape.precision || layout.groups.length === 0 || layout.size > packed.length) {
    throw malformed(`DECIMAL(${shape.precision},${shape.scale}) does not fit into ${packed.length} bytes.`);
  }
  return unscaledToText(readBigint(packed, 0, layout), shape.scale);
}

function appendDecimal(
  out: OutputBuffer,
  unscaled: bigint,
  context: { scale: number; modes: HandlingModes },
): void {
  const { scale, modes } = context;
  if (modes.decimalHandlingMode === 'precise') appendUnscaledBase64(out, unscaled);
  else if (modes.decimalHandlingMode === 'double') appendDouble(out, Number(unscaledToText(unscaled, scale)));
  else out.appendText(`"${unscaledToText(unscaled, scale)}"`);
}

function nativeForm({ type, modes }: ImageContext<'decimal'>): NativeForm | null {
  const { precision, scale } = type;
  if (precision > NATIVE_PRECISION || modes.decimalHandlingMode === 'double') return null;
  const kind = modes.decimalHandlingMode === 'precise' ? 'decimal-base64' : 'decimal-text';
  return { kind, a: precision, b: scale };
}

/** Row images of DECIMAL(precision, scale); layout from MySQL `strings/decimal.cc`, decimal2bin. */
export function decimalImage(context: ImageContext<'decimal'>): ImageCodec {
  const { type, modes } = context;
  const layout = layoutOf(type.precision, type.scale);
  const wide = { layout, value: new WideInteger() };
  const writeNumber = (src: ByteSource, pos: number, out: OutputBuffer): number => {
    putUnscaledBase64(out, readNumber(src.bytes, pos, layout));
    return pos + layout.size;
  };
  const writeWide = (src: ByteSource, pos: number, out: OutputBuffer): number => {
    const isNegative = readWide(src.bytes, pos, wide);
    wide.value.appendBase64(out, isNegative);
    return pos + layout.size;
  };
  const writeAny = (src: ByteSource, pos: number, out: OutputBuffer): number => {
    appendDecimal(out, readBigint(src.bytes, pos, layout), { scale: type.scale, modes });
    return pos + layout.size;
  };
  const codec: ImageCodec = {
    minBytes: layout.size,
    maxFixedJson: 16,
    readValue: (src, pos) => unscaledToText(readBigint(src.bytes, pos, layout), type.scale),
    skip: (_src, pos) => pos + layout.size,
    writeJson:
      modes.decimalHandlingMode !== 'precise'
        ? writeAny
        : type.precision <= NUMBER_PRECISION
          ? writeNumber
          : writeWide,
  };
  return withNativeForm(codec, nativeForm(context));
}

/** Server text of a DECIMAL: digits with exactly `scale` of them behind the point. */
export function decimalText({ type, modes }: CodecContext<'decimal'>): TextJsonWriter {
  return (cell, out) => {
    const unscaled = BigInt(cellText(cell).replace('.', ''));
    appendDecimal(out, unscaled, { scale: type.scale, modes });
  };
}
