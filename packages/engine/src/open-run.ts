import { randomUUID } from 'node:crypto';
import { gtidsAtPlace } from '@sealane/binlog/session/current-position';
import type { PipelineConfig } from '@sealane/contracts/pipeline-config';
import type { PipelineRunSpec } from '@sealane/contracts/pipeline-run';
import { heartbeatTopic, tableTopic } from '@sealane/contracts/topic-names';
import { SealaneError } from '@sealane/errors/sealane-error';
import type { ClusterConnection } from '@sealane/kafka/cluster-connection';
import { offsetKey } from '@sealane/kafka/offset-topic/offset-topic';
import { createRecordProducer } from '@sealane/kafka/producer/create-record-producer';
import type { ProducerStatus, RecordProducer } from '@sealane/kafka/producer/record-producer';
import { availableNativeRows } from './available-native-rows.ts';
import type { ResumePoint } from './change/position.ts';
import { kafkaConnection } from './connections.ts';
import { HeartbeatAction } from './heartbeat-action.ts';
import type { FlowMeter } from './live/flow-meter.ts';
import type { StoredOffset } from './offset/connect-offset.ts';
import { OffsetCommitter } from './offset/offset-committer.ts';
import { type OffsetStore, openOffsetStore } from './offset/offset-store.ts';
import { OffsetTracker } from './offset/offset-tracker.ts';
import { openSource } from './open-source.ts';
import type { PipelineEvents } from './pipeline-events.ts';
import { Heartbeats } from './produce/heartbeats.ts';
import { RecordSink } from './produce/record-sink.ts';
import { SchemaStage } from './schema-stage.ts';
import { type ChangeSerializer, createDebeziumJsonSerializer } from './serialize/change-serializer.ts';
import { jsonEncoder } from './serialize/connect-schema/connect-schema.ts';
import { heartbeatKeySchema, heartbeatValueSchema } from './serialize/connect-schema/record-schemas.ts';
import { tolerantSerializer } from './serialize/tolerant-serializer.ts';
import { preflightError } from './source/binlog/preflight.ts';
import type { ChangeSource } from './source/change-source.ts';
import { accessSource, type SourceAccess } from './source-access.ts';
import { sourceIdentity } from './source-identity.ts';
import type { StartSteps } from './start-steps.ts';
import { type TopicPreparation, topicCreation } from './topic-preparation.ts';
import { topicShared } from './topic-shared.ts';

export interface OpenRunOptions {
  spec: PipelineRunSpec;
  events: PipelineEvents;
  flow: FlowMeter;
  /** Are told what the start is at. */
  steps: StartSteps;
  topics: TopicPreparation;
  /** Ends every wait. */
  signal: AbortSignal;
  /** Delivery became impossible: `failure` is set. */
  onFailure: () => void;
}

/** A run whose two ends answered. */
export interface OpenedRun {
  readonly serializer: ChangeSerializer;
  readonly sink: RecordSink;
  readonly schema: SchemaStage;
  readonly offsets: OffsetCommitter;
  readonly producer: RecordProducer;
  /** Why delivery became impossible. */
  readonly failure: SealaneError | null;
  /** The source opened last. */
  readonly source: ChangeSource | null;
  /** True when nothing is left to copy: an `initial_only` pipeline behind its snapshot. */
  isComplete(): boolean;
  /** A source that continues where the last one ended. */
  openSource(): ChangeSource;
  /** Whether the error is answered with a new snapshot (`when_needed`), which the next source then takes. Once in a run. */
  beginsAnew(error: SealaneError): boolean;
  close(timeoutMs: number): Promise<void>;
}

const NO_POSITION: ResumePoint = {
  position: { file: '', position: 4, gtidSet: null },
  eventsDone: 0,
  rowsDone: 0,
  server: null,
};

/** The stream cannot go on from where it was, nor will it later: only a new snapshot closes the gap. */
const POSITION_LOST: readonly string[] = [
  'BINLOG_POSITION_PURGED',
  'BINLOG_POSITION_INVALID',
  'BINLOG_GTID_DISABLED',
  'BINLOG_INCIDENT',
];

