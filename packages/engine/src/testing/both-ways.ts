import type { PipelineConfigInput } from '@sealane/contracts/pipeline-config';
import type { MessageRecord } from '@sealane/kafka/reader/message-record';
import type { SqlConnection } from '../source/sql.ts';
import {
  openTestDatabase,
  readTopic,
  startPipeline,
  type TestServers,
  testSpec,
  until,
  untilCaughtUp,
} from './pipeline-harness.ts';

/** A record's row, and the schemas of its columns where the records have them. */
export interface CapturedRow {
  readonly before: Record<string, unknown> | null;
  readonly after: Record<string, unknown> | null;
  readonly schema: Record<string, unknown> | null;
}

export interface BothWaysOptions {
  /** Names the database. */
  name: string;
  /** Creates the table `t`; several statements end in `;` and a line feed. */
  table: string;
  /** What stands behind INSERT INTO t VALUES, row by row. */
  rows?: readonly string[];
  /** Makes rows otherwise; legal are statements on `t` that leave rows in the order of their first insert. */
  write?: (sql: SqlConnection) => Promise<void>;
  config?: Partial<PipelineConfigInput>;
  /** Reads the table once its rows are there. */
  read?: (sql: SqlConnection) => Promise<void>;
}

/** The rows of one table `t` as a stream captures them, and as a snapshot does afterwards. */
export async function captureBothWays(
  servers: TestServers,
  options: BothWaysOptions,
): Promise<{ streamed: CapturedRow[]; copied: CapturedRow[] }> {
  const { streamed, copied } = await recordsBothWays(servers, options);
  return { streamed: rowsOf(streamed), copied: rowsOf(copied) };
}

/** The same as records, with the digits that JavaScript's numbers lack. */
export async function recordsBothWays(
  servers: TestServers,
  options: BothWaysOptions,
): Promise<{ streamed: MessageRecord[]; copied: MessageRecord[] }> {
  const { name, config = {} } = options;
  const sql = await openTestDatabase(servers.source, name);
  try {
    await sql.query("SET SESSION sql_mode = ''");
    for (const statement of options.table.split(/;\n/)) await sql.query(statement);
    const stream = startPipeline(testSpec(servers, { name, config: { ...config, snapshotMode: 'no_data' } }));
    await until(stream, ({ state, position }) => state === 'running' && position !== null);
    for (const row of options.rows ?? []) await sql.query(`INSERT INTO t VALUES ${row}`);
    await options.write?.(sql);
    await options.read?.(sql);
    await untilCaughtUp(stream, sql);
    await stream.pipeline.stop();
    const copy = testSpec(servers, {
      name: `${name}_copy`,
      config: { ...config, snapshotMode: 'initial_only', databaseIncludeList: [name] },
    });
    await startPipeline(copy).outcome;
  } finally {
    await sql.end();
  }
  return {
    streamed: await readTopic(servers.kafka, `${name}.${name}.t`),
    copied: await readTopic(servers.kafka, `${name}_copy.${name}.t`),
  };
}

function rowsOf(records: readonly MessageRecord[]): CapturedRow[] {
  return records.flatMap(({ value }) => {
    if (value === null) return [];
    const whole = JSON.parse(value.toString()) as { schema?: Envelope; payload?: Row };
    const row = whole.payload ?? (whole as Row);
    return [{ before: row.before, after: row.after, schema: fieldsOf(whole.schema) }];
  });
}

interface Row {
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

interface Envelope {
  fields: { field: string; fields?: { field: string }[] }[];
}

function fieldsOf(schema: Envelope | undefined): Record<string, unknown> | null {
  const after = schema?.fields.find(({ field }) => field === 'after')?.fields;
  return after === undefined ? null : Object.fromEntries(after.map((field) => [field.field, field]));
}
