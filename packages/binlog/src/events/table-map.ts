import type { KnownBytes } from '../bytes/same-bytes.ts';
import type { TableMapMetadata } from './table-map-metadata.ts';

/**
 * A TABLE_MAP event: which table a table id stands for, and how its columns look on the wire.
 * Layout: MySQL `libbinlogevents/include/rows_event.h`, class Table_map_event.
 */
export interface TableMap {
  /** Valid until the server closes the table; 48 bits. */
  readonly tableId: number;
  readonly database: string;
  readonly table: string;
  /** Wire type per column, see `WireType`. */
  readonly types: Uint8Array;
  /** Type metadata per column as one number, its byte order resolved per type, see `readColumnMetadata`. */
  readonly metadata: Uint16Array;
  /** Bit per column, 1 = nullable. */
  readonly nullable: Uint8Array;
  /** Optional metadata; empty (every field null) for servers that send none. */
  readonly optional: TableMapMetadata;
  /** Body bytes from behind the table id: two maps with equal bytes describe the same table the same way. */
  readonly fingerprint: KnownBytes;
}
