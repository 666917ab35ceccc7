import type { ByteSource } from '../bytes/byte-source.ts';
import { MAX_NUMBER_BYTES, putInt, putUint } from '../bytes/digits.ts';
import { u8, u24le } from '../bytes/fixed-ints.ts';
import type { OutputBuffer } from '../bytes/output-buffer.ts';
import { adjustYear, dateText, daysFromCivil, isRealDate, newParts, parseDateTimeText } from './calendar.ts';
import {
  type CodecContext,
  cellText,
  type ImageCodec,
  type ImageContext,
  type TextJsonWriter,
} from './column-codec.ts';
import { isoDateJson } from './iso-text.ts';
import { dateFlags, withNativeForm } from './native-form.ts';

const NULL = Buffer.from('null', 'latin1');

/** Row images of YEAR: one byte, years since 1900, 0 = year 0000. */
export function yearImage(_context: ImageContext<'year'>): ImageCodec {
  const read = (src: ByteSource, pos: number): number => {
    const stored = u8(src.bytes, pos);
    return stored === 0 ? 0 : 1900 + stored;
  };
  const codec: ImageCodec = {
    minBytes: 1,
    maxFixedJson: MAX_NUMBER_BYTES,
    readValue: read,
    skip: (_src, pos) => pos + 1,
    writeJson: (src, pos, out) => {
      putUint(out, read(src, pos));
      return pos + 1;
    },
  };
  return withNativeForm(codec, { kind: 'year' });
}

export function yearText(_context: CodecContext<'year'>): TextJsonWriter {
  return (cell, out) => {
    out.ensure(MAX_NUMBER_BYTES);
    putUint(out, Number(cellText(cell)));
  };
}

/** Writes days since the epoch; a date that no calendar has is null, or the epoch where null is not allowed. */
function dateWriter(context: CodecContext<'date'>): (packed: number, out: OutputBuffer) => void {
  const { nullable, modes } = context;
  if (modes.timePrecisionMode === 'isostring') return isoDateWriter(context);
  let lastPacked = -1;
  let lastDays = 0;
  let lastReal = false;
  return (packed, out) => {
    if (packed !== lastPacked) {
      const year = packed >>> 9;
      const month = (packed >>> 5) & 15;
      const day = packed & 31;
      lastReal = isRealDate(year, month, day);
      lastDays = lastReal ? daysFromCivil(modes.enableTimeAdjuster ? adjustYear(year) : year, month, day) : 0;
      lastPacked = packed;
    }
    if (lastReal || !nullable) putInt(out, lastDays);
    else out.appendBytes(NULL);
  };
}

/** Text of mode `isostring`. */
function isoDateWriter({
  nullable,
  modes,
}: CodecContext<'date'>): (packed: number, out: OutputBuffer) => void {
  const parts = newParts();
  return (packed, out) => {
    parts.year = packed >>> 9;
    parts.month = (packed >>> 5) & 15;
    parts.day = packed & 31;
    if (isRealDate(parts.year, parts.month, parts.day)) {
      if (modes.enableTimeAdjuster) parts.year = adjustYear(parts.year);
      out.appendText(isoDateJson(parts));
    } else if (nullable) out.appendBytes(NULL);
    else out.appendText('"1970-01-01Z"');
  };
}

/** Row images of DATE: three little-endian bytes, year in 15 bits, month in 4, day in 5. */
export function dateImage(context: ImageContext<'date'>): ImageCodec {
  const write = dateWriter(context);
  const parts = newParts();
  const { nullable, modes } = context;
  const codec: ImageCodec = {
    minBytes: 3,
    maxFixedJson: MAX_NUMBER_BYTES,
    readValue: (src, pos) => {
      const packed = u24le(src.bytes, pos);
      parts.year = packed >>> 9;
      parts.month = (packed >>> 5) & 15;
      parts.day = packed & 31;
      return dateText(parts);
    },
    skip: (_src, pos) => pos + 3,
    writeJson: (src, pos, out) => {
      write(u24le(src.bytes, pos), out);
      return pos + 3;
    },
  };
  const flags = dateFlags({ nullable, adjustsYears: modes.enableTimeAdjuster });
  return withNativeForm(codec, modes.timePrecisionMode === 'isostring' ? null : { kind: 'date', b: flags });
}

export function dateColumnText(context: CodecContext<'date'>): TextJsonWriter {
  const write = dateWriter(context);
  const parts = newParts();
  return (cell, out) => {
    out.ensure(MAX_NUMBER_BYTES);
    parseDateTimeText(cell, parts);
    write((parts.year << 9) | (parts.month << 5) | parts.day, out);
  };
}
