import { SealaneError } from '@sealane/errors/sealane-error';
import iconv from 'iconv-lite';
import { MULTI_BYTE_DIFFERENCES, SINGLE_BYTE_CHARACTERS } from './charset-tables.ts';

const QUESTION_MARK = 63;

/** iconv-lite's name for the Unicode charsets, where every sequence means the same to it and to the server. */
const UNICODE_NAMES: Readonly<Record<string, string>> = {
  ucs2: 'utf16be',
  utf16: 'utf16be',
  utf16le: 'utf16le',
  utf32: 'utf32be',
};

/** The nearest encoding of iconv-lite for charsets whose characters have one to four bytes. */
const MULTI_BYTE_NAMES: Readonly<Record<string, string>> = {
  big5: 'big5',
  cp932: 'cp932',
  eucjpms: 'eucjp',
  euckr: 'cp949',
  gb18030: 'gb18030',
  gb2312: 'gbk',
  gbk: 'gbk',
  sjis: 'shiftjis',
  ujis: 'eucjp',
};

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
    return { kind: 'single', table: singleByteTable((byte) => (byte < 128 ? byte : QUESTION_MARK)) };
  const characters = SINGLE_BYTE_CHARACTERS[charset];
  if (characters !== undefined) {
    const first = 256 - characters.length;
    const codePointOf = (byte: number) => (byte < first ? byte : characters.charCodeAt(byte - first));
    return { kind: 'single', table: singleByteTable(codePointOf) };
  }
  const unicode = UNICODE_NAMES[charset];
  if (unicode !== undefined)
    return { kind: 'multi', decode: (bytes) => iconv.decode(bytes, unicode, { stripBOM: false }) };
  const name = MULTI_BYTE_NAMES[charset];
  if (name === undefined) throw unsupported(charset);
  return { kind: 'multi', decode: multiByteDecoder(charset, name) };
}

/** Decodes character by character, each looked up once; a sequence without a character is `?`, as the server has it. */
function multiByteDecoder(charset: string, name: string): (bytes: Buffer) => string {
  const known = differencesOf(charset);
  const decodeOne = (bytes: Buffer, code: number): string => {
    let character = known.get(code);
    if (character === undefined) {
      const decoded = iconv.decode(bytes, name);
      const isNone = decoded === '\ufffd' && charset !== 'gb18030';
      character = isNone || [...decoded].length !== 1 ? '?' : decoded;
      known.set(code, character);
    }
    return character;
  };
  return (bytes) => {
    let text = '';
    for (let at = 0; at < bytes.length; ) {
      const size = Math.min(characterSize(charset, bytes, at), bytes.length - at);
      const code = bytes.readUIntBE(at, size);
      text +=
        size === 1 && code < 0x80
          ? String.fromCharCode(code)
          : decodeOne(bytes.subarray(at, at + size), code);
      at += size;
    }
    return text;
  };
}

function differencesOf(charset: string): Map<number, string> {
  const differences = new Map<number, string>();
  for (const line of MULTI_BYTE_DIFFERENCES[charset]?.split('\n') ?? []) {
    const blank = line.indexOf(' ');
    const first = Number.parseInt(line.slice(0, blank), 16);
    for (const [i, character] of [...line.slice(blank + 1)].entries()) differences.set(first + i, character);
  }
  return differences;
}

/** Bytes of the character at `at`. Source: `mbcharlen` and `ismbchar` of the servers' `strings/ctype-*.c`. */
function characterSize(charset: string, bytes: Buffer, at: number): number {
  const lead = bytes[at] as number;
  if (lead < 0x80) return 1;
  switch (charset) {
    case 'ujis':
    case 'eucjpms':
      if (lead === 0x8f) return 3;
      return lead === 0x8e || lead >= 0xa1 ? 2 : 1;
    case 'sjis':
    case 'cp932':
      return lead === 0x80 || (lead >= 0xa0 && lead <= 0xdf) || lead > 0xfc ? 1 : 2;
    case 'gb18030': {
      const second = bytes[at + 1] ?? 0xff;
      return second >= 0x30 && second <= 0x39 ? 4 : 2;
    }
    default:
      return lead === 0x80 || lead === 0xff ? 1 : 2;
  }
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
