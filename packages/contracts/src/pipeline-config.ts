import { z } from 'zod';

/**
 * The capture settings of a pipeline. Every field is a Debezium property in camel case; the property itself
 * stands in the field's metadata, so that a connector JSON maps to this schema and back.
 */

/** Metadata of a configuration field, from which the form hints and the configuration reference are made. */
export interface ConfigFieldMeta {
  /** The Debezium connector property, e.g. `topic.prefix`. */
  property: string;
  title: string;
  description: string;
  /** A value as a user would type it. */
  example?: string;
}

function field<T extends z.ZodType>(schema: T, meta: ConfigFieldMeta): T {
  return schema.meta({ ...meta });
}

const regexList = z.array(z.string().min(1)).superRefine((patterns, context) => {
  for (const [index, pattern] of patterns.entries()) {
    try {
      new RegExp(`^(?:${pattern})$`);
    } catch (error) {
      context.addIssue({
        code: 'custom',
        path: [index],
        message: `Not a valid regular expression: ${error instanceof Error ? error.message : String(error)}`,
      });
    }
  }
});

/** Topic name part: what Kafka allows in a topic name. */
const topicName = z
  .string()
  .min(1, 'Required')
  .max(200)
  .regex(/^[A-Za-z0-9._-]+$/, 'Only letters, digits, dot, underscore and hyphen')
  .refine((name) => name !== '.' && name !== '..', 'Not a legal topic name');

export const snapshotModes = ['initial', 'initial_only', 'no_data'] as const;
export const decimalHandlingModes = ['precise', 'double', 'string'] as const;
export const bigintUnsignedHandlingModes = ['long', 'precise'] as const;
export const binaryHandlingModes = ['bytes', 'base64', 'base64-url-safe', 'hex'] as const;
export const timePrecisionModes = ['adaptive_time_microseconds', 'connect'] as const;

