import { malformed } from '../bytes/byte-source.ts';
import { appendJsonString } from '../bytes/json-string.ts';
import type { OutputBuffer } from '../bytes/output-buffer.ts';
import { WireType } from '../table/wire-type.ts';
import { dateText, dateTimeText, newParts } from './calendar.ts';
import { decimalToText } from './decimal.ts';

/** Appends a JSON value that has no JSON type of its own: decimals as numbers, temporal values as the server's text. */
export function appendOpaque(out: OutputBuffer, fieldType: number, data: Buffer): void {
  switch (fieldType) {
    case WireType.NEWDECIMAL:
      out.appendText(opaqueDecimal(data));
      return;
    case WireType.DATE:
    case WireType.DATETIME_OLD:
    case WireType.TIMESTAMP_OLD:
      appendJsonString(out, packedDateTime(packedOf(data), fieldType));
      return;
    case WireType.TIME_OLD:
      appendJsonString(out, packedTime(packedOf(data)));
      return;
    default:
      appendJsonString(out, `base64:type${fieldType}:${data.toString('base64')}`);
  }
}

function opaqueDecimal(data: Buffer): string {
  if (data.length < 3) throw malformed(`A JSON decimal has ${data.length} bytes.`);
  return decimalToText(data.subarray(2), { precision: data[0] ?? 0, scale: data[1] ?? 0 });
}

function packedOf(data: Buffer): bigint {
  if (data.length < 8) throw malformed(`A JSON date has ${data.length} bytes.`);
  return data.readBigInt64LE(0);
}

/** Packed: (((year × 13 + month) × 32 + day) × 2^17 + hour × 2^12 + minute × 2^6 + second) × 2^24 + microseconds. */
function packedDateTime(packed: bigint, fieldType: number): string {
  const parts = newParts();
  const whole = packed >> 24n;
  const date = Number(whole >> 17n);
  const clock = Number(whole & 0x1ffffn);
  const yearMonth = date >> 5;
  parts.year = Math.floor(yearMonth / 13);
  parts.month = yearMonth % 13;
  parts.day = date & 31;
  parts.hour = clock >> 12;
  parts.minute = (clock >> 6) & 63;
  parts.second = clock & 63;
  parts.micro = Number(packed & 0xffffffn);
  return fieldType === WireType.DATE ? dateText(parts) : dateTimeText(parts, 6);
}

function packedTime(packed: bigint): string {
  const magnitude = packed < 0n ? -packed : packed;
  const clock = Number(magnitude >> 24n);
  const pad = (value: number): string => String(value).padStart(2, '0');
  const text = `${pad(clock >> 12)}:${pad((clock >> 6) & 63)}:${pad(clock & 63)}`;
  return `${packed < 0n ? '-' : ''}${text}.${String(Number(magnitude & 0xffffffn)).padStart(6, '0')}`;
}
