/**
 * Charset by collation id. Ids up to 323 are shared by MySQL and MariaDB; MariaDB adds 512 to 1023 (Croatian,
 * Myanmar, Thai), 1024 to 2047 (NOPAD twins of id - 1024) and from 2048 the UCA 14 collations, 256 ids per charset.
 * Source: `information_schema.collations` of both servers.
 */
const CHARSET_IDS: Readonly<Record<string, readonly number[]>> = {
  armscii8: [32, 64],
  ascii: [11, 65],
  big5: [1, 84],
  binary: [63],
  cp1250: [26, 34, 44, 66, 99],
  cp1251: [14, 23, 50, 51, 52],
  cp1256: [57, 67],
  cp1257: [29, 58, 59],
  cp850: [4, 80],
  cp852: [40, 81],
  cp866: [36, 68],
  cp932: [95, 96],
  dec8: [3, 69],
  eucjpms: [97, 98],
  euckr: [19, 85],
  gb18030: [248, 249, 250],
  gb2312: [24, 86],
  gbk: [28, 87],
  geostd8: [92, 93],
  greek: [25, 70],
  hebrew: [16, 71],
  hp8: [6, 72],
  keybcs2: [37, 73],
  koi8r: [7, 74],
  koi8u: [22, 75],
  latin1: [5, 8, 15, 31, 47, 48, 49, 94],
  latin2: [2, 9, 21, 27, 77],
  latin5: [30, 78],
  latin7: [20, 41, 42, 79],
  macce: [38, 43],
  macroman: [39, 53],
  sjis: [13, 88],
  swe7: [10, 82],
  tis620: [18, 89],
  ucs2: [35, 90, ...range(128, 151), 159, 640, 641, 642],
  ujis: [12, 91],
  utf16: [54, 55, ...range(101, 124), 672, 673, 674],
  utf16le: [56, 62],
  utf32: [60, 61, ...range(160, 183), 736, 737, 738],
  utf8mb3: [33, 76, 83, ...range(192, 215), 223, 576, 577, 578],
  utf8mb4: [45, 46, ...range(224, 247), ...range(255, 323), 608, 609, 610],
};

/** Charsets of MariaDB's UCA 14 collations, in the order of their id blocks. */
const UCA14_CHARSETS = ['utf8mb3', 'utf8mb4', 'ucs2', 'utf16', 'utf32'] as const;

const charsetById = new Map<number, string>(
  Object.entries(CHARSET_IDS).flatMap(([charset, ids]) => ids.map((id) => [id, charset] as const)),
);

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

/** The charset of a collation id as TABLE_MAP sends it, or null for an id that is not known. */
export function charsetOfCollation(id: number): string | null {
  if (id >= 2048) return UCA14_CHARSETS[(id - 2048) >> 8] ?? null;
  if (id >= 1024) return charsetById.get(id - 1024) ?? null;
  return charsetById.get(id) ?? null;
}

/** Widest character of a charset in bytes: CHAR(n) and VARCHAR(n) take n times this. */
export function charsetWidth(charset: string): number {
  if (charset === 'utf8mb4' || charset === 'utf16' || charset === 'utf16le' || charset === 'utf32') return 4;
  if (charset === 'gb18030') return 4;
  if (charset === 'utf8mb3' || charset === 'utf8' || charset === 'ujis' || charset === 'eucjpms') return 3;
  return ['big5', 'cp932', 'euckr', 'gb2312', 'gbk', 'sjis', 'ucs2'].includes(charset) ? 2 : 1;
}
