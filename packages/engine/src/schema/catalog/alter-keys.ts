import type { ColumnDefinition, TableDefinition, UniqueKey } from '../../change/table-definition.ts';
import type { AlterStep, DeclaredColumn, DeclaredKey } from '../ddl/ddl-statement.ts';
import { SchemaConflict } from './alter-columns.ts';
import { sameName } from './resolve-column.ts';

type Keys = Pick<TableDefinition, 'primaryKey' | 'uniqueKeys'>;

/** The keys of a new table: those declared beside columns, then the others. */
export function declaredKeys(
  columns: readonly DeclaredColumn[],
  keys: readonly DeclaredKey[],
): readonly DeclaredKey[] {
  const beside = columns.flatMap(({ key, name }): DeclaredKey[] =>
    key === null ? [] : [{ kind: key, name: null, columns: [name] }],
  );
  return [...beside, ...keys];
}

/** Adds keys; column names are spelled as the columns are. Throws {@link SchemaConflict}. */
export function addKeys(
  before: Keys,
  added: readonly DeclaredKey[],
  columns: readonly ColumnDefinition[],
): Keys {
  let { primaryKey } = before;
  const uniqueKeys = [...before.uniqueKeys];
  for (const key of added) {
    if (key.columns === null) continue;
    const names = key.columns.map((name) => spelled(name, columns));
    if (key.kind === 'primary') primaryKey = names;
    else uniqueKeys.push({ name: key.name ?? freeName(names[0] ?? '', uniqueKeys), columns: names });
  }
  return { primaryKey, uniqueKeys };
}

function spelled(name: string, columns: readonly ColumnDefinition[]): string {
  const column = columns.find((candidate) => sameName(candidate.name, name));
  if (column === undefined) throw new SchemaConflict(`There is no column ${name}.`);
  return column.name;
}

/** A key without a name takes its first column's, with `_2`, `_3`, … where that is taken. */
function freeName(name: string, keys: readonly UniqueKey[]): string {
  const isTaken = (wanted: string): boolean =>
    keys.some((key) => key.name !== null && sameName(key.name, wanted));
  let free = name;
  for (let number = 2; isTaken(free); number += 1) free = `${name}_${number}`;
  return free;
}

/** The keys after all steps of one ALTER TABLE; `columns` are those after it. */
export function alterKeys(
  before: Keys,
  steps: readonly AlterStep[],
  columns: readonly ColumnDefinition[],
): Keys {
  const added = declaredKeys(
    steps.flatMap((step) => (step.step === 'add' || step.step === 'change' ? [step.column] : [])),
    steps.flatMap((step) => (step.step === 'add-key' ? [step.key] : [])),
  );
  return addKeys(withoutDropped(before, steps), added, columns);
}

function withoutDropped(before: Keys, steps: readonly AlterStep[]): Keys {
  let { primaryKey, uniqueKeys } = before;
  for (const step of steps) {
    if (step.step === 'drop-key' && step.name === null) primaryKey = [];
    if (step.step === 'drop-key') uniqueKeys = uniqueKeys.filter(({ name }) => !matches(name, step.name));
    if (step.step === 'rename-key') {
      uniqueKeys = uniqueKeys.map((key) => (matches(key.name, step.from) ? { ...key, name: step.to } : key));
    }
  }
  const names = newNames(steps);
  return {
    primaryKey: renamed(primaryKey, names),
    uniqueKeys: uniqueKeys
      .map((key) => ({ ...key, columns: renamed(key.columns, names) }))
      .filter((key) => key.columns.length > 0),
  };
}

function matches(name: string | null, wanted: string | null): boolean {
  return name !== null && wanted !== null && sameName(name, wanted);
}

/** What becomes of old column names: another one, or null when dropped. */
function newNames(steps: readonly AlterStep[]): ReadonlyMap<string, string | null> {
  const names = new Map<string, string | null>();
  for (const step of steps) {
    if (step.step === 'drop') names.set(step.name.toLowerCase(), null);
    if (step.step === 'change') names.set(step.name.toLowerCase(), step.column.name);
    if (step.step === 'rename-column') names.set(step.from.toLowerCase(), step.to);
  }
  return names;
}

/** A dropped column leaves its keys. */
function renamed(columns: readonly string[], names: ReadonlyMap<string, string | null>): string[] {
  return columns.flatMap((column) => {
    const name = names.get(column.toLowerCase());
    if (name === null) return [];
    return [name ?? column];
  });
}
