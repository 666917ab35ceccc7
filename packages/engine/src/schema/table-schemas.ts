import type { TableMap } from '@sealane/binlog/events/table-map';
import type { ServerFlavor } from '@sealane/binlog/session/server-info';
import { checkAgainstTableMap } from '@sealane/binlog/table/check-against-table-map';
import { markHiddenColumns, mayHideVersions, withHiddenColumns } from '@sealane/binlog/table/hidden-columns';
import { schemaFromTableMap } from '@sealane/binlog/table/schema-from-table-map';
import type { TableSchema } from '@sealane/binlog/table/table-schema';
import { SealaneError } from '@sealane/errors/sealane-error';
import type { CaptureFilter } from '../change/capture-filter.ts';
import type { CapturedTable } from '../change/captured-table.ts';
import type { SchemaEvent } from '../change/schema-event.ts';
import type { TableDefinition } from '../change/table-definition.ts';
import type { DdlEffect, DdlText, LoadedTable, TableResolver } from '../change/table-resolver.ts';
import { declareColumns } from './catalog/declare-columns.ts';
import { createdEvent, defineFromServer } from './catalog/define-from-server.ts';
import { hiddenColumnsOf } from './catalog/hidden-columns-of.ts';
import type { SchemaCatalog, SchemaGap } from './catalog/schema-catalog.ts';
import { tableSchemaOf } from './catalog/table-schema-of.ts';
import type { TableName } from './ddl/ddl-statement.ts';
import { parseDdl } from './ddl/parse-ddl.ts';

/** Bits of `sql_mode` that change how a statement reads. Source: MySQL `sql/system_variables.h`, the same in MariaDB. */
const SqlMode = { ANSI_QUOTES: 4n, NO_BACKSLASH_ESCAPES: 1n << 20n } as const;

/** A table as the server has it now. */
export interface ServerTable {
  readonly schema: TableSchema;
  /** Answer of SHOW CREATE TABLE. */
  readonly createSql: string;
}

export interface TableSchemasOptions {
  flavor: ServerFlavor;
  filter: CaptureFilter;
  /** The tables as of the event at hand. */
  catalog: SchemaCatalog;
  /** Records show what only DDL tells of a column: a table that the catalog lacks is read from the server for it. */
  wantsDeclarations: boolean;
  /** Reads a table from the server; null when there is no such table. */
  readTable: (name: TableName) => Promise<ServerTable | null>;
}

