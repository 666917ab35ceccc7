/** What the test compares of a record: one line per table, one item per column. */
export interface RecordDigest {
  readonly database: string;
  readonly ddl: string;
  readonly changes: readonly string[];
}

interface ColumnJson {
  name: string;
  jdbcType: number;
  typeName: string;
  charsetName: string | null;
  length?: number;
  scale?: number;
  optional: boolean;
  autoIncremented: boolean;
  comment: string | null;
  hasDefaultValue: boolean;
  defaultValueExpression?: string;
  enumValues: string[];
}

/** An entry of `tableChanges` in a history record. */
export interface TableChangeJson {
  type: string;
  id: string;
  previousId?: string;
  table?: {
    defaultCharsetName: string | null;
    primaryKeyColumnNames: string[];
    columns: ColumnJson[];
  } | null;
  comment?: string | null;
}

/** A history record's table change on one line. */
export function digestChange({ type, id, previousId, table, comment }: TableChangeJson): string {
  const name = previousId === undefined ? id : `${previousId} to ${id}`;
  if (table === undefined || table === null) return `${type} ${name}`;
  const columns = table.columns.map(digestColumn).join('; ');
  const about = comment === null || comment === undefined ? '' : ` '${comment}'`;
  return `${type} ${name} ${table.defaultCharsetName} (${table.primaryKeyColumnNames.join(', ')})${about}: ${columns}`;
}

function digestColumn(column: ColumnJson): string {
  const size = [column.length, column.scale].filter((part) => part !== undefined).join(',');
  const facts = [
    column.charsetName ?? '',
    column.optional ? '' : 'NOT NULL',
    column.autoIncremented ? 'AUTO_INCREMENT' : '',
    column.comment === null ? '' : `COMMENT ${column.comment}`,
    column.hasDefaultValue ? `DEFAULT ${column.defaultValueExpression ?? 'NULL'}` : '',
    column.enumValues.length === 0 ? '' : `(${column.enumValues.join(',')})`,
  ];
  const type = `${column.name} ${column.jdbcType} ${column.typeName}${size === '' ? '' : `(${size})`}`;
  return [type, ...facts.filter((fact) => fact !== '')].join(' ');
}
