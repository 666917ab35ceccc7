import type { ColumnType } from './table-schema.ts';

const VECTOR_VALUE_BYTES = 4;

/** What MariaDB's binlog shows in place of a type that it has no word for. */
export interface PlainBinary {
  readonly kind: 'binary' | 'varbinary';
  readonly length: number;
}

/** The BINARY or VARBINARY as which a column of this type stands in MariaDB's binlog; null for a type that stands for itself. */
export function plainBinaryOf(type: ColumnType): PlainBinary | null {
  switch (type.family) {
    case 'uuid':
    case 'inet6':
      return { kind: 'binary', length: 16 };
    case 'inet4':
      return { kind: 'binary', length: 4 };
    case 'vector':
      return { kind: 'varbinary', length: type.dimension * VECTOR_VALUE_BYTES };
    default:
      return null;
  }
}
