import { SealaneError } from '@sealane/errors/sealane-error';
import { MAX_NUMBER_BYTES, putInt } from '../bytes/digits.ts';
import { u24be, u24le } from '../bytes/fixed-ints.ts';
import type { OutputBuffer } from '../bytes/output-buffer.ts';
import { WireType } from '../table/wire-type.ts';
import { fractionBytes, fractionText } from './calendar.ts';
import {
  type CodecContext,
  cellText,
  type ImageCodec,
  type ImageContext,
  type TextJsonWriter,
} from './column-codec.ts';
import type { HandlingModes } from './handling-modes.ts';
import { isoTimeJson } from './iso-text.ts';
import { withNativeForm } from './native-form.ts';

const NULL = Buffer.from('null', 'latin1');
const DAY_MICROS = 86_400_000_000;

type TimeWriter = (micros: number, out: OutputBuffer) => void;

/** Integers in the mode's unit, signed; or those of `connect` and text of `isostring`, which know times of day only. */
function timeWriter({ modes }: CodecContext<'time'>): TimeWriter {
  switch (modes.timePrecisionMode) {
    case 'connect':
      return timeOfDay(modes, (micros, out) => putInt(out, Math.trunc(micros / 1000)));
    case 'isostring':
      return timeOfDay(modes, (micros, out) => out.appendText(isoTimeJson(micros)));
    case 'nanoseconds':
      return (micros, out) => putInt(out, micros * 1000);
    default:
      return (micros, out) => putInt(out, micros);
  }
}

/** A TIME that is no time of day is null, as Debezium has it under `event.converting.failure.handling.mode=warn`. */
function timeOfDay({ eventConvertingFailureHandlingMode }: HandlingModes, write: TimeWriter): TimeWriter {
  return (micros, out) => {
    if (micros >= 0 && micros <= DAY_MICROS) write(micros, out);
    else if (eventConvertingFailureHandlingMode === 'fail') throw noTimeOfDay(micros);
    else out.appendBytes(NULL);
  };
}

function noTimeOfDay(micros: number): SealaneError {
  return new SealaneError({
    code: 'VALUE_NOT_CONVERTIBLE',
    message: 'A TIME value is no time of day.',
    why: `It is ${timeText(micros, 6)}; time.precision.mode=connect and isostring know 00:00:00 to 24:00:00 only.`,
    remedy:
      'Choose another time.precision.mode, or event.converting.failure.handling.mode=warn, which writes null.',
  });
}

/**
 * TIME2: 24 bits big-endian offset by 0x800000 (hour 10 bits, minute 6, second 6), then the fraction. The whole,
 * fraction included, is one number minus an offset, so a negative time is negated as a whole.
 */
function readTime2(bytes: Uint8Array, pos: number, fraction: number): number {
  const scale = 256 ** fraction;
  let stored = u24be(bytes, pos);
  for (let i = 0; i < fraction; i++) stored = stored * 256 + (bytes[pos + 3 + i] as number);
  const signed = stored - 0x800000 * scale;
  const magnitude = Math.abs(signed);
  const hms = Math.floor(magnitude / scale);
  const parts = magnitude - hms * scale;
  const seconds = ((hms >> 12) & 0x3ff) * 3600 + ((hms >> 6) & 63) * 60 + (hms & 63);
  const micros = seconds * 1000000 + parts * (fraction === 1 ? 10000 : fraction === 2 ? 100 : 1);
  return signed < 0 ? -micros : micros;
}

/** The format before MySQL 5.6: the signed decimal number hhmmss in 3 bytes. */
function readOldTime(bytes: Uint8Array, pos: number): number {
  const value = (u24le(bytes, pos) << 8) >> 8;
  const magnitude = Math.abs(value);
  const seconds =
    Math.floor(magnitude / 10000) * 3600 + (Math.floor(magnitude / 100) % 100) * 60 + (magnitude % 100);
  return (value < 0 ? -seconds : seconds) * 1000000;
}

function timeText(micros: number, fsp: number): string {
  const magnitude = Math.abs(micros);
  const seconds = Math.floor(magnitude / 1000000);
  const pad = (value: number): string => String(value).padStart(2, '0');
  const clock = `${pad(Math.floor(seconds / 3600))}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`;
  return `${micros < 0 ? '-' : ''}${clock}${fractionText(magnitude % 1000000, fsp)}`;
}

/** Row images of TIME(fsp), both formats. */
export function timeImage(context: ImageContext<'time'>): ImageCodec {
  const { type, wire, modes } = context;
  const old = wire.type === WireType.TIME_OLD;
  const fraction = old ? 0 : fractionBytes(type.fsp);
  const size = 3 + fraction;
  const read = old ? readOldTime : (bytes: Uint8Array, pos: number) => readTime2(bytes, pos, fraction);
  const write = timeWriter(context);
  const codec: ImageCodec = {
    minBytes: size,
    maxFixedJson: MAX_NUMBER_BYTES,
    readValue: (src, pos) => timeText(read(src.bytes, pos), type.fsp),
    skip: (_src, pos) => pos + size,
    writeJson: (src, pos, out) => {
      write(read(src.bytes, pos), out);
      return pos + size;
    },
  };
  const inMicros = ['adaptive_time_microseconds', 'microseconds'].includes(modes.timePrecisionMode);
  return withNativeForm(codec, old || !inMicros ? null : { kind: 'time-micros', a: type.fsp });
}

/** The server's `[-]hhh:mm:ss[.ffffff]`. */
export function timeColumnText(context: CodecContext<'time'>): TextJsonWriter {
  const write = timeWriter(context);
  return (cell, out) => {
    const text = cellText(cell);
    const negative = text.startsWith('-');
    const [clock = '', fraction = ''] = (negative ? text.slice(1) : text).split('.');
    const [hours = '0', minutes = '0', seconds = '0'] = clock.split(':');
    const whole = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
    const micros = whole * 1000000 + Number(fraction.padEnd(6, '0'));
    out.ensure(MAX_NUMBER_BYTES);
    write(negative && micros !== 0 ? -micros : micros, out);
  };
}
