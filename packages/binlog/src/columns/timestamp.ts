import { putPadded } from '../bytes/digits.ts';
import { u32be, u32le } from '../bytes/fixed-ints.ts';
import { OutputBuffer } from '../bytes/output-buffer.ts';
import { WireType } from '../table/wire-type.ts';
import {
  civilFromDays,
  type DateTimeParts,
  dateText,
  dateTimeText,
  daysFromCivil,
  fractionBytes,
  newParts,
  parseDateTimeText,
  readFraction,
} from './calendar.ts';
import type { CodecContext, ImageCodec, ImageContext, TextJsonWriter } from './column-codec.ts';
import { dateFlags, withNativeForm } from './native-form.ts';

const NULL = Buffer.from('null', 'latin1');
const QUOTE = 0x22;
const COLON = 58;
const MAX_JSON_BYTES = 32;
/** Of `"YYYY-MM-DDT`. */
const DATE_BYTES = 12;

/** Writes moments of one column as `"YYYY-MM-DDThh:mm:ss.ffffffZ"` (`io.debezium.time.ZonedTimestamp` in UTC), without asking for room. */
class ZonedWriter {
  readonly #fsp: number;
  /** Microseconds in a unit of the last digit. */
  readonly #unit: number;
  /** `"YYYY-MM-DDT` of the last moment's day: rows that follow each other are mostly of one day. */
  readonly #date = new OutputBuffer({ initialBytes: DATE_BYTES });
  #day = Number.NaN;

  constructor(fsp: number) {
    this.#fsp = fsp;
    this.#unit = 10 ** (6 - fsp);
  }

  put(out: OutputBuffer, seconds: number, micro: number): void {
    const day = Math.floor(seconds / 86400);
    if (day !== this.#day) this.#setDay(day);
    const { view } = this.#date;
    for (let k = 0; k < DATE_BYTES; k += 4) out.view.setInt32(out.length + k, view.getInt32(k, true), true);
    out.length += DATE_BYTES;
    putClock(out, seconds - day * 86400);
    if (this.#fsp > 0) {
      out.bytes[out.length++] = 46;
      putPadded(out, Math.floor(micro / this.#unit), this.#fsp);
    }
    out.bytes[out.length++] = 90;
    out.bytes[out.length++] = QUOTE;
  }

  #setDay(day: number): void {
    const parts = newParts();
    civilFromDays(day, parts);
    this.#day = day;
    this.#date.truncate(0);
    this.#date.appendText(`"${dateText(parts)}T`);
  }
}

/** `hh:mm:ss` */
function putClock(out: OutputBuffer, secondOfDay: number): void {
  const hour = (secondOfDay / 3600) | 0;
  const inHour = secondOfDay - hour * 3600;
  const minute = (inHour / 60) | 0;
  putPadded(out, hour, 2);
  out.bytes[out.length++] = COLON;
  putPadded(out, minute, 2);
  out.bytes[out.length++] = COLON;
  putPadded(out, inHour - minute * 60, 2);
}

/** The zero timestamp is null, or the epoch where null is not allowed. */
function putZero(out: OutputBuffer, nullable: boolean, zoned: ZonedWriter): void {
  if (!nullable) {
    zoned.put(out, 0, 0);
    return;
  }
  out.bytes.set(NULL, out.length);
  out.length += NULL.length;
}

/** Row images of TIMESTAMP(fsp): seconds since the epoch, big-endian (little-endian before MySQL 5.6), then the fraction. */
export function timestampImage({ type, wire, nullable }: ImageContext<'timestamp'>): ImageCodec {
  const old = wire.type === WireType.TIMESTAMP_OLD;
  const fraction = old ? 0 : fractionBytes(type.fsp);
  const zoned = new ZonedWriter(type.fsp);
  const secondsAt = old ? u32le : u32be;
  const codec: ImageCodec = {
    minBytes: 4 + fraction,
    maxFixedJson: MAX_JSON_BYTES,
    readValue: (src, pos) =>
      dateTimeText(
        momentParts(secondsAt(src.bytes, pos), readFraction(src.bytes, pos + 4, fraction)),
        type.fsp,
      ),
    skip: (_src, pos) => pos + 4 + fraction,
    writeJson: (src, pos, out) => {
      const seconds = secondsAt(src.bytes, pos);
      const micro = readFraction(src.bytes, pos + 4, fraction);
      if (seconds !== 0 || micro !== 0) zoned.put(out, seconds, micro);
      else putZero(out, nullable, zoned);
      return pos + 4 + fraction;
    },
  };
  const flags = dateFlags({ nullable, adjustsYears: false });
  return withNativeForm(codec, old ? null : { kind: 'timestamp', a: type.fsp, b: flags });
}

/** UTC; the zero timestamp has no date. */
function momentParts(seconds: number, micro: number): DateTimeParts {
  const parts = newParts();
  if (seconds === 0 && micro === 0) return parts;
  const day = Math.floor(seconds / 86400);
  const secondOfDay = seconds - day * 86400;
  civilFromDays(day, parts);
  parts.hour = Math.floor(secondOfDay / 3600);
  parts.minute = Math.floor(secondOfDay / 60) % 60;
  parts.second = secondOfDay % 60;
  parts.micro = micro;
  return parts;
}

/** Server text of a TIMESTAMP in a session whose time zone is UTC. */
export function timestampText({ type, nullable }: CodecContext<'timestamp'>): TextJsonWriter {
  const parts = newParts();
  const zoned = new ZonedWriter(type.fsp);
  return (cell, out) => {
    out.ensure(MAX_JSON_BYTES);
    parseDateTimeText(cell, parts);
    if (parts.month === 0) {
      putZero(out, nullable, zoned);
      return;
    }
    const day = daysFromCivil(parts.year, parts.month, parts.day);
    zoned.put(out, day * 86400 + parts.hour * 3600 + parts.minute * 60 + parts.second, parts.micro);
  };
}
