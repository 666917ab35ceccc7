import type { HandlingModes } from '@sealane/binlog/columns/handling-modes';
import { mayBeLeftOut } from '@sealane/binlog/columns/missing-value';
import { compileHistoryTest, type HistoryTest } from '@sealane/binlog/row/history-row';
import { compileKeyWriter } from '@sealane/binlog/row/key-writer';
import type { NativeRows } from '@sealane/binlog/row/native-rows';
import { hasBit } from '@sealane/binlog/row/row-layout';
import { compileRowWriter } from '@sealane/binlog/row/row-writer';
import type { KeyWriter, RowWriter } from '@sealane/binlog/row/row-writer-types';
import { SealaneError } from '@sealane/errors/sealane-error';
import type { CapturedTable } from '../change/captured-table.ts';
import type { ColumnRules } from '../change/column-rules.ts';
import type { Converters } from '../change/converters.ts';
import type { KeyColumns } from '../change/message-key.ts';
import { checkFieldNames } from './check-field-names.ts';
import { keyWithin, type RecordLeads, type TableLeads } from './record-leads.ts';
import type { RowForm } from './row-form.ts';

/** The writers of one table for one column bitmap. */
export interface ImageWriters {
  readonly row: RowWriter;
  /** Null: the table has no key. */
  readonly key: KeyWriter | null;
  /** Null: the table keeps no rows of the past. */
  readonly isPast: HistoryTest | null;
  readonly leads: TableLeads;
}

export interface TableWritersOptions {
  modes: HandlingModes;
  key: KeyColumns;
  rules: ColumnRules;
  converters: Converters;
  /** Stands for values that are not in a row image. */
  placeholder: Buffer;
  leads: Pick<RecordLeads, 'of'>;
  form: RowForm;
  /** Null: rows are written without native code. */
  native: NativeRows | null;
}

/** Compiles the writers of a table once per schema and column bitmap. */
export class TableWriters {
  readonly #options: TableWritersOptions;
  readonly #whole = new WeakMap<CapturedTable, ImageWriters>();
  #newest: { readonly table: CapturedTable; readonly writers: ImageWriters } | null = null;
  readonly #partial = new WeakMap<CapturedTable, Map<string, ImageWriters>>();

  constructor(options: TableWritersOptions) {
    this.#options = options;
  }

  get(table: CapturedTable, present: Uint8Array | null): ImageWriters {
    if (present !== null) return this.#getPartial(table, present);
    if (this.#newest?.table === table) return this.#newest.writers;
    let writers = this.#whole.get(table);
    if (writers === undefined) {
      writers = this.#compile(table, null);
      this.#whole.set(table, writers);
    }
    this.#newest = { table, writers };
    return writers;
  }

  #getPartial(table: CapturedTable, present: Uint8Array): ImageWriters {
    let byBitmap = this.#partial.get(table);
    if (byBitmap === undefined) {
      byBitmap = new Map();
      this.#partial.set(table, byBitmap);
    }
    const bitmap = Buffer.from(present).toString('latin1');
    let writers = byBitmap.get(bitmap);
    if (writers === undefined) {
      writers = this.#compile(table, present);
      byBitmap.set(bitmap, writers);
    }
    return writers;
  }

  #compile(table: CapturedTable, present: Uint8Array | null): ImageWriters {
    const { tableMap, included } = table;
    const schema = this.#options.converters(table.schema);
    if (tableMap === null) throw missingTableMap(table.id);
    const { modes, placeholder, form, rules, native } = this.#options;
    const options = { schema, tableMap, modes, present, placeholder, fieldName: form.fieldName };
    checkFieldNames(schema, { included, fieldName: form.fieldName });
    const columns = this.#options.key(schema);
    if (present !== null) checkImage({ table, present, keyColumns: columns });
    const key = compileKeyWriter({ ...options, columns, nullJson: form.keyNulls(schema) });
    const leads = this.#options.leads.of(schema);
    const nullJson = form.nulls(schema);
    return {
      row: compileRowWriter({ ...options, included, rules: rules(schema), nullJson, native }),
      key: key === null || leads.key === null ? key : keyWithin(leads.key, key),
      isPast: compileHistoryTest(options),
      leads,
    };
  }
}

/**
 * Throws where a row image lacks a column that `binlog_row_image=NOBLOB` never leaves out, or one of the key: records of it would tell of
 * NULLs that are not there. MariaDB 11.8 leaves generated columns out of updates and deletes, whatever the setting.
 */
function checkImage(image: {
  table: CapturedTable;
  present: Uint8Array;
  keyColumns: readonly string[];
}): void {
  const { table, present, keyColumns } = image;
  const missing = table.schema.columns.filter(
    (column) =>
      !hasBit(present, column.ordinal) &&
      (keyColumns.includes(column.name) || (table.included(column.ordinal) && !mayBeLeftOut(column))),
  );
  if (missing.length === 0) return;
  throw new SealaneError({
    code: 'BINLOG_ROW_IMAGE_INCOMPLETE',
    message: `Rows of ${table.id} are in the binlog without all of their columns.`,
    why: `${missing.map(({ name }) => name).join(', ')} is missing: the session that wrote them had binlog_row_image=MINIMAL, or these are generated columns, which MariaDB 11.8 leaves out of updates and deletes.`,
    remedy:
      "Name generated columns in column.exclude.list. Else SET GLOBAL binlog_row_image = 'FULL', have the applications reconnect, and take a new snapshot of the table; event.processing.failure.handling.mode=skip leaves such rows out.",
    details: { table: table.id, columns: missing.map(({ name }) => name).join(',') },
  });
}

function missingTableMap(table: string): SealaneError {
  return new SealaneError({
    code: 'INTERNAL_ERROR',
    message: `The rows of ${table} came without a table map.`,
    remedy: 'Report this with the binlog position.',
  });
}
