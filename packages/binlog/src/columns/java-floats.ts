import { putAscii } from '../bytes/digits.ts';
import type { OutputBuffer } from '../bytes/output-buffer.ts';

/** Appends a double as Java's `Double.toString` spells it (JDK 19 and later: the shortest digits). */
export function appendDouble(out: OutputBuffer, value: number): void {
  appendShort(out, doubleText(value));
}

/** A call that encodes costs more than so short a text. */
function appendShort(out: OutputBuffer, text: string): void {
  out.ensure(text.length);
  putAscii(out, text);
}

/** A double as Java spells it. */
export function doubleText(value: number): string {
  if (isPlain(value)) return withFraction(value);
  return javaText(value, value.toExponential());
}

/** Appends a float32 value as Java's `Float.toString` spells it. */
export function appendFloat(out: OutputBuffer, value: number): void {
  appendShort(out, floatText(value));
}

/** Length of a point and the digits with which {@link shortestFloat} begins: so short, its digits are the double's. */
const SHORT_TEXT = 7;

/** A float32 value as Java spells it. */
export function floatText(value: number): string {
  if (isPlain(value)) {
    const text = withFraction(value);
    if (text.length <= SHORT_TEXT) return text;
  }
  return javaText(value, shortestFloat(value));
}

/** Where Java and JavaScript both write digits and a point. */
function isPlain(value: number): boolean {
  const size = Math.abs(value);
  return size >= 1e-3 && size < 1e7;
}

function withFraction(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : `${value}`;
}

/** The fewest digits that still round to the same float32; of two that are as near, the even one, as `Float.toString` defines it. */
function shortestFloat(value: number): string {
  for (let digits = 5; digits < 8; digits++) {
    const text = value.toExponential(digits);
    if (Math.fround(Number(text)) === value) return evenNeighbour(value, digits) ?? text;
  }
  return value.toExponential(8);
}

/** A value half-way between two texts of so many digits is rounded up by `toExponential`; the lower one where that is even. */
function evenNeighbour(value: number, digits: number): string | null {
  const exact = value.toExponential(digits + 1);
  if (!/[02468]5e/.test(exact) || Number(exact) !== value) return null;
  const lower = exact.replace('5e', 'e');
  return Math.fround(Number(lower)) === value ? lower : null;
}

/**
 * Lays out `d.ddde±x` in Java's way: plain in [1e-3, 1e7), scientific elsewhere, always with a fraction. What is no
 * number in JSON is text, as Jackson has it (`QUOTE_NON_NUMERIC_NUMBERS`).
 */
function javaText(value: number, exponential: string): string {
  if (!Number.isFinite(value)) return `"${value}"`;
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const [mantissa = '', exponentText = '0'] = exponential.split('e');
  const sign = mantissa.startsWith('-') ? '-' : '';
  const digits = mantissa.replace(/[-.]/g, '').replace(/0+$/, '') || '0';
  const exponent = Number(exponentText);
  if (exponent < -3 || exponent >= 7) {
    return `${sign}${digits[0]}.${digits.slice(1) || '0'}E${exponent}`;
  }
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  return `${sign}${whole}.${digits.slice(exponent + 1) || '0'}`;
}