export const pipelineConfigSchema = z
  .strictObject({
    topicPrefix: field(topicName, {
      property: 'topic.prefix',
      title: 'Topic prefix',
      description: 'First part of every topic name. Offsets are keyed by it: it never changes.',
      example: 'shop',
    }),
    serverId: field(z.int().min(1).max(4294967295).optional(), {
      property: 'database.server.id',
      title: 'Server id',
      description: 'Replica id of this pipeline, unique among all replicas of the source. Chosen when empty.',
      example: '5401',
    }),
    databaseIncludeList: field(regexList.default([]), {
      property: 'database.include.list',
      title: 'Databases to capture',
      description:
        'Regular expressions anchored to the whole database name. Empty: all but the system databases.',
      example: 'shop',
    }),
    databaseExcludeList: field(regexList.default([]), {
      property: 'database.exclude.list',
      title: 'Databases to leave out',
      description: 'Regular expressions anchored to the whole database name. Excludes databaseIncludeList.',
    }),
    tableIncludeList: field(regexList.default([]), {
      property: 'table.include.list',
      title: 'Tables to capture',
      description:
        'Regular expressions anchored to `database.table`. Empty: every table of the captured databases.',
      example: 'shop\\.orders',
    }),
    tableExcludeList: field(regexList.default([]), {
      property: 'table.exclude.list',
      title: 'Tables to leave out',
      description: 'Regular expressions anchored to `database.table`. Excludes tableIncludeList.',
    }),
    columnIncludeList: field(regexList.default([]), {
      property: 'column.include.list',
      title: 'Columns to capture',
      description: 'Regular expressions anchored to `database.table.column`; trims values, never the key.',
    }),
    columnExcludeList: field(regexList.default([]), {
      property: 'column.exclude.list',
      title: 'Columns to leave out',
      description: 'Regular expressions anchored to `database.table.column`; trims values, never the key.',
      example: 'shop\\.customers\\.password_hash',
    }),
    snapshotMode: field(z.enum(snapshotModes).default('initial'), {
      property: 'snapshot.mode',
      title: 'Snapshot',
      description:
        'initial: rows that exist now, then changes. initial_only: rows that exist now, then stop. no_data: changes only.',
    }),
    snapshotLockTimeoutMs: field(z.int().min(0).default(10_000), {
      property: 'snapshot.lock.timeout.ms',
      title: 'Snapshot lock timeout',
      description:
        'Milliseconds to wait for the global read lock, which is held only to read position and schema.',
    }),
    tombstonesOnDelete: field(z.boolean().default(true), {
      property: 'tombstones.on.delete',
      title: 'Tombstones',
      description:
        'A null value with the same key after each delete, so that compacted topics forget the row.',
    }),
    decimalHandlingMode: field(z.enum(decimalHandlingModes).default('precise'), {
      property: 'decimal.handling.mode',
      title: 'Decimals',
      description: 'precise: base64 of the unscaled value; string: digits as text; double: loses digits.',
    }),
    bigintUnsignedHandlingMode: field(z.enum(bigintUnsignedHandlingModes).default('long'), {
      property: 'bigint.unsigned.handling.mode',
      title: 'BIGINT UNSIGNED',
      description: 'long: wraps negative above 2^63-1 as Debezium does; precise: base64 of the exact value.',
    }),
    binaryHandlingMode: field(z.enum(binaryHandlingModes).default('bytes'), {
      property: 'binary.handling.mode',
      title: 'Binary columns',
      description: 'How BINARY, VARBINARY and BLOB appear in JSON.',
    }),
    timePrecisionMode: field(z.enum(timePrecisionModes).default('adaptive_time_microseconds'), {
      property: 'time.precision.mode',
      title: 'Times',
      description: 'adaptive_time_microseconds keeps what the column holds; connect is milliseconds.',
    }),
    heartbeatIntervalMs: field(z.int().min(0).default(0), {
      property: 'heartbeat.interval.ms',
      title: 'Heartbeat interval',
      description:
        'Milliseconds between heartbeat records, which move offsets while captured tables are idle. 0: none.',
      example: '10000',
    }),
    topicHeartbeatPrefix: field(topicName.default('__debezium-heartbeat'), {
      property: 'topic.heartbeat.prefix',
      title: 'Heartbeat topic prefix',
      description: 'Heartbeats go to `<this>.<topic.prefix>`.',
    }),
    topicCreationPartitions: field(z.int().min(1).max(10_000).default(1), {
      property: 'topic.creation.default.partitions',
      title: 'Partitions of new topics',
      description: 'Partition count of topics that the pipeline creates.',
    }),
    topicCreationReplicationFactor: field(z.int().min(-1).max(32).default(-1), {
      property: 'topic.creation.default.replication.factor',
      title: 'Replication factor of new topics',
      description: "Copies of each partition. -1: the broker's default.",
    }),
    topicCreationConfig: field(z.record(z.string().min(1), z.string()).default({}), {
      property: 'topic.creation.default.*',
      title: 'Configuration of new topics',
      description: 'Topic settings by name, e.g. cleanup.policy=compact.',
    }),
    maxQueueSizeInBytes: field(z.int().min(1_048_576).default(67_108_864), {
      property: 'max.queue.size.in.bytes',
      title: 'Queue limit',
      description: 'Bytes that may wait for Kafka before reading from the source pauses.',
    }),
    connectTimeoutMs: field(z.int().min(100).default(30_000), {
      property: 'connect.timeout.ms',
      title: 'Connect timeout',
      description: 'Milliseconds to wait for a connection to the source.',
    }),
    keepAliveIntervalMs: field(z.int().min(1000).default(60_000), {
      property: 'connect.keep.alive.interval.ms',
      title: 'Keep-alive interval',
      description:
        'A silent binlog connection is taken for dead after this many milliseconds; heartbeats come every 0.8 of it.',
    }),
  })
  .superRefine((config, context) => {
    const rivals = [
      ['databaseIncludeList', 'databaseExcludeList'],
      ['tableIncludeList', 'tableExcludeList'],
      ['columnIncludeList', 'columnExcludeList'],
    ] as const;
    for (const [include, exclude] of rivals) {
      if (config[include].length > 0 && config[exclude].length > 0) {
        context.addIssue({
          code: 'custom',
          path: [exclude],
          message: `Give either ${include} or ${exclude}, not both`,
        });
      }
    }
  });

/** Capture settings with every default filled in. */
export type PipelineConfig = z.output<typeof pipelineConfigSchema>;
/** Capture settings as a user may send them: fields with defaults are optional. */
export type PipelineConfigInput = z.input<typeof pipelineConfigSchema>;
