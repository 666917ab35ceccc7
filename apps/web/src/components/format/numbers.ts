/** Numbers as the console shows them: unit always, thousands grouped, `–` for unknown and `0` for zero. */
import type { StageLag } from '@sealane/contracts/live';

export const UNKNOWN = '–';

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });

/** A count with grouped digits. Text counts (64-bit) are grouped without passing through a double. */
export function formatCount(value: number | string | null | undefined): string {
  if (value === null || value === undefined) return UNKNOWN;
  if (typeof value === 'string') return /^-?\d+$/.test(value) ? BigInt(value).toLocaleString('en-US') : value;
  return Number.isFinite(value) ? grouped.format(value) : UNKNOWN;
}

/** A count where room is short: `1.2M`. */
export function formatCompact(value: number | null | undefined): string {
  return value === null || value === undefined ? UNKNOWN : compact.format(value);
}

const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** Bytes in decimal units: `14.2 MB`. */
export function formatBytes(value: number | string | null | undefined): string {
  if (value === null || value === undefined) return UNKNOWN;
  let amount = Number(value);
  let unit = 0;
  while (Math.abs(amount) >= 1000 && unit < byteUnits.length - 1) {
    amount /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || amount >= 100 ? 0 : 1;
  return `${amount.toFixed(digits)} ${byteUnits[unit]}`;
}

/** Milliseconds in the unit that reads best: `0.4 ms`, `12 ms`, `1.24 s`, `2 m 14 s`, `5 h 10 m`, `3 d 4 h`. */
export function formatDuration(ms: number | null | undefined): string {
  if (ms === null || ms === undefined || !Number.isFinite(ms)) return UNKNOWN;
  const size = Math.abs(ms);
  if (size === 0) return '0 ms';
  if (size < 0.05) return '<0.1 ms';
  if (size < 10) return `${ms.toFixed(1)} ms`;
  if (size < 1000) return `${Math.round(ms)} ms`;
  if (size < 60_000) return `${(ms / 1000).toFixed(size < 10_000 ? 2 : 1)} s`;
  const seconds = Math.round(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} m ${seconds % 60} s`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h ${minutes % 60} m`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/**
 * A lag of at least `ms`, which may be up to `precisionMs` more where commits are dated no finer: `<1 s`, `≥2.30 s`. A millisecond
 * or less is no matter.
 */
export function formatLag(ms: number | null | undefined, precisionMs: number | null | undefined): string {
  const precision = precisionMs ?? 0;
  if (ms === null || ms === undefined || precision <= 1) return formatDuration(ms);
  return ms < precision ? `<${precision / 1000} s` : `≥${formatDuration(ms)}`;
}

/** The whole lag, from the commit to the acknowledgement. */
export function lagText(lag: StageLag | undefined): string {
  return formatLag(lag?.totalMs, lag?.commitPrecisionMs);
}

/** Rows per second, whole: `83,120 rows/s`. */
export function formatRate(rowsPerSecond: number | null | undefined): string {
  if (rowsPerSecond === null || rowsPerSecond === undefined) return UNKNOWN;
  const small = rowsPerSecond > 0 && rowsPerSecond < 10;
  return `${small ? rowsPerSecond.toFixed(1) : formatCount(Math.round(rowsPerSecond))} rows/s`;
}

/** A share of one core: `12.4 %`. */
export function formatPercent(value: number | null | undefined): string {
  return value === null || value === undefined ? UNKNOWN : `${value.toFixed(1)} %`;
}

/** `1 table`, `3 tables`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
