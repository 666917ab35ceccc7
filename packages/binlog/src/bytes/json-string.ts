import type { OutputBuffer } from './output-buffer.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** Strings up to this many bytes get room for the worst case (six bytes per byte) at once. */
const SHORT_STRING_BYTES = 4096;
/** From here on a native copy of escape-free runs is faster than a loop. */
const NATIVE_COPY_BYTES = 192;

/** Per byte: 0 = copied as it is, 1 = `\u00XX`, else the letter behind the backslash. As Jackson escapes. */
const ESCAPE = buildEscapeTable();
const HEX = Buffer.from('0123456789ABCDEF', 'latin1');

function buildEscapeTable(): Uint8Array {
  const table = new Uint8Array(256);
  table.fill(1, 0, 0x20);
  const letters: readonly (readonly [number, string])[] = [
    [0x08, 'b'],
    [0x09, 't'],
    [0x0a, 'n'],
    [0x0c, 'f'],
    [0x0d, 'r'],
    [QUOTE, '"'],
    [BACKSLASH, '\\'],
  ];
  for (const [byte, letter] of letters) table[byte] = letter.charCodeAt(0);
  return table;
}

/** Appends UTF-8 `src[start..end)` as a JSON string, quotes included. The bytes must be valid UTF-8. */
export function appendJsonUtf8(src: Uint8Array, range: { start: number; end: number }, out: OutputBuffer): void {
  writeJsonUtf8(src, range.start, range.end, out);
}

/**
 * The row path's form of {@link appendJsonUtf8}; four scalars, because an object per value would cost more
 * than the copy itself.
 */
// biome-ignore lint/complexity/useMaxParams: see above
export function writeJsonUtf8(src: Uint8Array, start: number, end: number, out: OutputBuffer): void {
  const size = end - start;
  if (size > SHORT_STRING_BYTES) {
    writeLong(src, start, end, out);
    return;
  }
  out.ensure(size * 6 + 2);
  out.bytes[out.length++] = QUOTE;
  if (size < NATIVE_COPY_BYTES) copyEscaped(src, start, end, out);
  else copyRuns(src, start, end, out);
  out.bytes[out.length++] = QUOTE;
}

// biome-ignore lint/complexity/useMaxParams: see writeJsonUtf8
function copyEscaped(src: Uint8Array, start: number, end: number, out: OutputBuffer): void {
  const bytes = out.bytes;
  let at = out.length;
  for (let i = start; i < end; i++) {
    const byte = src[i] as number;
    const escape = ESCAPE[byte] as number;
    if (escape === 0) bytes[at++] = byte;
    else at = putEscape(bytes, at, byte);
  }
  out.length = at;
}

function putEscape(bytes: Uint8Array, at: number, byte: number): number {
  const escape = ESCAPE[byte] as number;
  bytes[at] = BACKSLASH;
  if (escape !== 1) {
    bytes[at + 1] = escape;
    return at + 2;
  }
  bytes[at + 1] = 0x75;
  bytes[at + 2] = 48;
  bytes[at + 3] = 48;
  bytes[at + 4] = HEX[byte >> 4] as number;
  bytes[at + 5] = HEX[byte & 15] as number;
  return at + 6;
}

// biome-ignore lint/complexity/useMaxParams: see writeJsonUtf8
function copyRuns(src: Uint8Array, start: number, end: number, out: OutputBuffer): void {
  let runStart = start;
  for (let i = start; i < end; i++) {
    const byte = src[i] as number;
    if ((ESCAPE[byte] as number) === 0) continue;
    copyRun(src, runStart, i, out);
    out.length = putEscape(out.bytes, out.length, byte);
    runStart = i + 1;
  }
  copyRun(src, runStart, end, out);
}

// biome-ignore lint/complexity/useMaxParams: see writeJsonUtf8
function copyRun(src: Uint8Array, start: number, end: number, out: OutputBuffer): void {
  if (end - start < NATIVE_COPY_BYTES) {
    const bytes = out.bytes;
    let at = out.length;
    for (let i = start; i < end; i++) bytes[at++] = src[i] as number;
    out.length = at;
    return;
  }
  out.bytes.set(src.subarray(start, end), out.length);
  out.length += end - start;
}

/** A long string gets room piece by piece, so that the worst case of a 1 GiB value is not allocated for nothing. */
// biome-ignore lint/complexity/useMaxParams: see writeJsonUtf8
function writeLong(src: Uint8Array, start: number, end: number, out: OutputBuffer): void {
  out.ensure(end - start + 2);
  out.bytes[out.length++] = QUOTE;
  for (let at = start; at < end; at += SHORT_STRING_BYTES) {
    const pieceEnd = Math.min(at + SHORT_STRING_BYTES, end);
    out.ensure((pieceEnd - at) * 6 + 1);
    copyRuns(src, at, pieceEnd, out);
  }
  out.ensure(1);
  out.bytes[out.length++] = QUOTE;
}

/** Appends text as a JSON string, quotes included. A lone surrogate becomes U+FFFD, as UTF-8 demands. */
export function appendJsonString(out: OutputBuffer, text: string): void {
  const utf8 = Buffer.from(text, 'utf8');
  writeJsonUtf8(utf8, 0, utf8.length, out);
}
