import { malformed } from '../bytes/byte-source.ts';

/** Column type codes of TABLE_MAP. Sources: MySQL `include/field_types.h`, MariaDB `include/mysql_com.h`. */
export const WireType = {
  DECIMAL_OLD: 0,
  TINY: 1,
  SHORT: 2,
  LONG: 3,
  FLOAT: 4,
  DOUBLE: 5,
  TIMESTAMP_OLD: 7,
  LONGLONG: 8,
  INT24: 9,
  DATE: 10,
  TIME_OLD: 11,
  DATETIME_OLD: 12,
  YEAR: 13,
  VARCHAR: 15,
  BIT: 16,
  TIMESTAMP2: 17,
  DATETIME2: 18,
  TIME2: 19,
  BLOB_COMPRESSED: 140,
  VARCHAR_COMPRESSED: 141,
  VECTOR: 242,
  JSON: 245,
  NEWDECIMAL: 246,
  ENUM: 247,
  SET: 248,
  BLOB: 252,
  VAR_STRING: 253,
  STRING: 254,
  GEOMETRY: 255,
} as const;

/** A column's wire form with STRING's packed metadata unfolded. */
export interface WireColumn {
  /** A `WireType`; ENUM and SET stand for themselves, not for STRING. */
  readonly type: number;
  /**
   * What the metadata says: bytes of a length prefix (BLOB, JSON, GEOMETRY, VECTOR), declared bytes (VARCHAR,
   * STRING), bytes of an ENUM or SET value, bits of a BIT, fractional digits, bytes of FLOAT and DOUBLE.
   */
  readonly size: number;
  /** NEWDECIMAL only: digits behind the point; `size` is the precision. */
  readonly scale: number;
}

/** How many metadata bytes TABLE_MAP carries for a type, or null for a type that is not known. */
export function metadataBytes(type: number): 0 | 1 | 2 | null {
  switch (type) {
    case WireType.FLOAT:
    case WireType.DOUBLE:
    case WireType.BLOB:
    case WireType.BLOB_COMPRESSED:
    case WireType.JSON:
    case WireType.GEOMETRY:
    case WireType.VECTOR:
    case WireType.TIMESTAMP2:
    case WireType.DATETIME2:
    case WireType.TIME2:
      return 1;
    case WireType.VARCHAR:
    case WireType.VARCHAR_COMPRESSED:
    case WireType.VAR_STRING:
    case WireType.STRING:
    case WireType.NEWDECIMAL:
    case WireType.BIT:
    case WireType.ENUM:
    case WireType.SET:
      return 2;
    default:
      return type <= WireType.YEAR && type !== 6 ? 0 : null;
  }
}

/** Unfolds one column of a TABLE_MAP: `metadata` as little-endian number. */
export function wireColumn(type: number, metadata: number): WireColumn {
  const first = metadata & 0xff;
  const second = metadata >> 8;
  switch (type) {
    case WireType.NEWDECIMAL:
      if (first < 1 || first > 65 || second > 38 || second > first) {
        throw malformed(`DECIMAL(${first},${second}) does not exist.`);
      }
      return { type, size: first, scale: second };
    case WireType.BIT: {
      const bits = second * 8 + first;
      if (bits < 1 || bits > 64) throw malformed(`BIT(${bits}) does not exist.`);
      return { type, size: bits, scale: 0 };
    }
    case WireType.STRING:
      return unfoldString(first, second);
    case WireType.TIMESTAMP2:
    case WireType.DATETIME2:
    case WireType.TIME2:
      if (first > 6) throw malformed(`${first} fractional digits do not exist.`);
      return { type, size: first, scale: 0 };
    case WireType.BLOB:
    case WireType.BLOB_COMPRESSED:
    case WireType.JSON:
    case WireType.GEOMETRY:
    case WireType.VECTOR:
      if (first < 1 || first > 4) throw malformed(`A length prefix of ${first} bytes does not exist.`);
      return { type, size: first, scale: 0 };
    default:
      return { type, size: metadata, scale: 0 };
  }
}

/** CHAR, ENUM and SET share a code; lengths above 255 hide two bits in the type byte (MySQL bug 37426). */
function unfoldString(first: number, second: number): WireColumn {
  if ((first & 0x30) !== 0x30) {
    return { type: WireType.STRING, size: second | (((first & 0x30) ^ 0x30) << 4), scale: 0 };
  }
  if (first === WireType.ENUM && (second < 1 || second > 2))
    throw malformed(`An ENUM of ${second} bytes does not exist.`);
  if (first === WireType.SET && (second < 1 || second > 8))
    throw malformed(`A SET of ${second} bytes does not exist.`);
  if (
    first !== WireType.ENUM &&
    first !== WireType.SET &&
    first !== WireType.STRING &&
    first !== WireType.VAR_STRING
  ) {
    throw malformed(`Type ${first} is not a string type.`);
  }
  return { type: first === WireType.VAR_STRING ? WireType.STRING : first, size: second, scale: 0 };
}
