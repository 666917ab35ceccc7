const NUMBER = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/;
/** More digits than any DECIMAL can hold. */
const MOST_DIGITS = 200;

/** A number in decimal or scientific notation with exactly `scale` digits behind the point, halves rounded up; null for what is none. */
export function roundDecimal(text: string, scale: number): string | null {
  const [, sign, whole = '', fraction = '', exponent = '0'] = NUMBER.exec(text) ?? [];
  if (sign === undefined || whole + fraction === '') return null;
  const shift = Number(exponent) - fraction.length + scale;
  if (Math.abs(shift) > MOST_DIGITS) return null;
  const digits = BigInt(whole + fraction);
  const power = 10n ** BigInt(Math.abs(shift));
  const unscaled = shift >= 0 ? digits * power : (digits * 2n + power) / (power * 2n);
  const shown = unscaled.toString().padStart(scale + 1, '0');
  const point = shown.length - scale;
  const number = scale === 0 ? shown : `${shown.slice(0, point)}.${shown.slice(point)}`;
  return sign === '-' && unscaled !== 0n ? `-${number}` : number;
}
