import type { TokenCursor } from './token-cursor.ts';

/** A declared type, before the column's other attributes. */
export interface DeclaredType {
  /** As in `ColumnDefinition.typeName`. */
  readonly typeName: string;
  readonly length: number | null;
  readonly scale: number | null;
  /** Undefined: characters in the table's charset; null: no characters. */
  readonly charset: string | null | undefined;
  readonly labels: readonly string[];
  /** `SERIAL`: NOT NULL AUTO_INCREMENT UNIQUE come with the type. */
  readonly isSerial: boolean;
}

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));
const INTEGERS = words('TINYINT SMALLINT MEDIUMINT INT INTEGER BIGINT INT1 INT2 INT3 INT4 INT8 MIDDLEINT');
const DECIMALS = words('DECIMAL DEC NUMERIC FIXED');
const FLOATS = words('FLOAT FLOAT4 FLOAT8 DOUBLE REAL');
const WITH_FRACTION = words('TIME DATETIME TIMESTAMP YEAR');
const BINARIES = words('BINARY VARBINARY TINYBLOB BLOB MEDIUMBLOB LONGBLOB');
const PLAIN = words(
  'DATE BOOL BOOLEAN JSON UUID INET4 INET6 GEOMETRY POINT LINESTRING POLYGON MULTIPOINT MULTILINESTRING MULTIPOLYGON GEOMETRYCOLLECTION GEOMCOLLECTION',
);
const TEXTS = words('TINYTEXT TEXT MEDIUMTEXT LONGTEXT');
/** What `NATIONAL` and `NCHAR` stand for. */
const NATIONAL_CHARSET = 'utf8';
const DEFAULT_PRECISION = 10;
const DEFAULT_DIMENSION = 2048;

const BASE: Omit<DeclaredType, 'typeName'> = {
  length: null,
  scale: null,
  charset: null,
  labels: [],
  isSerial: false,
};

/** Reads a data type with its length and signedness. Refuses a type that is not known. */
export function parseDataType(cursor: TokenCursor): DeclaredType {
  if (cursor.token.kind !== 'word') cursor.refuse('a data type');
  const word = cursor.token.upper;
  if (INTEGERS.has(word) || DECIMALS.has(word) || FLOATS.has(word)) return parseNumber(cursor);
  if (TEXTS.has(word) || /CHAR|^NATIONAL$|^LONG$/.test(word)) return parseCharacters(cursor);
  cursor.next();
  if (word === 'ENUM' || word === 'SET') return parseLabels(cursor, word);
  if (word === 'SERIAL') return { ...BASE, typeName: 'BIGINT UNSIGNED', isSerial: true };
  if (word === 'BIT') return { ...BASE, typeName: word, length: parseLength(cursor) ?? 1 };
  if (word === 'VECTOR') return { ...BASE, typeName: word, length: parseLength(cursor) ?? DEFAULT_DIMENSION };
  if (WITH_FRACTION.has(word) || BINARIES.has(word)) {
    return { ...BASE, typeName: word, length: parseLength(cursor) };
  }
  if (PLAIN.has(word)) return { ...BASE, typeName: word };
  return cursor.refuse('a data type');
}

function parseLength(cursor: TokenCursor): number | null {
  if (!cursor.isSymbol('(')) return null;
  const [length] = cursor.list(() => cursor.integer());
  return length ?? null;
}

function parseNumber(cursor: TokenCursor): DeclaredType {
  const word = cursor.next().upper;
  const isDecimal = DECIMALS.has(word);
  const name = word === 'DOUBLE' && cursor.takeWord('PRECISION') !== null ? 'DOUBLE PRECISION' : word;
  const [precision, scale] = parsePrecision(cursor);
  return {
    ...BASE,
    typeName: [name, ...parseSigns(cursor)].join(' '),
    length: isDecimal ? (precision ?? DEFAULT_PRECISION) : precision,
    scale: isDecimal ? (scale ?? 0) : scale,
  };
}

function parsePrecision(cursor: TokenCursor): [number | null, number | null] {
  if (!cursor.isSymbol('(')) return [null, null];
  const [precision, scale] = cursor.list(() => cursor.integer());
  return [precision ?? null, scale ?? null];
}

function parseSigns(cursor: TokenCursor): string[] {
  const signs: string[] = [];
  for (let sign = cursor.takeWord('UNSIGNED', 'SIGNED', 'ZEROFILL'); sign !== null; ) {
    signs.push(sign);
    sign = cursor.takeWord('UNSIGNED', 'SIGNED', 'ZEROFILL');
  }
  return signs;
}

function parseLabels(cursor: TokenCursor, word: 'ENUM' | 'SET'): DeclaredType {
  const labels = cursor.list(() => cursor.string());
  // Debezium's lengths: one label, or all of them with the commas between.
  const length = word === 'ENUM' ? 1 : Math.max(0, labels.length * 2 - 1);
  return { ...BASE, typeName: word, labels, length, charset: undefined };
}

/** CHAR, VARCHAR and TEXT in all their spellings, up to `BYTE`, which makes them binary. */
function parseCharacters(cursor: TokenCursor): DeclaredType {
  const name: string[] = [cursor.next().upper];
  const first = name[0] ?? '';
  if (first === 'NATIONAL') name.push(cursor.expectWord('CHAR', 'CHARACTER', 'VARCHAR', 'VARCHARACTER'));
  if (first === 'LONG') {
    const rest = cursor.takeWord('VARCHAR', 'VARBINARY', 'CHAR', 'CHARACTER', 'VARCHARACTER');
    if (rest !== null) name.push(rest);
  }
  if (/^(?:N?CHAR|CHARACTER)$/.test(name.at(-1) ?? '')) {
    const varying = cursor.takeWord('VARYING', ...(first === 'NCHAR' ? ['VARCHAR', 'VARCHARACTER'] : []));
    if (varying !== null) name.push(varying);
  }
  if (!CHARACTER_TYPES.test(name.join(' '))) cursor.refuse('a data type');
  const length = parseLength(cursor);
  const type = { ...BASE, typeName: name.join(' '), length };
  if (name.join(' ') === 'LONG VARBINARY') return type;
  const isNational = first.startsWith('N');
  return { ...type, charset: isNational ? NATIONAL_CHARSET : undefined };
}

const CHARACTER_TYPES =
  /^(?:(?:NATIONAL )?(?:CHAR|CHARACTER)(?: VARYING)?|(?:NATIONAL )?(?:VARCHAR|VARCHARACTER)|NCHAR(?: VARYING| VARCHAR| VARCHARACTER)?|NVARCHAR|(?:TINY|MEDIUM|LONG)?TEXT|LONG(?: VARBINARY| (?:CHAR|CHARACTER) VARYING| VARCHAR| VARCHARACTER)?)$/;