/**
 * Knows the schema of every captured table as of the event at hand. Under `binlog_row_metadata=FULL` the TABLE_MAP is
 * the schema. Under MINIMAL it is what the statements before made of it, and every TABLE_MAP is checked against that; where
 * that does not fit, or a statement could not be followed, the server's schema of now serves if the TABLE_MAP proves it. So a
 * schema that is not the event's is found before a row is decoded wrongly.
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
    const { filter, catalog, flavor, wantsDeclarations } = this.#options;
    if (!filter.table(map.database, map.table)) {
      this.#known.set(map, { captured: false });
      return null;
    }
    const definition = catalog.find(map);
    const tracked = definition === null ? null : this.#trackedSchema(definition, map);
    const told = this.#toldBy(map, { known: tracked, definition });
    if (told !== null) {
      const isShort = wantsDeclarations || mayHideType(told, flavor);
      return tracked === null && isShort ? undefined : this.#remember(map, declareColumns(told, definition));
    }
    if (tracked === null || mismatchOf(tracked, map) !== null) return undefined;
    return this.#remember(map, declareColumns(tracked, definition));
  }

  async load(map: TableMap): Promise<LoadedTable> {
    const { catalog, readTable, flavor } = this.#options;
    const found = await readTable(map);
    const definition = found === null ? null : defineFromServer(found.createSql, { name: map, flavor });
    const told = this.#toldBy(map, { known: found?.schema ?? null, definition });
    if (told !== null) return { table: this.#remember(map, declareColumns(told, definition)), learnt: null };
    if (found === null) throw tableGone(map, catalog.gap(map));
    const whole = withHiddenColumns(found.schema, map, hiddenColumnsOf(definition, flavor));
    const mismatch = mismatchOf(whole, map);
    if (mismatch !== null) throw notProven(map, mismatch, catalog.gap(map));
    const schema = declareColumns(whole, definition);
    return { table: this.#remember(map, schema), learnt: this.#learn(map, { ...found, definition }) };
  }

  apply({ sql, database, sqlMode }: DdlText): DdlEffect {
    const modes = sqlMode ?? 0n;
    const parsed = parseDdl(sql, {
      flavor: this.#options.flavor,
      database,
      ansiQuotes: (modes & SqlMode.ANSI_QUOTES) !== 0n,
      noBackslashEscapes: (modes & SqlMode.NO_BACKSLASH_ESCAPES) !== 0n,
    });
    this.#known = new WeakMap();
    const { statement } = parsed;
    return {
      events: this.#options.catalog.apply(parsed, database),
      truncated: statement.kind === 'truncate' ? statement.name : null,
    };
  }

  /** Takes the server's table into the catalog if its DDL, too, fits the TABLE_MAP. */
  #learn(
    map: TableMap,
    { createSql, definition }: { createSql: string; definition: TableDefinition | null },
  ): SchemaEvent | null {
    const { catalog } = this.#options;
    const schema = definition === null ? null : this.#trackedSchema(definition, map);
    if (definition === null || schema === null || mismatchOf(schema, map) !== null) return null;
    catalog.put(definition);
    return createdEvent(definition, createSql);
  }

  /** What rows look like by the table's DDL. */
  #trackedSchema(definition: TableDefinition, map: TableMap): TableSchema | null {
    const { flavor } = this.#options;
    const schema = tableSchemaOf(definition, flavor);
    return schema === null ? null : withHiddenColumns(schema, map, hiddenColumnsOf(definition, flavor));
  }

  /** What a TABLE_MAP with names tells of the table; null: it has none. */
  #toldBy(
    map: TableMap,
    { known, definition }: { known: TableSchema | null; definition: TableDefinition | null },
  ): TableSchema | null {
    const told = schemaFromTableMap(map, known);
    if (told === null || this.#options.flavor !== 'mariadb') return told;
    const declared = new Set(definition?.columns.map(({ name }) => name));
    return markHiddenColumns(told, {
      versioned: definition?.versioned === true,
      declares: (name) => declared.has(name),
      key: known?.primaryKey ?? [],
    });
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

/**
 * MariaDB's TABLE_MAP shows UUID, INET6 and INET4 as BINARY of their size, and no TABLE_MAP shows whether a TINYINT is one of one digit;
 * the server knows which it is. Nor does a TABLE_MAP show which columns a SELECT would.
 */
function mayHideType(schema: TableSchema, flavor: ServerFlavor): boolean {
  if (flavor === 'mariadb' && mayHideVersions(schema)) return true;
  return schema.columns.some(({ type }) => {
    if (type.family === 'integer') return type.bytes === 1;
    const isFixed = type.family === 'binary' && type.kind === 'binary';
    return flavor === 'mariadb' && isFixed && (type.length === 16 || type.length === 4);
  });
}

function mismatchOf(schema: TableSchema, map: TableMap): SealaneError | null {
  try {
    checkAgainstTableMap(schema, map);
    return null;
  } catch (thrown) {
    if (thrown instanceof SealaneError && thrown.code === 'TABLE_SCHEMA_MISMATCH') return thrown;
    throw thrown;
  }
}

const REMEDY =
  'SET GLOBAL binlog_row_metadata = FULL for the future, so that the binlog itself tells the schema. For now take a new snapshot, or exclude the table until the stream is behind the statement.';

function notProven(map: TableMap, mismatch: SealaneError, gap: SchemaGap | null): SealaneError {
  const cause =
    gap === null
      ? 'No statement that Sealane has seen explains the difference.'
      : `The statement “${gap.sql}” could not be followed: ${gap.reason}`;
  return new SealaneError({
    code: 'TABLE_SCHEMA_MISMATCH',
    message: `The schema of ${map.database}.${map.table} as of its binlog events is not known.`,
    why: `${cause} The server's schema of now does not fit either: ${mismatch.why ?? ''}`,
    remedy: REMEDY,
    details: { database: map.database, table: map.table, statement: gap?.sql ?? null },
    cause: mismatch,
  });
}

function tableGone(map: TableMap, gap: SchemaGap | null): SealaneError {
  const statement = gap === null ? '' : ` The statement “${gap.sql}” could not be followed: ${gap.reason}`;
  return new SealaneError({
    code: 'TABLE_SCHEMA_UNKNOWN',
    message: `The schema of ${map.database}.${map.table} is not known.`,
    why: `The binlog has rows of it, but the table is no longer on the server, and binlog_row_metadata is not FULL.${statement}`,
    remedy: REMEDY,
    details: { database: map.database, table: map.table, statement: gap?.sql ?? null },
  });
}
