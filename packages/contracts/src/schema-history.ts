import { z } from 'zod';

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
  /** A computed default as the DDL has it. */
  defaultSql: z.string().optional(),
  /** As SQL, quotes included. */
  enumValues: z.array(z.string()).nullish(),
  visible: z.boolean().default(true),
  computed: z.boolean().default(false),
});
export type HistoryColumnJson = z.output<typeof columnSchema>;

const tableSchema = z.object({
  defaultCharsetName: z.string().nullish(),
  primaryKeyColumnNames: z.array(z.string()),
  columns: z.array(columnSchema),
  primaryKey: z.array(z.string()).optional(),
  uniqueKeys: z.array(z.object({ name: z.string().nullable(), columns: z.array(z.string()) })).default([]),
  versioned: z.boolean().default(false),
});
export type HistoryTableJson = z.output<typeof tableSchema>;

const tableChangeSchema = z.object({
  type: z.enum(['CREATE', 'ALTER', 'DROP']),
  id: z.string(),
  previousId: z.string().nullish(),
  /** The table as the statement leaves it; absent after a drop. */
  table: tableSchema.nullish(),
  comment: z.string().nullish(),
});
export type HistoryTableChangeJson = z.output<typeof tableChangeSchema>;

/**
 * A record of the schema history topic, Debezium's `HistoryRecord`, as far as it is read; what else Debezium writes is passed over.
 * `visible`, `computed`, `defaultSql`, `uniqueKeys`, `primaryKey` and `versioned` of a table and `origin` are Sealane's own.
 */
export const historyRecordSchema = z.object({
  source: z.object({ server: z.string() }),
  position: z.looseObject({
    file: z.string(),
    pos: z.number(),
    gtids: z.string().optional(),
    ts_sec: z.number().optional(),
    server_id: z.number().optional(),
    snapshot: z
      .union([z.string(), z.boolean().transform((value) => (value ? 'true' : undefined))])
      .optional(),
  }),
  ts_ms: z.number().optional(),
  databaseName: z.string().nullish(),
  ddl: z.string().nullish(),
  /** `server`: no statement told of it, the table was read from the server. */
  origin: z.literal('server').optional(),
  tableChanges: z.array(tableChangeSchema).default([]),
});
export type HistoryRecordJson = z.output<typeof historyRecordSchema>;

/** Reads `"database"."table"`, a quote in a name doubled; null for what is no such name. */
export function readTableId(id: string): { database: string; table: string } | null {
  const match = /^"((?:[^"]|"")*)"\."((?:[^"]|"")*)"$/.exec(id);
  const [, database, table] = match ?? [];
  if (database === undefined || table === undefined) return null;
  return { database: database.replaceAll('""', '"'), table: table.replaceAll('""', '"') };
}
