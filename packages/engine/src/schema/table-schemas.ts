import type { TableMap } from '@sealane/binlog/events/table-map';
import type { ServerFlavor } from '@sealane/binlog/session/server-info';
import { checkAgainstTableMap } from '@sealane/binlog/table/check-against-table-map';
import { schemaFromTableMap } from '@sealane/binlog/table/schema-from-table-map';
import type { TableSchema } from '@sealane/binlog/table/table-schema';
import { SealaneError } from '@sealane/errors/sealane-error';
import type { CaptureFilter } from '../change/capture-filter.ts';
import type { CapturedTable } from '../change/captured-table.ts';
import type { TableResolver } from '../change/table-resolver.ts';

export interface TableSchemasOptions {
  flavor: ServerFlavor;
  filter: CaptureFilter;
  /** Reads a schema from the server's `information_schema`; null when there is no such table. */
  readSchema: (name: { database: string; table: string }) => Promise<TableSchema | null>;
}

/**
 * Knows the schema of every captured table as of the event at hand. Under `binlog_row_metadata=FULL` the TABLE_MAP is
 * the schema; under MINIMAL it is read from the server and checked against the TABLE_MAP, so that a schema
 * that is newer than the event is found before a row is decoded wrongly.
 */
export class TableSchemas implements TableResolver {
  readonly #options: TableSchemasOptions;
  #known = new WeakMap<TableMap, CapturedTable | { readonly captured: false }>();

  constructor(options: TableSchemasOptions) {
    this.#options = options;
  }

  lookup(map: TableMap): CapturedTable | null | undefined {
    const known = this.#known.get(map);
    if (known !== undefined) return 'captured' in known ? null : known;
    if (!this.#options.filter.table(map.database, map.table)) {
      this.#known.set(map, { captured: false });
      return null;
    }
    const schema = schemaFromTableMap(map);
    if (schema === null || (this.#options.flavor === 'mariadb' && mayHideType(schema))) return undefined;
    return this.#remember(map, schema);
  }

  async load(map: TableMap): Promise<CapturedTable | null> {
    const schema = await this.#options.readSchema(map);
    const complete = schemaFromTableMap(map, schema);
    if (complete !== null) return this.#remember(map, complete);
    if (schema === null) throw tableGone(map);
    checkAgainstTableMap(schema, map);
    return this.#remember(map, schema);
  }

  invalidate(): void {
    this.#known = new WeakMap();
  }

  #remember(map: TableMap, schema: TableSchema): CapturedTable {
    const table: CapturedTable = {
      database: map.database,
      table: map.table,
      id: `${map.database}.${map.table}`,
      schema,
      tableMap: map,
      included: this.#options.filter.columns(schema),
    };
    this.#known.set(map, table);
    return table;
  }
}

/** MariaDB's TABLE_MAP shows UUID, INET6 and INET4 as BINARY of their size; the server knows which it is. */
function mayHideType(schema: TableSchema): boolean {
  return schema.columns.some(
    ({ type }) =>
      type.family === 'binary' && type.kind === 'binary' && (type.length === 16 || type.length === 4),
  );
}

function tableGone(map: TableMap): SealaneError {
  return new SealaneError({
    code: 'TABLE_SCHEMA_UNKNOWN',
    message: `The schema of ${map.database}.${map.table} is not known.`,
    why: 'The binlog has rows of it, but the table is no longer on the server, and binlog_row_metadata is not FULL.',
    remedy:
      'SET GLOBAL binlog_row_metadata = FULL for the future, and exclude this table, or reset the pipeline to a position behind its DROP TABLE.',
    details: { database: map.database, table: map.table },
  });
}
