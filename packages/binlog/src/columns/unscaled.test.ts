import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OutputBuffer } from '../bytes/output-buffer.ts';
import { appendUnscaledBase64, putUnscaledBase64, WideInteger } from './unscaled.ts';

/** Java's `BigInteger.toByteArray`: the shortest big-endian two's complement, by counting bits. */
function javaBytes(value: bigint): Buffer {
  let size = 1;
  while (value < -(1n << BigInt(8 * size - 1)) || value >= 1n << BigInt(8 * size - 1)) size += 1;
  const hex = BigInt.asUintN(8 * size, value).toString(16);
  return Buffer.from(hex.padStart(2 * size, '0'), 'hex');
}

function written(write: (out: OutputBuffer) => void): string {
  const out = new OutputBuffer();
  write(out);
  return out.written().toString('latin1');
}

/** The integer as a DECIMAL brings it: its digits in groups of nine, the first one short. */
function gather(value: bigint): WideInteger {
  const digits = (value < 0n ? -value : value).toString();
  const wide = new WideInteger();
  wide.clear();
  const first = digits.length % 9;
  if (first > 0) wide.multiplyAdd(10 ** first, Number(digits.slice(0, first)));
  for (let at = first; at < digits.length; at += 9) wide.multiplyAdd(1e9, Number(digits.slice(at, at + 9)));
  return wide;
}

const most = 10n ** 65n - 1n;
const edges = [7n, 8n, 15n, 16n, 31n, 32n, 63n, 64n, 127n, 128n, 200n]
  .map((bits) => 1n << bits)
  .flatMap((power) => [power - 1n, power, power + 1n])
  .flatMap((value) => [value, -value]);

describe('the unscaled value of a DECIMAL in JSON', () => {
  it.each([0n, 1n, -1n, most, -most, ...edges])('is the bytes of Java for %d', (value) => {
    const java = `"${javaBytes(value).toString('base64')}"`;
    expect(written((out) => appendUnscaledBase64(out, value))).toBe(java);
    expect(written((out) => gather(value).appendBase64(out, value < 0n))).toBe(java);
  });

  it('is the same whichever way it was gathered', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -most, max: most }), (value) => {
        const java = `"${javaBytes(value).toString('base64')}"`;
        expect(written((out) => appendUnscaledBase64(out, value))).toBe(java);
        expect(written((out) => gather(value).appendBase64(out, value < 0n))).toBe(java);
      }),
    );
  });

  it('is the same for what a number holds', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => {
        expect(written((out) => putUnscaledBase64(out, value))).toBe(
          `"${javaBytes(BigInt(value)).toString('base64')}"`,
        );
      }),
    );
  });
});
