/** `java.sql.Types` by declared type, as Debezium's `DataTypeResolver` of both connectors has them. */
const TYPES: Readonly<Record<string, number>> = {
  BIT: -7,
  TINYINT: 5,
  INT1: 5,
  SMALLINT: 5,
  INT2: 5,
  MEDIUMINT: 4,
  MIDDLEINT: 4,
  INT3: 4,
  INT: 4,
  INTEGER: 4,
  INT4: 4,
  BIGINT: -5,
  INT8: -5,
  DECIMAL: 3,
  DEC: 3,
  FIXED: 3,
  NUMERIC: 2,
  FLOAT: 6,
  FLOAT4: 6,
  REAL: 7,
  DOUBLE: 8,
  FLOAT8: 8,
  BOOL: 16,
  BOOLEAN: 16,
  YEAR: 4,
  DATE: 91,
  TIME: 92,
  DATETIME: 93,
  TIMESTAMP: 2014,
  BINARY: -2,
  VARBINARY: -3,
  TINYBLOB: 2004,
  BLOB: 2004,
  MEDIUMBLOB: 2004,
  LONGBLOB: 2004,
  ENUM: 1,
  SET: 1,
};
const OTHER = 1111;
const BLOB = 2004;

/** The JDBC type of a declared type name such as `INT UNSIGNED` or `NATIONAL VARCHAR`. */
export function jdbcType(typeName: string): number {
  if (typeName === 'LONG VARBINARY') return BLOB;
  const known = TYPES[typeName.split(' ')[0] ?? ''];
  if (known !== undefined) return known;
  if (/TEXT$|^LONG\b/.test(typeName)) return 12;
  if (!typeName.includes('CHAR')) return OTHER;
  const isNational = typeName.startsWith('N');
  if (typeName.includes('VAR')) return isNational ? -9 : 12;
  return isNational ? -15 : 1;
}
