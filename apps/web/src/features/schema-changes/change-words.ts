import type { SchemaChangeItem, TableEffect, TimelineColumn } from '@sealane/contracts/api/schema-changes';

export type ChangeKind = 'create' | 'alter' | 'drop' | 'rename' | 'read' | 'other';

/** What a change is, in one word. A statement on several tables is named after its first. */
export function kindOf({
  origin,
  tables,
}: Pick<SchemaChangeItem, 'origin'> & { tables: readonly TableEffect[] }): ChangeKind {
  if (origin !== 'statement') return 'read';
  const [first] = tables;
  if (first === undefined) return 'other';
  if (first.renamedFrom !== null) return 'rename';
  return first.type === 'CREATE' ? 'create' : first.type === 'DROP' ? 'drop' : 'alter';
}

export const originWords: Record<SchemaChangeItem['origin'], { label: string; meaning: string }> = {
  statement: { label: 'Statement', meaning: 'Read from the binlog' },
  snapshot: { label: 'Snapshot', meaning: 'Read by a snapshot' },
  server: {
    label: 'Server',
    meaning: 'Read from the server as it was then, because no statement in the history told of it',
  },
};

/** `database.table`. */
export function tableText({ database, table }: { database: string; table: string }): string {
  return `${database}.${table}`;
}

/** A column as its DDL would declare it, without its name. */
export function declaration(column: TimelineColumn): string {
  return [
    column.type,
    column.charset === null ? '' : `CHARACTER SET ${column.charset}`,
    column.generated ? 'GENERATED' : '',
    column.nullable ? 'NULL' : 'NOT NULL',
    column.defaultValue === null ? '' : `DEFAULT ${column.defaultValue}`,
    column.autoIncrement ? 'AUTO_INCREMENT' : '',
    column.visible ? '' : 'INVISIBLE',
    column.comment ? `COMMENT ${quoted(column.comment)}` : '',
  ]
    .filter(Boolean)
    .join(' ');
}

type Aspect = keyof TimelineColumn;

export const aspectNames: Record<Aspect, string> = {
  name: 'Name',
  type: 'Type',
  nullable: 'Null',
  defaultValue: 'Default',
  charset: 'Charset',
  position: 'Position',
  autoIncrement: 'Auto increment',
  generated: 'Generated',
  visible: 'Visible',
  comment: 'Comment',
};

/** One aspect of a column as text; null where there is none, e.g. no default. */
export function aspectText(column: TimelineColumn, aspect: Aspect): string | null {
  const value = column[aspect];
  if (aspect === 'nullable') return value === true ? 'NULL' : 'NOT NULL';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return value === null ? null : String(value);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
