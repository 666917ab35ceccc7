import { malformed } from '../bytes/byte-source.ts';
import type { OutputBuffer } from '../bytes/output-buffer.ts';
import type { CodecContext, ImageCodec, ImageContext, TextJsonWriter } from './column-codec.ts';

type FixedBinaryFamily = 'uuid' | 'inet6' | 'inet4';

/** The binlog carries UUIDs in the order of their text, whatever order the storage engine keeps them in. */
function uuidText(stored: Buffer): string {
  const hex = stored.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** IPv6 text as the server's `inet6_ntoa` spells it: the first longest run of zero groups is cut, IPv4 tails stay dotted. */
function inet6Text(stored: Buffer): string {
  const words = Array.from({ length: 8 }, (_, i) => stored.readUInt16BE(i * 2));
  const gap = longestZeroRun(words);
  const dotted = gap.start === 0 && (gap.size === 6 || (gap.size === 5 && words[5] === 0xffff));
  const shown = dotted ? words.slice(0, 6) : words;
  const tail = dotted ? inet4Text(stored.subarray(12)) : '';
  const spelled = shown.map((word) => word.toString(16));
  if (dotted) spelled.push(tail);
  if (gap.size < 1) return spelled.join(':');
  return `${spelled.slice(0, gap.start).join(':')}::${spelled.slice(gap.start + gap.size).join(':')}`;
}

function longestZeroRun(words: readonly number[]): { start: number; size: number } {
  let best = { start: -1, size: 0 };
  let size = 0;
  words.forEach((word, i) => {
    size = word === 0 ? size + 1 : 0;
    if (size > best.size) best = { start: i - size + 1, size };
  });
  return best;
}

function inet4Text(stored: Buffer): string {
  return Array.from(stored).join('.');
}

/** Bytes of a value: MariaDB's fixed binary types travel as BINARY(n). */
export const FIXED_BINARY_BYTES = { uuid: 16, inet6: 16, inet4: 4 } as const;

/** Row images of UUID, INET6 and INET4: a length byte and the value, whose trailing zero bytes may be cut. */
export function fixedBinaryImage({ type }: ImageContext<FixedBinaryFamily>): ImageCodec {
  const size = FIXED_BINARY_BYTES[type.family];
  const spell = type.family === 'uuid' ? uuidText : type.family === 'inet6' ? inet6Text : inet4Text;
  const padded = Buffer.alloc(size);
  const textAt = (bytes: Buffer, pos: number): string => {
    const stored = bytes[pos] as number;
    if (stored > size) throw malformed(`A ${type.family} of ${stored} bytes does not exist.`);
    padded.fill(0);
    bytes.copy(padded, 0, pos + 1, pos + 1 + stored);
    return spell(padded);
  };
  return {
    minBytes: 1,
    maxFixedJson: 0,
    readValue: (src, pos) => textAt(src.bytes, pos),
    skip: (src, pos) => pos + 1 + (src.bytes[pos] as number),
    writeJson: (src, pos, out) => {
      out.appendText(`"${textAt(src.bytes, pos)}"`);
      return pos + 1 + (src.bytes[pos] as number);
    },
  };
}

/** Server text of UUID, INET6 and INET4. */
export function fixedBinaryText(_context: CodecContext<FixedBinaryFamily>): TextJsonWriter {
  return (cell, out: OutputBuffer) => out.appendJsonUtf8(cell.bytes, cell.start, cell.end);
}
