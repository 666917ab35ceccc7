import type { ColumnDefinition, TableDefinition } from '../../change/table-definition.ts';
import type { AlterStep, TableBody, TableName } from '../ddl/ddl-statement.ts';
import { alterColumns, SchemaConflict } from './alter-columns.ts';
import { addKeys, alterKeys, declaredKeys } from './alter-keys.ts';
import { resolveColumn, sameName } from './resolve-column.ts';

/** A new table from its declaration. `databaseCharset` is what a table without a charset takes. */
export function defineTable(
  name: TableName,
  body: TableBody,
  databaseCharset: string | null,
): TableDefinition {
  const { charset: declared = 'default', comment = null } = body.options;
  const charset = declared === 'default' ? databaseCharset : declared.charset;
  const columns = body.columns.map((column) => resolveColumn(column, charset));
  const none = { primaryKey: [], uniqueKeys: [] };
  const keys = addKeys(none, declaredKeys(body.columns, body.keys), columns);
  const versioned = body.options.versioned === true && !declaresTimes(columns);
  return complete({ ...name, charset, comment, columns, ...keys, versioned });
}

/** A table after one ALTER TABLE, under its old name. Throws {@link SchemaConflict} when the statement does not fit. */
export function alterTable(
  before: TableDefinition,
  steps: readonly AlterStep[],
  databaseCharset: string | null,
): TableDefinition {
  let { comment } = before;
  // MariaDB takes CONVERT and a default at once, in any order: columns follow the one, the table the other.
  let converted: string | null = null;
  let declared: string | null = null;
  for (const step of steps) {
    if (step.step === 'opaque')
      throw new SchemaConflict(`${step.reason} does not say what it makes of the columns.`);
    if (step.step === 'convert') converted = charsetOf(step.charset, databaseCharset);
    if (step.step !== 'options') continue;
    if (step.options.charset !== undefined) declared = charsetOf(step.options.charset, databaseCharset);
    comment = step.options.comment ?? comment;
  }
  const charset = declared ?? converted ?? before.charset;
  const columns = alterColumns(before.columns, withoutPresent(before, steps), converted ?? charset);
  const keys = alterKeys(before, withoutPresent(before, steps), columns);
  const versioned = versionedAfter(steps, { before, columns });
  return complete({ ...before, charset, comment, columns, ...keys, versioned });
}

function versionedAfter(
  steps: readonly AlterStep[],
  { before, columns }: { before: TableDefinition; columns: readonly ColumnDefinition[] },
): boolean {
  const step = steps.findLast((one) => one.step === 'versioning');
  if (step === undefined) return before.versioned;
  if (!step.on && declaresTimes(columns))
    throw new SchemaConflict(
      'DROP SYSTEM VERSIONING does not say what it makes of the columns for the time.',
    );
  return step.on && !declaresTimes(columns);
}

/** `AS ROW START` and `AS ROW END`: the only generated columns that are NOT NULL by themselves. */
function declaresTimes(columns: readonly ColumnDefinition[]): boolean {
  const times = columns.filter(
    ({ typeName, generated, nullable }) => generated && !nullable && /^(?:TIMESTAMP|BIGINT)/.test(typeName),
  );
  return times.length >= 2;
}

function charsetOf(
  option: 'default' | { readonly charset: string },
  databaseCharset: string | null,
): string | null {
  return option === 'default' ? databaseCharset : option.charset;
}

/** Steps that IF EXISTS and IF NOT EXISTS leave out. */
function withoutPresent(before: TableDefinition, steps: readonly AlterStep[]): readonly AlterStep[] {
  const hasColumn = (name: string): boolean => before.columns.some((column) => sameName(column.name, name));
  return steps.filter((step) => {
    if (!('guarded' in step) || !step.guarded) return true;
    if (step.step === 'add') return !hasColumn(step.column.name);
    if (step.step === 'rename-column') return hasColumn(step.from);
    if (step.step === 'add-key') {
      const { name } = step.key;
      return name === null || !before.uniqueKeys.some((key) => key.name !== null && sameName(key.name, name));
    }
    return hasColumn(step.name);
  });
}

/** Columns of the primary key are NOT NULL, whatever they were declared. */
function complete(table: TableDefinition): TableDefinition {
  const inKey = (column: ColumnDefinition): boolean => table.primaryKey.includes(column.name);
  const columns = table.columns.map((column) =>
    column.nullable && inKey(column) ? { ...column, nullable: false } : column,
  );
  return { ...table, columns };
}
