import { MAX_NUMBER_BYTES, putInt, putPadded, putUint } from '../bytes/digits.ts';
import { u16be, u24be, u64le } from '../bytes/fixed-ints.ts';
import type { OutputBuffer } from '../bytes/output-buffer.ts';
import { WireType } from '../table/wire-type.ts';
import {
  adjustYear,
  type DateTimeParts,
  dateTimeText,
  daysFromCivil,
  fractionBytes,
  isRealDate,
  newParts,
  parseDateTimeText,
  readFraction,
} from './calendar.ts';
import type { CodecContext, ImageCodec, ImageContext, TextJsonWriter } from './column-codec.ts';
import { isoDateTimeJson } from './iso-text.ts';
import { dateFlags, type NativeForm, withNativeForm } from './native-form.ts';

const NULL = Buffer.from('null', 'latin1');

/** Writes seconds and microseconds since the epoch as one integer of microseconds, exact beyond 2^53. */
export function putEpochMicros(out: OutputBuffer, seconds: number, micro: number): void {
  let whole = seconds;
  let fraction = micro;
  if (seconds < 0) {
    out.bytes[out.length++] = 45;
    whole = micro > 0 ? -seconds - 1 : -seconds;
    fraction = micro > 0 ? 1000000 - micro : 0;
  }
  if (whole === 0) {
    putUint(out, fraction);
    return;
  }
  putUint(out, whole);
  putPadded(out, fraction, 6);
}

type MomentWriter = (seconds: number, micro: number, out: OutputBuffer) => void;

const putMillis: MomentWriter = (seconds, micro, out) =>
  putInt(out, seconds * 1000 + Math.floor(micro / 1000));
const putMicros: MomentWriter = (seconds, micro, out) => putEpochMicros(out, seconds, micro);
const putNanos: MomentWriter = (seconds, micro, out) => {
  putEpochMicros(out, seconds, micro);
  if (seconds !== 0 || micro !== 0) putPadded(out, 0, 3);
};

/** Wall clock taken as UTC, in the mode's unit; the adaptive ones have milliseconds up to three fraction digits. */
function momentWriter({ type, modes }: CodecContext<'datetime'>): MomentWriter {
  switch (modes.timePrecisionMode) {
    case 'connect':
      return putMillis;
    case 'microseconds':
      return putMicros;
    case 'nanoseconds':
      return putNanos;
    default:
      return type.fsp <= 3 ? putMillis : putMicros;
  }
}

/** Text of mode `isostring`. */
function isoWriter({
  nullable,
  modes,
}: CodecContext<'datetime'>): (parts: DateTimeParts, out: OutputBuffer) => void {
  return (parts, out) => {
    if (isRealDate(parts.year, parts.month, parts.day)) {
      const year = modes.enableTimeAdjuster ? adjustYear(parts.year) : parts.year;
      out.appendText(isoDateTimeJson({ ...parts, year }));
    } else if (nullable) out.appendBytes(NULL);
    else out.appendText('"1970-01-01T00:00:00Z"');
  };
}

function dateTimeWriter(
  context: CodecContext<'datetime'>,
): (parts: DateTimeParts, out: OutputBuffer) => void {
  const { nullable, modes } = context;
  if (modes.timePrecisionMode === 'isostring') return isoWriter(context);
  const write = momentWriter(context);
  let lastDate = -1;
  let lastDays = 0;
  let lastReal = false;
  return (parts, out) => {
    const packed = (parts.year << 9) | (parts.month << 5) | parts.day;
    if (packed !== lastDate) {
      lastDate = packed;
      lastReal = isRealDate(parts.year, parts.month, parts.day);
      const year = modes.enableTimeAdjuster ? adjustYear(parts.year) : parts.year;
      lastDays = lastReal ? daysFromCivil(year, parts.month, parts.day) : 0;
    }
    if (!lastReal) {
      if (nullable) out.appendBytes(NULL);
      else putUint(out, 0);
      return;
    }
    const seconds = lastDays * 86400 + parts.hour * 3600 + parts.minute * 60 + parts.second;
    write(seconds, parts.micro, out);
  };
}

/** DATETIME2: 40 bits big-endian (sign, year × 13 + month in 17, day 5, hour 5, minute 6, second 6), then the fraction. */
function readDateTime2(bytes: Uint8Array, pos: number, parts: DateTimeParts): void {
  const high = u24be(bytes, pos);
  const low = u16be(bytes, pos + 3);
  const yearMonth = (high & 0x7fffff) >> 6;
  parts.year = (yearMonth / 13) | 0;
  parts.month = yearMonth - parts.year * 13;
  parts.day = (high >> 1) & 31;
  parts.hour = ((high & 1) << 4) | (low >> 12);
  parts.minute = (low >> 6) & 63;
  parts.second = low & 63;
}

/** The format before MySQL 5.6: the decimal number YYYYMMDDhhmmss in 8 bytes. */
function readOldDateTime(bytes: Uint8Array, pos: number, parts: DateTimeParts): void {
  const value = Number(u64le(bytes, pos));
  const date = Math.floor(value / 1000000) % 100000000;
  const time = value % 1000000;
  parts.year = Math.floor(date / 10000);
  parts.month = Math.floor(date / 100) % 100;
  parts.day = date % 100;
  parts.hour = Math.floor(time / 10000);
  parts.minute = Math.floor(time / 100) % 100;
  parts.second = time % 100;
  parts.micro = 0;
}

function nativeForm(context: ImageContext<'datetime'>): NativeForm | null {
  const { type, wire, nullable, modes } = context;
  const { timePrecisionMode } = modes;
  if (wire.type === WireType.DATETIME_OLD) return null;
  if (timePrecisionMode === 'isostring' || timePrecisionMode === 'nanoseconds') return null;
  const kind = momentWriter(context) === putMillis ? 'datetime-millis' : 'datetime-micros';
  return { kind, a: type.fsp, b: dateFlags({ nullable, adjustsYears: modes.enableTimeAdjuster }) };
}

/** Row images of DATETIME(fsp), both formats. */
export function dateTimeImage(context: ImageContext<'datetime'>): ImageCodec {
  const { type, wire } = context;
  const old = wire.type === WireType.DATETIME_OLD;
  const fraction = old ? 0 : fractionBytes(type.fsp);
  const size = old ? 8 : 5 + fraction;
  const parts = newParts();
  const read = old
    ? readOldDateTime
    : (bytes: Uint8Array, pos: number): void => {
        readDateTime2(bytes, pos, parts);
        parts.micro = readFraction(bytes, pos + 5, fraction);
      };
  const write = dateTimeWriter(context);
  const codec: ImageCodec = {
    minBytes: size,
    maxFixedJson: MAX_NUMBER_BYTES,
    readValue: (src, pos) => {
      read(src.bytes, pos, parts);
      return dateTimeText(parts, type.fsp);
    },
    skip: (_src, pos) => pos + size,
    writeJson: (src, pos, out) => {
      read(src.bytes, pos, parts);
      write(parts, out);
      return pos + size;
    },
  };
  return withNativeForm(codec, nativeForm(context));
}

export function dateTimeColumnText(context: CodecContext<'datetime'>): TextJsonWriter {
  const write = dateTimeWriter(context);
  const parts = newParts();
  return (cell, out) => {
    out.ensure(MAX_NUMBER_BYTES);
    parseDateTimeText(cell, parts);
    write(parts, out);
  };
}
