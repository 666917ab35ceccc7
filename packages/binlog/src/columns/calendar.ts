import { malformed } from '../bytes/byte-source.ts';
import { u8, u16be, u24be } from '../bytes/fixed-ints.ts';
import type { TextCell } from './column-codec.ts';

/** A wall-clock moment taken apart; one object per codec, filled again for every value. */
export interface DateTimeParts {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  micro: number;
}

export function newParts(): DateTimeParts {
  return { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0, micro: 0 };
}

/** Days since 1970-01-01 of a proleptic Gregorian date (Howard Hinnant, "chrono-compatible low-level date algorithms"). */
export function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146097 + dayOfEra - 719468;
}

/** The reverse of {@link daysFromCivil}, into `parts`. */
export function civilFromDays(days: number, parts: DateTimeParts): void {
  const z = days + 719468;
  const era = Math.floor(z / 146097);
  const dayOfEra = z - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  parts.day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  parts.month = shifted < 10 ? shifted + 3 : shifted - 9;
  parts.year = yearOfEra + era * 400 + (parts.month <= 2 ? 1 : 0);
}

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** False for zero dates, zero years and days that no calendar has (`2024-00-10`, `2023-02-31`). */
export function isRealDate(year: number, month: number, day: number): boolean {
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= (MONTH_DAYS[month - 1] ?? 0) + (leap ? 1 : 0);
}

/** Debezium's `enable.time.adjuster`: two-digit years become 1970 to 2069. */
export function adjustYear(year: number): number {
  if (year >= 100) return year;
  return year + (year < 70 ? 2000 : 1900);
}

/** Bytes that `fsp` fractional digits take on the wire. */
export function fractionBytes(fsp: number): number {
  return (fsp + 1) >> 1;
}

/** Microseconds of a fraction stored big-endian in `size` bytes: hundredths, ten-thousandths or millionths. */
export function readFraction(bytes: Uint8Array, pos: number, size: number): number {
  if (size === 0) return 0;
  if (size === 1) return checkedMicro(u8(bytes, pos) * 10000);
  return checkedMicro(size === 2 ? u16be(bytes, pos) * 100 : u24be(bytes, pos));
}

/** Only as many digits as a fraction has are written. */
function checkedMicro(micro: number): number {
  if (micro > 999_999) throw malformed(`A fraction of a second has ${micro} microseconds.`);
  return micro;
}

/** Takes apart the server's `YYYY-MM-DD[ hh:mm:ss[.ffffff]]`. */
export function parseDateTimeText(cell: TextCell, parts: DateTimeParts): void {
  const { bytes, start, end } = cell;
  parts.year = digits(bytes, start, 4);
  parts.month = digits(bytes, start + 5, 2);
  parts.day = digits(bytes, start + 8, 2);
  const hasTime = end - start > 10;
  parts.hour = hasTime ? digits(bytes, start + 11, 2) : 0;
  parts.minute = hasTime ? digits(bytes, start + 14, 2) : 0;
  parts.second = hasTime ? digits(bytes, start + 17, 2) : 0;
  parts.micro = end - start > 20 ? microseconds({ bytes, start: start + 20, end }) : 0;
}

/** The fraction digits of a text as microseconds. */
export function microseconds(cell: TextCell): number {
  const size = cell.end - cell.start;
  return digits(cell.bytes, cell.start, size) * 10 ** (6 - size);
}

function digits(bytes: Uint8Array, start: number, size: number): number {
  let value = 0;
  for (let i = start; i < start + size; i++) value = value * 10 + (bytes[i] as number) - 48;
  return value;
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

export function dateText(parts: DateTimeParts): string {
  return `${pad(parts.year, 4)}-${pad(parts.month, 2)}-${pad(parts.day, 2)}`;
}

/** The server's text with exactly `fsp` fraction digits. */
export function dateTimeText(parts: DateTimeParts, fsp: number): string {
  const time = `${pad(parts.hour, 2)}:${pad(parts.minute, 2)}:${pad(parts.second, 2)}`;
  return `${dateText(parts)} ${time}${fractionText(parts.micro, fsp)}`;
}

/** `.123` for 123000 and 3 digits; empty for none. */
export function fractionText(micro: number, fsp: number): string {
  return fsp === 0 ? '' : `.${pad(micro, 6).slice(0, fsp)}`;
}
