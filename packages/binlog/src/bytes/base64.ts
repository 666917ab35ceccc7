import type { OutputBuffer } from './output-buffer.ts';

const QUOTE = 0x22;
/** A text of Node's must stay below 512 MB, an event may have twice that. A multiple of three: base64 pieces then join. */
const PIECE_BYTES = 3 << 18;

/** Up to so many bytes base64 costs less in a loop than by a text of Node's. */
export const SHORT_BYTES = 192;

/** How binary bytes are spelled in JSON. URL-safe base64 keeps its padding, as Java's `getUrlEncoder` does. */
export type BinarySpelling = 'base64' | 'base64-url-safe' | 'hex';

/** Appends a JSON string that spells `bytes`; zero bytes up to `padTo` are added behind them. */
export function appendBinary(
  bytes: Buffer,
  out: OutputBuffer,
  options: { spelling: BinarySpelling; padTo?: number },
): void {
  const padTo = options.padTo ?? 0;
  const padded = bytes.length < padTo ? Buffer.concat([bytes], padTo) : bytes;
  if (padded.length <= SHORT_BYTES && options.spelling === 'base64') {
    out.ensure(2 * SHORT_BYTES);
    out.putBase64(padded, 0, padded.length);
    return;
  }
  out.ensure(padded.length * 2 + 8);
  out.bytes[out.length++] = QUOTE;
  for (let at = 0; at < padded.length; at += PIECE_BYTES) {
    const text = spell(padded.subarray(at, at + PIECE_BYTES), options.spelling);
    out.length += out.bytes.write(text, out.length, 'latin1');
  }
  out.bytes[out.length++] = QUOTE;
}

/** The text that spells `bytes`, without quotes. */
export function spell(bytes: Buffer, spelling: BinarySpelling): string {
  if (spelling === 'hex') return bytes.toString('hex');
  const text = bytes.toString('base64');
  return spelling === 'base64' ? text : text.replaceAll('+', '-').replaceAll('/', '_');
}
