import {
  type HistoryColumnJson,
  type HistoryTableChangeJson,
  type HistoryTableJson,
  readTableId,
} from '@sealane/contracts/schema-history';
import type { TableChange } from '../../change/schema-event.ts';
import type { ColumnDefinition, TableDefinition } from '../../change/table-definition.ts';

/** A table change of a history record; null for a name that is none. */
export function readTableChange(json: HistoryTableChangeJson): TableChange | null {
  const name = readTableId(json.id);
  const previous =
    json.previousId === null || json.previousId === undefined ? null : readTableId(json.previousId);
  if (name === null) return null;
  const table = json.table ?? null;
  const definition = table === null ? null : readTable(table, { ...name, comment: json.comment ?? null });
  return { type: json.type, ...name, previous, definition };
}

function readTable(
  json: HistoryTableJson,
  about: { database: string; table: string; comment: string | null },
): TableDefinition {
  return {
    ...about,
    charset: json.defaultCharsetName ?? null,
    columns: json.columns.map(readColumn),
    primaryKey: json.primaryKey ?? json.primaryKeyColumnNames,
    uniqueKeys: json.uniqueKeys,
    versioned: json.versioned,
  };
}

function readColumn(json: HistoryColumnJson): ColumnDefinition {
  return {
    name: json.name,
    typeName: json.typeName,
    length: json.length ?? null,
    scale: json.scale ?? null,
    charset: json.charsetName ?? null,
    labels: (json.enumValues ?? []).map(readLabel),
    nullable: json.optional,
    autoIncremented: json.autoIncremented,
    generated: json.computed,
    visible: json.visible,
    comment: json.comment ?? null,
    defaultValue: json.hasDefaultValue ? readDefault(json) : null,
  };
}

function readDefault({
  defaultValueExpression,
  defaultSql,
}: HistoryColumnJson): ColumnDefinition['defaultValue'] {
  const expression = defaultValueExpression ?? null;
  return defaultSql === undefined ? { expression } : { expression, sql: defaultSql };
}

/** A label as SQL: in quotes, quotes doubled, backslashes doubled. */
function readLabel(quoted: string): string {
  const quote = quoted[0] ?? "'";
  return quoted
    .slice(1, -1)
    .replaceAll(quote + quote, quote)
    .replaceAll('\\\\', '\\');
}
