import { SealaneError } from '@sealane/errors/sealane-error';
import iconv from 'iconv-lite';

/** iconv-lite's name for each server charset that is not UTF-8. MySQL's latin1 is cp1252 with C1 controls in its gaps. */
const ICONV_NAMES: Readonly<Record<string, string>> = {
  armscii8: 'armscii8',
  big5: 'big5',
  cp1250: 'cp1250',
  cp1251: 'cp1251',
  cp1256: 'cp1256',
  cp1257: 'cp1257',
  cp850: 'cp850',
  cp852: 'cp852',
  cp866: 'cp866',
  cp932: 'cp932',
  eucjpms: 'eucjp',
  euckr: 'cp949',
  gb18030: 'gb18030',
  gb2312: 'gbk',
  gbk: 'gbk',
  geostd8: 'georgianps',
  greek: 'iso88597',
  hebrew: 'iso88598',
  koi8r: 'koi8r',
  koi8u: 'koi8u',
  latin1: 'cp1252',
  latin2: 'iso88592',
  latin5: 'iso88599',
  latin7: 'iso885913',
  macce: 'maccenteuro',
  macroman: 'macroman',
  sjis: 'cp932',
  tis620: 'tis620',
  ucs2: 'utf16be',
  ujis: 'eucjp',
  utf16: 'utf16be',
  utf16le: 'utf16le',
  utf32: 'utf32be',
};

const MULTI_BYTE = new Set([
  'big5',
  'cp932',
  'eucjpms',
  'euckr',
  'gb18030',
  'gb2312',
  'gbk',
  'sjis',
  'ucs2',
  'ujis',
  'utf16',
  'utf16le',
  'utf32',
]);

/** How a charset's bytes become UTF-8. */
export type CharsetPath =
  /** The bytes are UTF-8 already. */
  | { readonly kind: 'utf8' }
  /** One byte, one character: `table[byte]` holds its UTF-8 bytes. */
  | { readonly kind: 'single'; readonly table: readonly Buffer[] }
  | { readonly kind: 'multi'; readonly decode: (bytes: Buffer) => string };

/** Paths built so far; there are about forty charsets. */
const paths = new Map<string, CharsetPath>();

/** The decoding path of a server charset. Throws `CHARSET_UNSUPPORTED` for one that cannot be decoded exactly. */
export function charsetPath(charset: string): CharsetPath {
  const known = paths.get(charset);
  if (known !== undefined) return known;
  const path = buildPath(charset);
  paths.set(charset, path);
  return path;
}

function buildPath(charset: string): CharsetPath {
  if (charset === 'utf8mb4' || charset === 'utf8mb3' || charset === 'utf8') return { kind: 'utf8' };
  if (charset === 'ascii')
    return { kind: 'single', table: singleByteTable((byte) => (byte < 128 ? byte : 63)) };
  const name = ICONV_NAMES[charset];
  if (name === undefined || !iconv.encodingExists(name)) throw unsupported(charset);
  if (MULTI_BYTE.has(charset))
    return { kind: 'multi', decode: (bytes) => iconv.decode(bytes, name, { stripBOM: false }) };
  return { kind: 'single', table: singleByteTable((byte) => decodeByte(byte, { charset, name })) };
}

/** Code point of one byte; bytes without a character stay C1 controls in latin1 and become `?` elsewhere, as the server converts them. */
function decodeByte(byte: number, { charset, name }: { charset: string; name: string }): number {
  const codePoint = iconv.decode(Buffer.from([byte]), name).codePointAt(0) ?? 63;
  if (codePoint !== 0xfffd) return codePoint;
  return charset === 'latin1' ? byte : 63;
}

function singleByteTable(codePointOf: (byte: number) => number): readonly Buffer[] {
  return Array.from({ length: 256 }, (_, byte) =>
    Buffer.from(String.fromCodePoint(codePointOf(byte)), 'utf8'),
  );
}

function unsupported(charset: string): SealaneError {
  return new SealaneError({
    code: 'CHARSET_UNSUPPORTED',
    message: `Columns in the character set ${charset} cannot be read.`,
    why: 'No exact decoder for it is available.',
    remedy: 'Convert the column to utf8mb4, or exclude it from capture.',
    details: { charset },
  });
}

/** Text of bytes in a server charset. */
export function decodeText(bytes: Buffer, charset: string): string {
  const path = charset === 'binary' ? ({ kind: 'utf8' } as const) : charsetPath(charset);
  if (path.kind === 'utf8') return bytes.toString('utf8');
  if (path.kind === 'multi') return path.decode(bytes);
  return Buffer.concat(Array.from(bytes, (byte) => path.table[byte] ?? Buffer.alloc(0))).toString('utf8');
}
