import { readCurrentPosition } from '@sealane/binlog/session/current-position';
import type { TableSchema } from '@sealane/binlog/table/table-schema';
import type { PipelineConfig } from '@sealane/contracts/pipeline-config';
import type { PipelineRunSpec } from '@sealane/contracts/pipeline-run';
import { schemaHistoryTopic } from '@sealane/contracts/topic-names';
import type { ClusterConnection } from '@sealane/kafka/cluster-connection';
import {
  type OutgoingRecord,
  QUEUE_FULL,
  type RecordProducer,
} from '@sealane/kafka/producer/record-producer';
import { openKafkaSession } from '@sealane/kafka/session/kafka-session';
import { SYSTEM_DATABASES } from './change/capture-filter.ts';
import type { SchemaChange } from './change/change.ts';
import type { ResumePoint } from './change/position.ts';
import type { SchemaDump } from './change/schema-dump.ts';
import type { SchemaEvent } from './change/schema-event.ts';
import type { TableResolver } from './change/table-resolver.ts';
import type { PipelineEvents } from './pipeline-events.ts';
import { RebuiltHistory } from './rebuilt-history.ts';
import { declareColumns } from './schema/catalog/declare-columns.ts';
import { SchemaCatalog } from './schema/catalog/schema-catalog.ts';
import { takeDump } from './schema/catalog/take-dump.ts';
import {
  encodeHistoryRecord,
  type HistoryPosition,
  type HistoryRecordOptions,
} from './schema/history/history-record.ts';
import { readHistory } from './schema/history/read-history.ts';
import { schemaChangeKey, schemaChangeValue } from './schema/history/schema-change-record.ts';
import { TableSchemas } from './schema/table-schemas.ts';
import { type ConnectSchema, payloadLead } from './serialize/connect-schema/connect-schema.ts';
import {
  schemaChangeKeySchema,
  schemaChangeValueSchema,
} from './serialize/connect-schema/schema-change-schemas.ts';
import { contextHeaders } from './serialize/context-headers.ts';
import { type DumpScope, readSchemaDump } from './source/server-ddl.ts';
import type { SourceAccess } from './source-access.ts';
import { sourceIdentity } from './source-identity.ts';
import { type TopicPreparation, topicCreation } from './topic-preparation.ts';

export interface SchemaStageOptions {
  spec: PipelineRunSpec;
  access: SourceAccess;
  cluster: ClusterConnection;
  producer: RecordProducer;
  topics: TopicPreparation;
  events: PipelineEvents;
  /** Names the run in `__debezium.context.runId`. */
  runId: string;
  /** Ends every wait. */
  signal: AbortSignal;
}

/**
 * Keeps the tables as of where the stream reads, and their history in Kafka. `open` first; `takeSnapshot` when a snapshot
 * read the schemas, `restore` before each stream; `write` for every schema change, before the offset moves past it.
 */
export class SchemaStage {
  /** What of the server's DDL is kept. */
  readonly scope: DumpScope;
  readonly #options: SchemaStageOptions;
  readonly #catalog: SchemaCatalog;
  readonly #historyTopic: string;
  /** The catalog is where the stream begins: a snapshot of this run filled it. */
  #isFresh = false;
  /** `snapshot.mode=recovery`: the first stream of the run does not read the history, it makes it anew. */
  #makesAnew: boolean;
  /** Set while the stream is before the moment as of which a lost history was made anew. */
  #rebuilt: RebuiltHistory | null = null;

  /** Makes sure that the topics are there. Waits until Kafka answers. */
  static async open(options: SchemaStageOptions): Promise<SchemaStage> {
    const stage = new SchemaStage(options);
    const { topics, spec } = options;
    const { config } = spec;
    const { config: _, ...creation } = { ...topicCreation(config), partitions: 1 };
    const forever = { 'cleanup.policy': 'delete', 'retention.ms': '-1', 'retention.bytes': '-1' };
    await topics.ensure({ ...creation, topic: stage.#historyTopic, config: forever });
    if (config.includeSchemaChanges) await topics.ensure({ ...creation, topic: config.topicPrefix });
    return stage;
  }

  private constructor(options: SchemaStageOptions) {
    const { spec, access } = options;
    this.#options = options;
    this.#makesAnew = spec.config.snapshotMode === 'recovery';
    this.scope = dumpScope(options);
    this.#catalog = new SchemaCatalog({
      tracks: ({ database, table }) =>
        table === '' ? this.scope.database(database) : this.scope.table(database, table),
      foldsNames: access.foldsNames,
    });
    this.#historyTopic = schemaHistoryTopic(spec.config);
  }

