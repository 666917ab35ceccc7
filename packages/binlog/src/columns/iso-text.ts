import type { DateTimeParts } from './calendar.ts';
import { dateText } from './calendar.ts';

/** The texts of `time.precision.mode=isostring`, as `java.time`'s ISO_OFFSET formatters write them in UTC, JSON quotes included. */

export function isoDateJson(parts: DateTimeParts): string {
  return `"${dateText(parts)}Z"`;
}

/** `micros`: of the day; the end of the day is its beginning, as for Java. */
export function isoTimeJson(micros: number): string {
  return `"${clockText(micros % 86_400_000_000)}Z"`;
}

export function isoDateTimeJson(parts: DateTimeParts): string {
  const seconds = parts.hour * 3600 + parts.minute * 60 + parts.second;
  return `"${dateText(parts)}T${clockText(seconds * 1_000_000 + parts.micro)}Z"`;
}

function clockText(micros: number): string {
  const seconds = Math.floor(micros / 1_000_000);
  const pad = (value: number): string => String(value).padStart(2, '0');
  const fraction = String(micros % 1_000_000)
    .padStart(6, '0')
    .replace(/0+$/, '');
  const clock = `${pad(Math.floor(seconds / 3600))}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`;
  return fraction === '' ? clock : `${clock}.${fraction}`;
}
