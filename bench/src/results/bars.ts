/** A figure and the least or most it may be. */
export interface Bar {
  title: string;
  value: number;
  limit: number;
  /** `least`: the value must reach the limit; `most`: it must not pass it. */
  bound: 'least' | 'most';
  unit: string;
}

/** Whether the bar is met; a figure that could not be measured never is. */
export function isMet(bar: Bar): boolean {
  return bar.bound === 'least' ? bar.value >= bar.limit : bar.value <= bar.limit;
}

/** One line per bar, e.g. `PASS  rows/s, ours over Debezium's: 5.9 × (at least 4 ×)`. */
export function describeBar(bar: Bar): string {
  const verdict = isMet(bar) ? 'PASS' : 'FAIL';
  return `${verdict}  ${bar.title}: ${round(bar.value)} ${bar.unit} (at ${bar.bound} ${round(bar.limit)} ${bar.unit})`;
}

/** Three significant digits, whole numbers from 100 on, thousands separated. */
export function round(value: number): string {
  if (!Number.isFinite(value)) return 'unknown';
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en-US');
  return String(Number(value.toPrecision(3)));
}
