import { putPadded } from '../bytes/digits.ts';
import { u32be, u32le } from '../bytes/fixed-ints.ts';
import type { OutputBuffer } from '../bytes/output-buffer.ts';
import { WireType } from '../table/wire-type.ts';
import {
  civilFromDays,
  type DateTimeParts,
  dateTimeText,
  fractionBytes,
  newParts,
  parseDateTimeText,
  readFraction,
} from './calendar.ts';
import type { CodecContext, ImageCodec, ImageContext, TextJsonWriter } from './column-codec.ts';

const NULL = Buffer.from('null', 'latin1');
const EPOCH = Buffer.from('"1970-01-01T00:00:00', 'latin1');
const QUOTE = 0x22;
const MAX_JSON_BYTES = 32;

/** `.ffffff` with exactly `fsp` digits, then `Z"`. */
function putTail(out: OutputBuffer, micro: number, fsp: number): void {
  if (fsp > 0) {
    out.bytes[out.length++] = 46;
    putPadded(out, Math.floor(micro / 10 ** (6 - fsp)), fsp);
  }
  out.bytes[out.length++] = 90;
  out.bytes[out.length++] = QUOTE;
}

/** The zero timestamp is null, or the epoch where null is not allowed. */
function putZero(out: OutputBuffer, context: CodecContext<'timestamp'>): void {
  if (context.nullable) {
    out.bytes.set(NULL, out.length);
    out.length += NULL.length;
    return;
  }
  out.bytes.set(EPOCH, out.length);
  out.length += EPOCH.length;
  putTail(out, 0, context.type.fsp);
}

function putPart(out: OutputBuffer, separator: number, value: number): void {
  out.bytes[out.length++] = separator;
  putPadded(out, value, 2);
}

/** Writes `"YYYY-MM-DDThh:mm:ss.ffffffZ"` (`io.debezium.time.ZonedTimestamp` in UTC). */
function putZoned(out: OutputBuffer, parts: DateTimeParts, fsp: number): void {
  out.bytes[out.length++] = QUOTE;
  putPadded(out, parts.year, 4);
  putPart(out, 45, parts.month);
  putPart(out, 45, parts.day);
  putPart(out, 84, parts.hour);
  putPart(out, 58, parts.minute);
  putPart(out, 58, parts.second);
  putTail(out, parts.micro, fsp);
}

/** Splits UTC seconds into `parts`; `days` of the date already in `parts` saves the calendar work. */
function splitSeconds(seconds: number, parts: DateTimeParts, knownDays: number): number {
  const days = Math.floor(seconds / 86400);
  if (days !== knownDays) civilFromDays(days, parts);
  const rest = seconds - days * 86400;
  parts.hour = (rest / 3600) | 0;
  const inHour = rest - parts.hour * 3600;
  parts.minute = (inHour / 60) | 0;
  parts.second = inHour - parts.minute * 60;
  return days;
}

/** Row images of TIMESTAMP(fsp): seconds since the epoch, big-endian (little-endian before MySQL 5.6), then the fraction. */
export function timestampImage(context: ImageContext<'timestamp'>): ImageCodec {
  const { type, wire } = context;
  const old = wire.type === WireType.TIMESTAMP_OLD;
  const fraction = old ? 0 : fractionBytes(type.fsp);
  const parts = newParts();
  let knownDays = Number.NaN;
  const read = (bytes: Uint8Array, pos: number): boolean => {
    const seconds = old ? u32le(bytes, pos) : u32be(bytes, pos);
    knownDays = splitSeconds(seconds, parts, knownDays);
    parts.micro = readFraction(bytes, pos + 4, fraction);
    return seconds !== 0 || parts.micro !== 0;
  };
  return {
    minBytes: 4 + fraction,
    maxFixedJson: MAX_JSON_BYTES,
    readValue: (src, pos) =>
      read(src.bytes, pos) ? dateTimeText(parts, type.fsp) : dateTimeText(newParts(), type.fsp),
    skip: (_src, pos) => pos + 4 + fraction,
    writeJson: (src, pos, out) => {
      if (read(src.bytes, pos)) putZoned(out, parts, type.fsp);
      else putZero(out, context);
      return pos + 4 + fraction;
    },
  };
}

/** Server text of a TIMESTAMP in a session whose time zone is UTC. */
export function timestampText(context: CodecContext<'timestamp'>): TextJsonWriter {
  const parts = newParts();
  return (cell, out) => {
    out.ensure(MAX_JSON_BYTES);
    parseDateTimeText(cell, parts);
    if (parts.month === 0) putZero(out, context);
    else putZoned(out, parts, context.type.fsp);
  };
}
