import { OutputBuffer } from '@sealane/binlog/bytes/output-buffer';
import { adjustYear } from '@sealane/binlog/columns/calendar';
import { textJsonWriter } from '@sealane/binlog/columns/converted-codecs';
import type { HandlingModes } from '@sealane/binlog/columns/handling-modes';
import type { ColumnType, TableColumn } from '@sealane/binlog/table/table-schema';
import { roundDecimal } from './round-decimal.ts';

/** `_utf8mb4'abc'`. */
const INTRODUCER = /^_[A-Za-z0-9]+'(.*)'$/;
/** What Debezium's DDL parser makes of CURRENT_TIMESTAMP. */
const NOW_SHOWN = '1970-01-01 00:00:00';
const ZERO_DATE = /^(?:\d{4}-\d{2}-00|\d{4}-00-\d{2}|0000-\d{2}-\d{2})(?: 00:00:00(?:\.\d{1,6})?)?$/;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)?$/;
const TIME = /^(?:\d.* )?(-?\d*:\d*)(:\d*)?(\.\d*)?$/;
/** Length of `YYYY-MM-DD hh:mm:ss.ffffff`. */
const MICROSECOND_LENGTH = 26;
const LONG_MAX = 2n ** 63n - 1n;

/**
 * A column's default as the JSON of its values, null where there is none. The literal of the DDL is read as Debezium 3.5 reads it
 * (`BinlogDefaultValueConverter`), with what it does not: escapes in text and the padding of BINARY; then it is written as a value is.
 */
export function defaultJson(column: TableColumn, modes: HandlingModes): string | null {
  const literal = column.declared?.defaultText ?? null;
  if (literal === null) return null;
  const { type } = column;
  if (type.family === 'timestamp' && isEpoch(literal.trim())) {
    return column.nullable ? null : '"1970-01-01T00:00:00Z"';
  }
  const text = serverText(column, literal, modes);
  if (text === null) return null;
  const out = new OutputBuffer({ initialBytes: 1024 });
  const cell = typeof text === 'string' ? Buffer.from(text) : text;
  const write = textJsonWriter({ ...column, type: withoutPadding(type) }, modes);
  write({ bytes: cell, start: 0, end: cell.length }, out);
  const json = out.written().toString();
  return json === 'null' ? null : json;
}

function isEpoch(text: string): boolean {
  return ZERO_DATE.test(text) || text === '0' || text === NOW_SHOWN;
}

function withoutPadding(type: ColumnType): ColumnType {
  return type.family === 'binary' ? { ...type, kind: 'varbinary' } : type;
}

/** The value as a cell of the text protocol; null: none. */
function serverText(
  { type, nullable }: TableColumn,
  literal: string,
  modes: HandlingModes,
): string | Buffer | null {
  const bare = (text: string): string => text.replace(INTRODUCER, '$1');
  const trimmed = bare(literal.trim());
  switch (type.family) {
    case 'integer':
      return integer(trimmed, type, modes);
    case 'year':
      return /^[+-]?\d+$/.test(trimmed) ? String(adjustYear(Number(trimmed))) : null;
    case 'decimal':
      return roundDecimal(digitOf(trimmed), type.scale);
    case 'float':
      return trimmed !== '' && Number.isFinite(Number(digitOf(trimmed))) ? digitOf(trimmed) : null;
    case 'bit':
      return bits(trimmed, type.length);
    case 'date':
    case 'datetime':
    case 'timestamp':
      return dateTime(trimmed, nullable);
    case 'time':
      return time(trimmed);
    case 'json':
    case 'geometry':
    case 'vector':
      return null;
    default:
      return bare(literal);
  }
}

/** TRUE and FALSE are numbers. */
function digitOf(text: string): string {
  const word = text.toLowerCase();
  return word === 'true' ? '1' : word === 'false' ? '0' : text;
}

/** Debezium reads all but the exact BIGINT UNSIGNED through a double, rounds, and stops at the largest int64. */
function integer(
  text: string,
  { bytes, unsigned }: Extract<ColumnType, { family: 'integer' }>,
  { bigintUnsignedHandlingMode }: HandlingModes,
): string | null {
  const digits = digitOf(text);
  if (bytes === 8 && unsigned && bigintUnsignedHandlingMode === 'precise') return roundDecimal(digits, 0);
  const value = Math.round(Number(digits));
  if (digits === '' || !Number.isFinite(value)) return null;
  const whole = BigInt(value);
  return String(whole > LONG_MAX ? LONG_MAX : whole);
}

/** Binary digits, or for a single bit any number. */
function bits(text: string, length: number): Buffer | null {
  if (length === 1) {
    const isSet = /^[+-]?\d+$/.test(text) ? Number(text) !== 0 : text.toLowerCase() === 'true';
    return Buffer.from([isSet ? 1 : 0]);
  }
  if (!/^[01]+$/.test(text)) return null;
  const value = BigInt(`0b${text}`);
  return Buffer.from(value.toString(16).padStart(((length + 7) >> 3) * 2, '0'), 'hex');
}

/** A date or a date with a time; what is none is the epoch where null is not allowed. */
function dateTime(text: string, nullable: boolean): string | null {
  if (!ZERO_DATE.test(text) && DATE_TIME.test(text))
    return text.length === 16 ? `${text}:00` : text.slice(0, MICROSECOND_LENGTH);
  return nullable ? null : NOW_SHOWN;
}

function time(text: string): string | null {
  const [, minutes, seconds = ':00', fraction = ''] = TIME.exec(text) ?? [];
  return minutes === undefined ? null : `${minutes}${seconds}${fraction.slice(0, 7)}`;
}