  /** Resolves tables as of where the stream reads. */
  resolver(): TableResolver {
    const { access } = this.#options;
    return new TableSchemas({
      flavor: access.server.flavor,
      filter: access.filter,
      catalog: this.#catalog,
      wantsDeclarations: showsDeclarations(this.#options.spec.config),
      readTable: (name) => access.readTable(name),
    });
  }

  /** The schema of a table with what its DDL says of the columns. */
  declare(schema: TableSchema): TableSchema {
    return declareColumns(schema, this.#catalog.find(schema));
  }

  /** Takes what a snapshot read; the stream that follows it needs no history. */
  takeSnapshot(dump: SchemaDump): readonly SchemaEvent[] {
    this.#isFresh = true;
    return this.#take(dump);
  }

  /** Brings the catalog to where a stream begins. A history that is lost is made anew from the server. */
  async restore(resume: ResumePoint): Promise<void> {
    const isFresh = this.#isFresh;
    this.#isFresh = false;
    if (isFresh) return;
    this.#catalog.clear();
    if (this.#makesAnew) {
      this.#makesAnew = false;
      await this.#rebuild(resume, 'As snapshot.mode = recovery demands, the schema history');
      return;
    }
    const { cluster, spec, access } = this.#options;
    const session = await openKafkaSession(cluster);
    try {
      const { count, startMissing } = await readHistory(this.#catalog, {
        session,
        topic: this.#historyTopic,
        server: spec.config.topicPrefix,
        flavor: access.server.flavor,
        resume: resume.position,
      });
      if (startMissing) this.#warnOfStart();
      if (count > 0) return;
    } finally {
      await session.close();
    }
    const lost = `Topic ${this.#historyTopic} holds no schema history of ${spec.config.topicPrefix}: it`;
    await this.#rebuild(resume, lost);
  }

  /** Sends the records of a schema change; `resume` is the offset before it. Returns the newest record's number, 0 for none. */
  async write(change: SchemaChange, resume: ResumePoint): Promise<number> {
    const { spec, runId } = this.#options;
    const { config } = spec;
    const identity = sourceIdentity(spec);
    const comments = this.#comments;
    const headers = config.extendedHeadersEnabled ? contextHeaders(identity, runId) : undefined;
    const keySchema = config.keyConverterSchemasEnable ? schemaChangeKeySchema(spec.flavor) : null;
    const valueSchema = config.valueConverterSchemasEnable ? schemaChangeValueSchema(spec.flavor) : null;
    if (this.#rebuilt?.pass(change) === true) this.#rebuilt = null;
    let newest = 0;
    for (const event of change.events) {
      const now = Date.now();
      if (config.includeSchemaChanges && change.origin !== 'server') {
        const key = within(keySchema, schemaChangeKey(event));
        const value = within(valueSchema, schemaChangeValue(event, change, { identity, now, comments }));
        newest = await this.#send({ topic: config.topicPrefix, partition: 0, key, value, headers });
      }
      const position = historyPosition(change, resume, spec.flavor);
      newest = await this.#sendHistory(event, { position, now, fromServer: change.origin === 'server' });
    }
    return newest;
  }

  /** Debezium's MariaDB connector writes comments whatever `include.schema.comments` says. */
  get #comments(): boolean {
    const { spec } = this.#options;
    return spec.config.includeSchemaComments || spec.flavor === 'mariadb';
  }

  #take(dump: SchemaDump): SchemaEvent[] {
    this.#catalog.clear();
    return takeDump(dump, { catalog: this.#catalog, flavor: this.#options.access.server.flavor });
  }

  async #rebuild(resume: ResumePoint, what: string): Promise<void> {
    const { access, events } = this.#options;
    events.warn(
      'schema.history.rebuilt',
      `${what} is made anew from the server's tables as they are now. ` +
        'Rows are read with them where the binlog proves that they fit; where it does not, the pipeline stops and says so.',
    );
    const { until, dump } = await access.withConnection(async (connection) => ({
      dump: await readSchemaDump(connection, this.scope),
      until: await readCurrentPosition(connection, access.server),
    }));
    if (access.server.binlogRowMetadata !== 'FULL')
      this.#rebuilt = new RebuiltHistory({ until, filter: access.filter, events });
    const { file, position: pos, gtidSet } = resume.position;
    const gtids = gtidSet === null || gtidSet === '' ? undefined : gtidSet;
    const now = Date.now();
    const position = { file, pos, gtids, snapshot: 'INITIAL' };
    for (const event of this.#take(dump)) await this.#sendHistory(event, { position, now, fromServer: true });
  }

  #warnOfStart(): void {
    this.#options.events.warn(
      'schema.history.truncated',
      `The first records of topic ${this.#historyTopic} were deleted. A table that is missing from the rest is read from the server when its next row comes, ` +
        'which stops the pipeline where the binlog does not prove that it fits. Set retention.ms = -1 and cleanup.policy = delete on the topic.',
    );
  }

