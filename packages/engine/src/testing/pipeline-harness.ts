import { setTimeout as sleep } from 'node:timers/promises';
import { connectMysql } from '@sealane/binlog/session/connect';
import type { PipelineSample } from '@sealane/contracts/live';
import { type PipelineConfigInput, pipelineConfigSchema } from '@sealane/contracts/pipeline-config';
import type { PipelineRunSpec } from '@sealane/contracts/pipeline-run';
import type { MessageRecord } from '@sealane/kafka/reader/message-record';
import { readMessages } from '@sealane/kafka/reader/read-messages';
import { openKafkaSession } from '@sealane/kafka/session/kafka-session';
import type { KafkaAddress, Login, SourceDatabaseAddress } from '@sealane/stack/service-addresses';
import { createSourcePipeline } from '../create-source-pipeline.ts';
import type { SqlConnection } from '../source/sql.ts';
import type {
  PipelineNotice,
  RunOutcome,
  SourcePipeline,
  SourcePipelineOptions,
} from '../source-pipeline.ts';

/** The servers a test runs against. */
export interface TestServers {
  readonly source: SourceDatabaseAddress;
  readonly kafka: KafkaAddress;
}

let nextServerId = 100_000 + Math.floor(Math.random() * 1_000_000_000);

/** A run spec of the capture user; every name in it is the test's own. */
export function testSpec(
  servers: TestServers,
  { name, config, login }: { name: string; config?: Partial<PipelineConfigInput>; login?: Login },
): PipelineRunSpec {
  const user = login ?? servers.source.capture;
  nextServerId += 1;
  return {
    pipelineId: name,
    name,
    flavor: servers.source.flavour,
    source: { host: servers.source.host, port: servers.source.port, ...user, tls: { mode: 'preferred' } },
    cluster: { brokers: servers.kafka.brokers, tls: { enabled: false } },
    config: pipelineConfigSchema.parse({ topicPrefix: name, databaseIncludeList: [name], ...config }),
    serverId: nextServerId,
    offsetsName: name,
    offsetsTopic: `${name}-offsets`,
    producer: 'auto',
  };
}

/** A pipeline that runs, and what it said. */
export interface RunningPipeline {
  readonly pipeline: SourcePipeline;
  readonly outcome: Promise<RunOutcome>;
  readonly notices: PipelineNotice[];
  readonly states: string[];
}

/** Starts a pipeline. The outcome must be awaited by the test, or the pipeline stopped. */
export function startPipeline(
  spec: PipelineRunSpec,
  options: Pick<SourcePipelineOptions, 'signal'> = {},
): RunningPipeline {
  const notices: PipelineNotice[] = [];
  const states: string[] = [];
  const pipeline = createSourcePipeline({
    spec,
    observer: { onNotice: (notice) => notices.push(notice), onState: (state) => states.push(state) },
    ...options,
  });
  const outcome = pipeline.run();
  outcome.catch(() => undefined);
  return { pipeline, outcome, notices, states };
}

/** Waits until the sample is as wanted; fails with the pipeline's own error when it ends before. */
export async function until(
  running: RunningPipeline,
  wanted: (sample: PipelineSample) => boolean,
  timeoutMs = 60_000,
): Promise<PipelineSample> {
  const deadline = Date.now() + timeoutMs;
  let failure: unknown;
  let ended = false;
  running.outcome.then(
    () => {
      ended = true;
    },
    (thrown: unknown) => {
      ended = true;
      failure = thrown;
    },
  );
  while (Date.now() < deadline) {
    const sample = running.pipeline.sample();
    if (wanted(sample)) return sample;
    if (ended) throw failure ?? new Error(`The pipeline ended first: ${JSON.stringify(sample)}`);
    await sleep(10);
  }
  throw new Error(`Not so within ${timeoutMs} ms: ${JSON.stringify(running.pipeline.sample())}`);
}

/** Waits until the pipeline has delivered everything that the source has committed by now. */
export async function untilCaughtUp(running: RunningPipeline, sql: SqlConnection): Promise<void> {
  const { file, position } = await binlogEnd(sql);
  await until(
    running,
    ({ committedPosition: at }) =>
      at !== null && (at.file > file || (at.file === file && BigInt(at.position) >= BigInt(position))),
  );
}

async function binlogEnd(sql: SqlConnection): Promise<{ file: string; position: string }> {
  const statements = ['SHOW BINARY LOG STATUS', 'SHOW MASTER STATUS'];
  for (const statement of statements) {
    try {
      const [rows] = await sql.query(statement);
      const row = new Map(Object.entries((Array.isArray(rows) ? rows[0] : undefined) ?? {}));
      return { file: String(row.get('File')), position: String(row.get('Position')) };
    } catch (thrown) {
      if (statement === statements.at(-1)) throw thrown;
    }
  }
  throw new Error('unreachable');
}

/** Opens a connection with all privileges and makes a database of its own. */
export async function openTestDatabase(
  source: SourceDatabaseAddress,
  database: string,
): Promise<SqlConnection> {
  const sql = await connectMysql({ host: source.host, port: source.port, ...source.admin });
  await sql.query(`CREATE DATABASE IF NOT EXISTS \`${database}\``);
  await sql.query(`USE \`${database}\``);
  return sql;
}

/** Every record of a topic, in offset order per partition. */
export async function readTopic(kafka: KafkaAddress, topic: string): Promise<MessageRecord[]> {
  const session = await openKafkaSession({ brokers: kafka.brokers });
  try {
    const records: MessageRecord[] = [];
    const events = readMessages({ session, topic, from: { at: 'oldest' }, limit: 10_000_000 });
    for await (const event of events) if (event.tag === 'messages') records.push(...event.messages);
    return records;
  } finally {
    await session.close();
  }
}

/** The last value per key, as text; keys whose last record is a tombstone are gone. */
export function latestByKey(records: readonly MessageRecord[]): Map<string, string> {
  const latest = new Map<string, string>();
  for (const { key, value } of records) {
    const name = key?.toString() ?? '';
    if (value === null) latest.delete(name);
    else latest.set(name, value.toString());
  }
  return latest;
}
