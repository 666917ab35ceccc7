import type { OutputBuffer } from './output-buffer.ts';

const STANDARD = Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/', 'latin1');
const EQUALS = 61;
const QUOTE = 0x22;

/** How binary bytes are spelled in JSON. URL-safe base64 keeps its padding, as Java's `getUrlEncoder` does. */
export type BinarySpelling = 'base64' | 'base64-url-safe' | 'hex';

/** Base64 of a few bytes by hand, quotes included; `size` at most 64. No room is asked for. */
// biome-ignore lint/complexity/useMaxParams: the row path passes scalars, an object per value costs more than the work
export function putBase64(src: Uint8Array, start: number, size: number, out: OutputBuffer): void {
  const bytes = out.bytes;
  let at = out.length;
  bytes[at++] = QUOTE;
  const whole = start + size - (size % 3);
  let i = start;
  for (; i < whole; i += 3) {
    const triple = ((src[i] as number) << 16) | ((src[i + 1] as number) << 8) | (src[i + 2] as number);
    bytes[at++] = STANDARD[triple >> 18] as number;
    bytes[at++] = STANDARD[(triple >> 12) & 63] as number;
    bytes[at++] = STANDARD[(triple >> 6) & 63] as number;
    bytes[at++] = STANDARD[triple & 63] as number;
  }
  if (size % 3 !== 0) {
    const first = src[i] as number;
    const second = size % 3 === 2 ? (src[i + 1] as number) : 0;
    bytes[at++] = STANDARD[first >> 2] as number;
    bytes[at++] = STANDARD[((first & 3) << 4) | (second >> 4)] as number;
    bytes[at++] = size % 3 === 2 ? (STANDARD[(second & 15) << 2] as number) : EQUALS;
    bytes[at++] = EQUALS;
  }
  bytes[at++] = QUOTE;
  out.length = at;
}

/** Appends a JSON string that spells `bytes`; zero bytes up to `padTo` are added behind them. */
export function appendBinary(
  bytes: Buffer,
  out: OutputBuffer,
  options: { spelling: BinarySpelling; padTo?: number },
): void {
  const padTo = options.padTo ?? 0;
  const padded = bytes.length < padTo ? Buffer.concat([bytes], padTo) : bytes;
  if (padded.length <= 64 && options.spelling === 'base64') {
    out.ensure(96);
    putBase64(padded, 0, padded.length, out);
    return;
  }
  out.ensure(padded.length * 2 + 8);
  out.bytes[out.length++] = QUOTE;
  out.length += out.bytes.latin1Write(spell(padded, options.spelling), out.length);
  out.bytes[out.length++] = QUOTE;
}

/** The text that spells `bytes`, without quotes. */
export function spell(bytes: Buffer, spelling: BinarySpelling): string {
  if (spelling === 'hex') return bytes.toString('hex');
  const text = bytes.toString('base64');
  return spelling === 'base64' ? text : text.replaceAll('+', '-').replaceAll('/', '_');
}
