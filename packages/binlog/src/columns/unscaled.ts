import type { OutputBuffer } from '../bytes/output-buffer.ts';

/** Scratch of the writers below; they are synchronous and never nest. */
const scratch = new Uint8Array(48);
const TWO_32 = 4294967296;
const TWO_16 = 65536;

/**
 * Appends base64 of the shortest big-endian two's complement form of an integer in (-2^53, 2^53), as Java's
 * `BigInteger.toByteArray` gives it: what Kafka Connect's Decimal puts into JSON. Needs 16 bytes of room.
 */
export function putUnscaledBase64(out: OutputBuffer, value: number): void {
  const high = Math.floor(value / TWO_32);
  const low = value - high * TWO_32;
  storeBigEndian(high | 0, 0);
  storeBigEndian(low | 0, 4);
  putShortest(out, value < 0 ? 0xff : 0, 8);
}

/** The same for an integer of any size up to 43 bytes; asks for room itself. */
export function appendUnscaledBase64(out: OutputBuffer, value: bigint): void {
  let rest = value;
  let at = scratch.length;
  do {
    at -= 4;
    storeBigEndian(Number(BigInt.asIntN(32, rest)), at);
    rest >>= 32n;
  } while (rest !== 0n && rest !== -1n);
  const fill = value < 0n ? 0xff : 0;
  at -= 1;
  scratch[at] = fill;
  scratch.copyWithin(0, at);
  out.ensure(64);
  putShortest(out, fill, scratch.length - at);
}

/** An integer of up to 40 bytes without sign, gathered digit group by digit group: what a bigint costs several times as much for. */
export class WideInteger {
  /** Sixteen bits each, least significant first: times a thousand million they stay exact as numbers. */
  readonly #limbs = new Float64Array(20);
  #used = 0;

  clear(): void {
    this.#used = 0;
  }

  /** Becomes itself times `factor` plus `addend`, both at most 10^9. */
  multiplyAdd(factor: number, addend: number): void {
    const limbs = this.#limbs;
    let carry = addend;
    for (let i = 0; i < this.#used; i++) {
      const product = (limbs[i] as number) * factor + carry;
      carry = Math.floor(product / TWO_16);
      limbs[i] = product - carry * TWO_16;
    }
    while (carry > 0) {
      const rest = Math.floor(carry / TWO_16);
      limbs[this.#used++] = carry - rest * TWO_16;
      carry = rest;
    }
  }

  /** Appends the integer, or its negative, as {@link appendUnscaledBase64} does; asks for room itself. */
  appendBase64(out: OutputBuffer, isNegative: boolean): void {
    const used = this.#used;
    // Two's complement: invert every limb and add one, which travels on while limbs are zero.
    let carry = isNegative ? 1 : 0;
    let at = 2 * used;
    for (let i = 0; i < used; i++) {
      const limb = this.#limbs[i] as number;
      const word = isNegative ? ((limb ^ 0xffff) & 0xffff) + carry : limb;
      carry = word > 0xffff ? 1 : 0;
      scratch[at--] = word & 0xff;
      scratch[at--] = (word >>> 8) & 0xff;
    }
    const fill = isNegative && carry === 0 ? 0xff : 0;
    scratch[0] = fill;
    out.ensure(64);
    putShortest(out, fill, 2 * used + 1);
  }
}

function storeBigEndian(word: number, at: number): void {
  scratch[at] = word >>> 24;
  scratch[at + 1] = (word >>> 16) & 0xff;
  scratch[at + 2] = (word >>> 8) & 0xff;
  scratch[at + 3] = word & 0xff;
}

function putShortest(out: OutputBuffer, fill: number, size: number): void {
  let start = 0;
  while (
    start < size - 1 &&
    scratch[start] === fill &&
    ((scratch[start + 1] as number) & 0x80) === (fill & 0x80)
  ) {
    start++;
  }
  out.putBase64(scratch, start, size - start);
}
