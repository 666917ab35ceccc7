import { z } from 'zod';
import type { TableChange } from '../../change/schema-event.ts';
import type { ColumnDefinition, TableDefinition } from '../../change/table-definition.ts';

const columnSchema = z.object({
  name: z.string(),
  typeName: z.string(),
  charsetName: z.string().nullish(),
  length: z.number().nullish(),
  scale: z.number().nullish(),
  optional: z.boolean(),
  autoIncremented: z.boolean().default(false),
  comment: z.string().nullish(),
  hasDefaultValue: z.boolean().default(false),
  defaultValueExpression: z.string().nullish(),
  enumValues: z.array(z.string()).nullish(),
  visible: z.boolean().default(true),
  computed: z.boolean().default(false),
});

const tableSchema = z.object({
  defaultCharsetName: z.string().nullish(),
  primaryKeyColumnNames: z.array(z.string()),
  columns: z.array(columnSchema),
  primaryKey: z.array(z.string()).optional(),
  uniqueKeys: z.array(z.object({ name: z.string().nullable(), columns: z.array(z.string()) })).default([]),
});

/** The part of a history record that is read; what else Debezium writes is passed over. */
export const historyRecordSchema = z.object({
  source: z.object({ server: z.string() }),
  position: z.looseObject({
    file: z.string(),
    pos: z.number(),
    gtids: z.string().optional(),
    snapshot: z
      .union([z.string(), z.boolean().transform((value) => (value ? 'true' : undefined))])
      .optional(),
  }),
  databaseName: z.string().nullish(),
  ddl: z.string().nullish(),
  tableChanges: z
    .array(
      z.object({
        type: z.enum(['CREATE', 'ALTER', 'DROP']),
        id: z.string(),
        previousId: z.string().nullish(),
        table: tableSchema.nullish(),
        comment: z.string().nullish(),
      }),
    )
    .default([]),
});
export type HistoryRecordJson = z.output<typeof historyRecordSchema>;

/** A table change of a history record; null for a name that is none. */
export function readTableChange(json: HistoryRecordJson['tableChanges'][number]): TableChange | null {
  const name = readTableId(json.id);
  const previous =
    json.previousId === null || json.previousId === undefined ? null : readTableId(json.previousId);
  if (name === null) return null;
  const table = json.table ?? null;
  const definition = table === null ? null : readTable(table, { ...name, comment: json.comment ?? null });
  return { type: json.type, ...name, previous, definition };
}

/** `"database"."table"`, a quote in a name doubled. */
function readTableId(id: string): { database: string; table: string } | null {
  const match = /^"((?:[^"]|"")*)"\."((?:[^"]|"")*)"$/.exec(id);
  const [, database, table] = match ?? [];
  if (database === undefined || table === undefined) return null;
  return { database: database.replaceAll('""', '"'), table: table.replaceAll('""', '"') };
}

function readTable(
  json: z.output<typeof tableSchema>,
  about: { database: string; table: string; comment: string | null },
): TableDefinition {
  return {
    ...about,
    charset: json.defaultCharsetName ?? null,
    columns: json.columns.map(readColumn),
    primaryKey: json.primaryKey ?? json.primaryKeyColumnNames,
    uniqueKeys: json.uniqueKeys,
  };
}

function readColumn(json: z.output<typeof columnSchema>): ColumnDefinition {
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
    defaultValue: json.hasDefaultValue ? { expression: json.defaultValueExpression ?? null } : null,
  };
}

/** A label as SQL: in quotes, quotes doubled, backslashes doubled. */
function readLabel(quoted: string): string {
  const quote = quoted[0] ?? "'";
  return quoted
    .slice(1, -1)
    .replaceAll(quote + quote, quote)
    .replaceAll('\\\\', '\\');
}
