import { oc } from '@orpc/contract';
import { z } from 'zod';

/** Offsets are text: 64-bit numbers do not survive a JavaScript number. */
const offsetText = z.string().regex(/^\d{1,19}$/);

/** A column as the schema history declares it; texts are the DDL's own, digits exact. */
export const timelineColumnSchema = z.object({
  name: z.string(),
  /** As declared: `DECIMAL(20,2)`, `INT UNSIGNED`, `ENUM('a','b')`. */
  type: z.string(),
  nullable: z.boolean(),
  /** The default as SQL, text in quotes; null: none, or NULL. */
  defaultValue: z.string().nullable(),
  charset: z.string().nullable(),
  autoIncrement: z.boolean(),
  generated: z.boolean(),
  visible: z.boolean(),
  comment: z.string().nullable(),
  /** Place in the table, from 1. */
  position: z.int(),
});
export type TimelineColumn = z.infer<typeof timelineColumnSchema>;

export const columnAspects = [
  'name',
  'type',
  'nullable',
  'defaultValue',
  'charset',
  'position',
  'autoIncrement',
  'generated',
  'visible',
  'comment',
] as const;

export const columnDiffSchema = z.object({
  change: z.enum(['added', 'removed', 'changed', 'same']),
  /** Null of an added column. */
  before: timelineColumnSchema.nullable(),
  /** Null of a removed column. */
  after: timelineColumnSchema.nullable(),
  /** What differs; `position` only where the column moved among those that stayed. */
  aspects: z.array(z.enum(columnAspects)),
});
export type ColumnDiff = z.infer<typeof columnDiffSchema>;

const tableNameSchema = z.object({ database: z.string(), table: z.string() });

/** What became of one table, in numbers. */
export const tableEffectSchema = tableNameSchema.extend({
  type: z.enum(['CREATE', 'ALTER', 'DROP']),
  /** The name before a rename. */
  renamedFrom: tableNameSchema.nullable(),
  /** The pipeline's lists capture it. */
  captured: z.boolean(),
  /**
   * What it is compared with. `previous`: the version before; `nothing`: there was none; `unknown`: the version before lies
   * further back than was read, or was deleted from the topic.
   */
  comparedWith: z.enum(['previous', 'nothing', 'unknown']),
  added: z.int(),
  removed: z.int(),
  changed: z.int(),
  keyChanged: z.boolean(),
});
export type TableEffect = z.infer<typeof tableEffectSchema>;

const keySchema = z.object({
  /** Null: the primary key, or a key that the server names. */
  name: z.string().nullable(),
  kind: z.enum(['primary', 'unique']),
  columns: z.array(z.string()),
});

const beforeAfter = <T extends z.ZodType>(value: T) => z.object({ before: value, after: value });

/** The same, column by column. */
export const tableDiffSchema = tableEffectSchema.extend({
  /** In the order of the table as it is now; removed columns stand where they were. */
  columns: z.array(columnDiffSchema),
  keys: beforeAfter(z.array(keySchema)),
  charset: beforeAfter(z.string().nullable()),
  comment: beforeAfter(z.string().nullable()),
});
export type TableDiff = z.infer<typeof tableDiffSchema>;

const recordSchema = z.object({
  /** Offset in the history topic: the change's id. */
  offset: offsetText,
  /** `snapshot`: a snapshot read it; `server`: it was read from the server because no statement told of it. */
  origin: z.enum(['statement', 'snapshot', 'server']),
  database: z.string().nullable(),
  /** When Sealane recorded it, epoch milliseconds. */
  recordedAtMs: z.number().nullable(),
  /** When the source committed it, epoch milliseconds, counted in whole seconds. */
  committedAtMs: z.number().nullable(),
  position: z.object({
    file: z.string(),
    /** Behind the statement (MySQL), or where its transaction starts (MariaDB). */
    pos: z.string(),
    /** All GTIDs before the statement. */
    gtids: z.string().nullable(),
    serverId: z.string().nullable(),
  }),
});

export const schemaChangeSchema = recordSchema.extend({
  /** The statement, cut at 500 characters. */
  ddl: z.string(),
  ddlTruncated: z.boolean(),
  /** At most 20. */
  tables: z.array(tableEffectSchema),
  tableCount: z.int(),
});
export type SchemaChangeItem = z.infer<typeof schemaChangeSchema>;

export const schemaChangeDetailSchema = recordSchema.extend({
  ddl: z.string(),
  tables: z.array(tableDiffSchema),
});
export type SchemaChangeDetail = z.infer<typeof schemaChangeDetailSchema>;

export const schemaChangePageSchema = z.object({
  topic: z.string(),
  /** False: the topic does not exist, because the pipeline never ran or somebody deleted it. */
  exists: z.boolean(),
  /** True: the topic's first records are gone, and with them the versions that they held. */
  startMissing: z.boolean(),
  /** The offset that the next record will get. */
  end: offsetText,
  items: z.array(schemaChangeSchema),
  /** `before` of the next page; null at the start of the history. */
  next: offsetText.nullable(),
  /** Records looked at for this page. */
  scanned: z.int(),
  /** Records among them that are none of Debezium's. */
  unreadable: z.int(),
});
export type SchemaChangePage = z.infer<typeof schemaChangePageSchema>;

const id = z.object({ id: z.string() });

export const schemaChangesContract = {
  schemaChanges: oc
    .route({
      method: 'GET',
      path: '/pipelines/{id}/schema-changes',
      summary: 'DDL timeline from the schema history, newest first',
      tags: ['Pipelines'],
    })
    .input(
      id.extend({
        /** Only records before this offset. */
        before: offsetText.optional(),
        /** Text that `database.table`, before or after a rename, contains; letter case is ignored. */
        table: z.string().max(200).optional(),
        origin: z.enum(['all', 'statement', 'snapshot']).default('all'),
        /** 0: no records, only how far the topic reaches, to learn cheaply of new ones. */
        limit: z.coerce.number().int().min(0).max(200).default(50),
      }),
    )
    .output(schemaChangePageSchema),
  schemaChange: oc
    .route({
      method: 'GET',
      path: '/pipelines/{id}/schema-changes/{offset}',
      summary: 'One schema change with the column diff of its tables',
      tags: ['Pipelines'],
    })
    .input(id.extend({ offset: offsetText }))
    .output(schemaChangeDetailSchema),
};