/** Reads the stored offset, checks the source, connects the producer. Throws what the first failing step throws. */
export async function openRun(options: OpenRunOptions): Promise<OpenedRun> {
  const { spec, events, flow, steps } = options;
  const cluster = kafkaConnection(spec.cluster, spec.name);
  const stored = openOffsetStore({
    connection: cluster,
    topic: spec.offsetsTopic,
    key: offsetKey(spec.offsetsName, spec.config.topicPrefix),
    replicationFactor: spec.config.topicCreationReplicationFactor,
  });
  const store = await steps.during('kafka', `The offset is being read from ${spec.offsetsTopic}.`, stored);
  if (spec.config.snapshotMode === 'recovery' && !isCopied(store.stored)) throw recoveryWithoutOffset(store);
  const access = await steps.during(
    'source',
    'The server is being connected to and checked.',
    accessSource(spec),
  );
  reportPreflight(access, { events, hasRunBefore: store.stored !== null });
  flow.clockOffsetMs = access.server.clockOffsetUs / 1000;
  const failure: { error: SealaneError | null } = { error: null };
  const producer = await connectProducer(options, {
    cluster,
    onError: (error) => {
      failure.error = error;
      options.onFailure();
    },
  });
  const starting = startHeartbeats(options, { producer, access });
  const heartbeats = await steps.during('kafka', 'The topic of heartbeats is being prepared.', starting);
  const runId = randomUUID();
  const opening = SchemaStage.open({ ...options, access, cluster, producer, runId });
  const schema = await steps.during('kafka', 'The topics of the schema history are being prepared.', opening);
  const place = store.stored === null ? Promise.resolve(NO_POSITION) : withGtids(store.stored.resume, access);
  const resume = await steps.during('source', 'The stored position is being looked up.', place);
  const parts = { store, resume, access, producer, schema, heartbeats, runId, failure };
  return new ConnectedRun(options, parts);
}

interface RunParts {
  readonly store: OffsetStore;
  readonly resume: ResumePoint;
  readonly access: SourceAccess;
  readonly producer: RecordProducer;
  readonly schema: SchemaStage;
  readonly heartbeats: { stop: () => void } | null;
  /** Names this run in the headers of its records. */
  readonly runId: string;
  readonly failure: { readonly error: SealaneError | null };
}

class ConnectedRun implements OpenedRun {
  readonly serializer: ChangeSerializer;
  readonly sink: RecordSink;
  readonly schema: SchemaStage;
  readonly offsets: OffsetCommitter;
  readonly producer: RecordProducer;
  source: ChangeSource | null = null;
  readonly #spec: PipelineRunSpec;
  readonly #events: PipelineEvents;
  readonly #parts: RunParts;
  #hasCopied: boolean;
  #hasBegunAnew = false;

  constructor({ spec, events, topics, signal }: OpenRunOptions, parts: RunParts) {
    const { store, producer } = parts;
    const { config } = spec;
    this.#spec = spec;
    this.#events = events;
    this.#parts = parts;
    this.#hasCopied = isCopied(store.stored);
    this.producer = producer;
    this.schema = parts.schema;
    const serializer = createDebeziumJsonSerializer({
      identity: sourceIdentity(spec),
      config,
      filter: parts.access.filter,
      runId: parts.runId,
      native: availableNativeRows(events),
    });
    this.serializer = tolerating(serializer, { mode: config.eventProcessingFailureHandlingMode, events });
    this.sink = new RecordSink({
      producer,
      topicOf: (table) => tableTopic(config, table),
      creation: topicCreation(config),
      ensureTopic: (topic) => topics.ensure(topic),
      onShared: (topic, tables) => events.advise('topic.shared', topicShared(topic, tables)),
      signal,
    });
    this.offsets = new OffsetCommitter({
      tracker: new OffsetTracker(parts.access.server, parts.resume),
      store,
      producer,
      signal,
      onFailure: (error) =>
        events.warn('offset.unwritten', 'The offset could not be stored; it is tried again.', error),
    });
  }

  get failure(): SealaneError | null {
    return this.#parts.failure.error;
  }

  isComplete(): boolean {
    return this.#hasCopied && this.#spec.config.snapshotMode === 'initial_only';
  }

  openSource(): ChangeSource {
    this.offsets.start();
    this.source = openSource({
      spec: this.#spec,
      access: this.#parts.access,
      events: this.#events,
      schema: this.schema,
      withSnapshot: !this.#hasCopied,
      resume: () => this.offsets.resume,
      onCopied: () => {
        this.#hasCopied = true;
        this.#events.info(
          'snapshot.completed',
          `The snapshot read ${this.sink.totals.rows.toLocaleString('en')} rows.`,
        );
      },
    });
    return this.source;
  }

  beginsAnew(error: SealaneError): boolean {
    const isNeeded = this.#spec.config.snapshotMode === 'when_needed' && POSITION_LOST.includes(error.code);
    if (!isNeeded || this.#hasBegunAnew) return false;
    this.#events.warn('position.lost', `${error.message} A new snapshot is taken.`, error);
    this.#hasBegunAnew = true;
    this.#hasCopied = false;
    return true;
  }

  async close(timeoutMs: number): Promise<void> {
    this.#parts.heartbeats?.stop();
    this.offsets.halt();
    await this.producer.close({ timeoutMs });
  }
}

