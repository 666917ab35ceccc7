import { charsetWidth } from '@sealane/binlog/table/collations';
import type { ColumnDefinition } from '../../change/table-definition.ts';
import type { AlterStep, ColumnPlace } from '../ddl/ddl-statement.ts';
import { resolveColumn, sameName } from './resolve-column.ts';

/** Thrown when a statement does not fit the schema it is applied to. */
export class SchemaConflict extends Error {}

interface Placed {
  readonly column: ColumnDefinition;
  readonly place: ColumnPlace;
}

/**
 * The columns after all steps of one ALTER TABLE, in the servers' way (`mysql_prepare_alter_table`): drops, changes and renames
 * go by the old names and keep their place; then whatever has FIRST or AFTER, and new columns, follow in order of the
 * statement, AFTER going by the new names. Throws {@link SchemaConflict}.
 */
export function alterColumns(
  before: readonly ColumnDefinition[],
  steps: readonly AlterStep[],
  tableCharset: string | null,
): ColumnDefinition[] {
  const kept: ColumnDefinition[] = [];
  const moved = new Map<AlterStep, ColumnDefinition>();
  for (const column of before) {
    const change = stepOn(column, steps, tableCharset);
    if (change === null) continue;
    kept.push(change.column);
    if (change.step !== null) moved.set(change.step, change.column);
  }
  for (const step of steps) {
    checkTarget(step, { before, steps });
    takeBackAdded(kept, { step, before });
    const placed = placedBy(step, { before, moved, steps, tableCharset });
    if (placed !== null) place(kept, placed);
  }
  const convert = steps.some((step) => step.step === 'convert');
  return convert ? kept.map((column) => withCharset(column, tableCharset)) : kept;
}

/** CONVERT TO CHARACTER SET overrules what a column of the same statement declares. */
function withCharset(column: ColumnDefinition, charset: string | null): ColumnDefinition {
  return column.charset === null || column.charset === 'binary' || charset === null
    ? column
    : { ...column, charset };
}

/** What the steps make of an old column: null when it is dropped; with the step that gives it a new place. */
function stepOn(
  column: ColumnDefinition,
  steps: readonly AlterStep[],
  tableCharset: string | null,
): { column: ColumnDefinition; step: AlterStep | null } | null {
  let result = column;
  for (const step of steps) {
    if (step.step === 'convert') result = converted(result, tableCharset);
    if (!('name' in step) || step.name === null || !sameName(step.name, column.name)) {
      if (step.step === 'rename-column' && sameName(step.from, column.name))
        result = { ...result, name: step.to };
      continue;
    }
    if (step.step === 'drop') return null;
    if (step.step === 'default') result = { ...result, defaultValue: step.value };
    if (step.step === 'visibility') result = { ...result, visible: step.visible };
    if (step.step === 'change') {
      const changed = resolveColumn(step.column, tableCharset);
      return { column: changed, step: step.place === null ? null : step };
    }
  }
  return { column: result, step: null };
}

const TEXT_BYTES: Readonly<Record<string, number>> = {
  TINYTEXT: 255,
  TEXT: 65_535,
  MEDIUMTEXT: 16_777_215,
  LONGTEXT: 4_294_967_295,
};

/** CONVERT TO CHARACTER SET: a TEXT grows to hold as many characters as before. */
function converted(column: ColumnDefinition, charset: string | null): ColumnDefinition {
  if (column.charset === null || column.charset === 'binary' || charset === null) return column;
  const bytes = TEXT_BYTES[column.typeName];
  if (bytes === undefined || charsetWidth(charset) <= charsetWidth(column.charset))
    return { ...column, charset };
  const needed = Math.floor(bytes / charsetWidth(column.charset)) * charsetWidth(charset);
  const typeName = Object.entries(TEXT_BYTES).find(([, holds]) => holds >= needed)?.[0] ?? 'LONGTEXT';
  return { ...column, charset, typeName };
}

/**
 * A step must have its column in the table. MariaDB lets ALTER COLUMN also speak of one that the statement adds, and CHANGE,
 * going by the new name.
 */
function checkTarget(
  step: AlterStep,
  { before, steps }: { before: readonly ColumnDefinition[]; steps: readonly AlterStep[] },
): void {
  if (!('guarded' in step) || step.guarded || step.step === 'add' || step.step === 'add-key') return;
  const name = step.step === 'rename-column' ? step.from : step.name;
  if (before.some((column) => sameName(column.name, name))) return;
  const meant = step.step === 'change' ? step.column.name : name;
  const isAdded = steps.some((other) => other.step === 'add' && sameName(other.column.name, meant));
  if (isAdded && ['default', 'visibility', 'change'].includes(step.step)) return;
  throw new SchemaConflict(`There is no column ${name}.`);
}

/** A CHANGE of a column that the same statement adds takes its place. */
function takeBackAdded(
  columns: ColumnDefinition[],
  { step, before }: { step: AlterStep; before: readonly ColumnDefinition[] },
): void {
  if (step.step !== 'change' || before.some(({ name }) => sameName(name, step.name))) return;
  const index = columns.findIndex(({ name }) => sameName(name, step.column.name));
  if (index !== -1) columns.splice(index, 1);
}

function placedBy(
  step: AlterStep,
  {
    before,
    moved,
    steps,
    tableCharset,
  }: {
    before: readonly ColumnDefinition[];
    steps: readonly AlterStep[];
    moved: ReadonlyMap<AlterStep, ColumnDefinition>;
    tableCharset: string | null;
  },
): Placed | null {
  if (step.step === 'change') {
    const column = before.some(({ name }) => sameName(name, step.name))
      ? moved.get(step)
      : resolveColumn(step.column, tableCharset);
    return column === undefined ? null : { column, place: step.place };
  }
  if (step.step !== 'add') return null;
  if (step.guarded && before.some(({ name }) => sameName(name, step.column.name))) return null;
  let column = resolveColumn(step.column, tableCharset);
  for (const other of steps) {
    if (other.step === 'default' && sameName(other.name, column.name))
      column = { ...column, defaultValue: other.value };
    if (other.step === 'visibility' && sameName(other.name, column.name)) {
      column = { ...column, visible: other.visible };
    }
  }
  return { column, place: step.place };
}

/** A column that moves keeps its old place until its step: MySQL takes AFTER it before then. */
function place(columns: ColumnDefinition[], placed: Placed): void {
  const index = columns.indexOf(placed.column);
  if (index !== -1) columns.splice(index, 1);
  insert(columns, placed);
}

function insert(columns: ColumnDefinition[], { column, place }: Placed): void {
  if (columns.some(({ name }) => sameName(name, column.name))) {
    throw new SchemaConflict(`There is a column ${column.name} already.`);
  }
  if (place === null) columns.push(column);
  else if (place === 'first') columns.unshift(column);
  else {
    const index = columns.findIndex(({ name }) => sameName(name, place.after));
    if (index === -1) throw new SchemaConflict(`There is no column ${place.after}.`);
    columns.splice(index + 1, 0, column);
  }
}