  #sendHistory(
    event: SchemaEvent,
    about: Pick<HistoryRecordOptions, 'position' | 'now' | 'fromServer'>,
  ): Promise<number> {
    const server = this.#options.spec.config.topicPrefix;
    const value = encodeHistoryRecord(event, { server, comments: this.#comments, ...about });
    return this.#send({ topic: this.#historyTopic, partition: 0, key: null, value });
  }

  async #send(record: OutgoingRecord): Promise<number> {
    const { producer, signal } = this.#options;
    let sequence = producer.produce(record);
    while (sequence === QUEUE_FULL) {
      await producer.drained(signal);
      sequence = producer.produce(record);
    }
    return sequence;
  }
}

/** `schema.history.internal.store.only.captured.{databases,tables}.ddl`; by default everything but the servers' own databases. */
function dumpScope({ spec, access }: SchemaStageOptions): DumpScope {
  const { storeOnlyCapturedDatabasesDdl, storeOnlyCapturedTablesDdl } = spec.config;
  const { filter } = access;
  const database = (name: string): boolean =>
    !SYSTEM_DATABASES.includes(name.toLowerCase()) &&
    (!(storeOnlyCapturedDatabasesDdl || storeOnlyCapturedTablesDdl) || filter.database(name));
  return {
    database,
    table: (db, table) => database(db) && (!storeOnlyCapturedTablesDdl || filter.table(db, table)),
  };
}

/** Records show defaults of columns: in their schemas, or in the place of nulls. */
function showsDeclarations(config: PipelineConfig): boolean {
  return (
    config.keyConverterSchemasEnable ||
    config.valueConverterSchemasEnable ||
    config.keyConverterReplaceNullWithDefault ||
    config.valueConverterReplaceNullWithDefault
  );
}

/** A payload as the JsonConverter sends it: alone, or with its schema. */
function within(schema: ConnectSchema | null, payload: string): Buffer {
  if (schema === null) return Buffer.from(payload);
  return Buffer.concat([payloadLead(schema), Buffer.from(`${payload}}`)]);
}

function historyPosition(
  change: SchemaChange,
  resume: ResumePoint,
  flavor: PipelineRunSpec['flavor'],
): HistoryPosition {
  const { file, position, gtidSet } = resume.position;
  const isBehind = flavor === 'mysql' && change.endsTransaction;
  const isSnapshot = change.origin === 'snapshot';
  return {
    ts_sec: Math.floor(change.committedAtMs / 1000),
    file: isBehind ? change.file : file,
    pos: isBehind ? change.position : position,
    gtids: gtidSet === null || gtidSet === '' ? undefined : gtidSet,
    ...(isSnapshot ? { snapshot: 'INITIAL' } : { server_id: change.serverId }),
    ...(isBehind || isSnapshot ? {} : { event: 1 }),
  };
}