function tolerating(
  serializer: ChangeSerializer,
  { mode, events }: { mode: PipelineConfig['eventProcessingFailureHandlingMode']; events: PipelineEvents },
): ChangeSerializer {
  if (mode === 'fail') return serializer;
  return tolerantSerializer(serializer, (error) => {
    if (mode === 'warn') events.warn('event.skipped', 'The rest of an event was left out.', error);
  });
}

/** MariaDB tells the GTIDs of a place; without them the stream would hold on to file and position for ever. */
async function withGtids(
  resume: ResumePoint,
  { server, withConnection }: SourceAccess,
): Promise<ResumePoint> {
  const { position } = resume;
  const isHere = resume.server === null || resume.server === server.identity;
  if (server.flavor !== 'mariadb' || position.gtidSet !== null || !isHere) return resume;
  const gtidSet = await withConnection((connection) => gtidsAtPlace(connection, position));
  return { ...resume, position: { ...position, gtidSet } };
}

/** As with Debezium: a recovery takes no snapshot and does not know where to begin. */
function recoveryWithoutOffset({ stored }: OffsetStore): SealaneError {
  return new SealaneError({
    code: 'RECOVERY_WITHOUT_OFFSET',
    message: 'snapshot.mode is recovery, but there is no place to go on from.',
    why: stored === null ? 'No offset is stored for this pipeline.' : 'Its last snapshot did not end.',
    remedy:
      'Set snapshot.mode to initial or no_data, or write the offset that the pipeline is to go on from.',
  });
}

function isCopied(stored: StoredOffset | null): boolean {
  return stored !== null && !stored.snapshotRunning;
}

function reportPreflight(
  access: SourceAccess,
  { events, hasRunBefore }: { events: PipelineEvents; hasRunBefore: boolean },
): void {
  // A table that is gone must not stop the others once the pipeline has run.
  const issues = access.preflight.issues.map((issue) =>
    hasRunBefore && issue.code === 'TABLE_NOT_FOUND' ? { ...issue, severity: 'warning' as const } : issue,
  );
  const error = preflightError(issues, hasRunBefore);
  if (error !== null) throw error;
  for (const issue of issues) events.advise('source.preflight', new SealaneError(issue));
}

async function connectProducer(
  { spec, events, flow }: OpenRunOptions,
  { cluster, onError }: { cluster: ClusterConnection; onError: (error: SealaneError) => void },
): Promise<RecordProducer> {
  let isWaiting = false;
  const onStatus = ({ wait }: ProducerStatus): void => {
    if (wait !== null && !isWaiting) {
      events.warn('kafka.waiting', `Waiting for Kafka at ${wait.broker}: ${wait.reason}`);
    }
    if (wait === null && isWaiting) events.info('kafka.recovered', 'Kafka answers again.');
    isWaiting = wait !== null;
  };
  return createRecordProducer({
    adapter: spec.producer,
    connection: cluster,
    maxQueuedBytes: spec.config.maxQueueSizeInBytes,
    maxRecordBytes: spec.config.producerMaxRecordBytes,
    compression: spec.config.producerCompression,
    onAcknowledged: (sequence) => flow.acknowledged(sequence),
    onError,
    onStatus,
    onFallback: (reason) =>
      events.warn(
        'producer.fallback',
        `The native Kafka client is not available, kafkajs is used: ${reason}`,
      ),
  });
}

async function startHeartbeats(
  { spec: { config }, events, topics }: OpenRunOptions,
  { producer, access }: Pick<RunParts, 'producer' | 'access'>,
): Promise<{ stop: () => void } | null> {
  if (config.heartbeatIntervalMs === 0) return null;
  const topic = heartbeatTopic(config);
  await topics.ensure({ ...topicCreation(config), topic, partitions: 1 });
  const encodeKey = jsonEncoder(heartbeatKeySchema, config.keyConverterSchemasEnable);
  const query = config.heartbeatActionQuery;
  const action = query === undefined ? null : new HeartbeatAction({ query, access, events });
  const heartbeats = new Heartbeats({
    producer,
    topic,
    key: encodeKey({ serverName: config.topicPrefix }),
    encode: jsonEncoder(heartbeatValueSchema, config.valueConverterSchemasEnable),
    intervalMs: config.heartbeatIntervalMs,
    act: action === null ? null : () => action.run(),
  });
  heartbeats.start();
  return {
    stop() {
      heartbeats.stop();
      action?.close();
    },
  };
}
