import { checkReached } from '@sealane/binlog/session/check-start';
import type { PipelineConfig } from '@sealane/contracts/pipeline-config';
import type { PipelineRunSpec } from '@sealane/contracts/pipeline-run';
import { type SealaneError, toSealaneError } from '@sealane/errors/sealane-error';
import { compileGtidSources } from './change/gtid-sources.ts';
import type { ResumePoint } from './change/position.ts';
import type { PipelineEvents } from './pipeline-events.ts';
import type { SchemaStage } from './schema-stage.ts';
import { BinlogSource } from './source/binlog/binlog-source.ts';
import type { ChangeSource } from './source/change-source.ts';
import type { ConsistentRead } from './source/snapshot/consistent-read.ts';
import { SnapshotSource } from './source/snapshot/snapshot-source.ts';
import { SnapshotThenStream } from './source/snapshot-then-stream.ts';
import type { SourceAccess } from './source-access.ts';

/** Share of the keep-alive interval at which an idle server must speak (Debezium's factor). */
const HEARTBEAT_SHARE = 0.8;
/** How often an idle server says that it lives, at the least: what the console shows as contact. */
const LONGEST_HEARTBEAT_MS = 10_000;

export interface OpenSourceOptions {
  spec: PipelineRunSpec;
  access: SourceAccess;
  events: PipelineEvents;
  schema: SchemaStage;
  /** False: the snapshot was taken by this or an earlier run. */
  withSnapshot: boolean;
  /** Where the stream begins, asked when it opens. */
  resume: () => ResumePoint;
  /** Every row of the snapshot has passed. */
  onCopied: () => void;
}

/** Puts the source of a run together: snapshot, stream, or one after the other. Nothing is opened yet. */
export function openSource(options: OpenSourceOptions): ChangeSource {
  const { spec, events, withSnapshot } = options;
  events.enter(withSnapshot ? 'snapshotting' : 'running');
  return new SnapshotThenStream({
    snapshot: withSnapshot ? snapshotSource(options) : null,
    stream: spec.config.snapshotMode === 'initial_only' ? null : binlogSource(options),
    onSnapshotEnd: options.onCopied,
    onStream: () => {
      events.enter('running');
      const { file, position } = options.resume().position;
      events.info('stream.started', `Streaming the binlog from ${file}:${position}.`);
    },
  });
}

function snapshotSource({ spec, access, events, schema }: OpenSourceOptions): ChangeSource {
  return new SnapshotSource({
    connect: () => access.connect(),
    mapError: (thrown) => access.mapError(thrown),
    filter: access.filter,
    server: access.server,
    lockTimeoutMs: spec.config.snapshotLockTimeoutMs,
    scope: schema.scope,
    onSchemas: (dump) => schema.takeSnapshot(dump),
    declare: (table) => schema.declare(table),
    withRows: spec.config.snapshotMode !== 'no_data',
    onLocked: (read) => events.info('snapshot.locked', lockedText(read)),
  });
}

function lockedText(read: ConsistentRead): string {
  const { file, position } = read.position;
  const lock = read.lock === 'global' ? 'the global read lock' : 'read locks on the captured tables';
  return `Snapshot of ${read.tables.length} tables at ${file}:${position}; ${lock} was held for ${Math.ceil(read.lockedMs)} ms.`;
}

function binlogSource({ spec, access, events, schema, resume }: OpenSourceOptions): ChangeSource {
  const { keepAliveIntervalMs, includeQuery, provideTransactionMetadata } = spec.config;
  const sources = compileGtidSources(spec.config);
  return new BinlogSource({
    session: {
      ...(sources === null ? {} : { countsSource: sources }),
      connection: access.connection,
      serverId: spec.serverId,
      heartbeatMs: Math.min(LONGEST_HEARTBEAT_MS, Math.floor(keepAliveIntervalMs * HEARTBEAT_SHARE)),
      readTimeoutMs: keepAliveIntervalMs,
    },
    resume,
    prepare: (point) => schema.restore(point),
    resolver: schema.resolver(),
    server: access.server.identity,
    verify: (place) => verifyReached(access, { spec, place }),
    rowSources: spec.config.gtidSourceFilterDmlEvents ? sources : null,
    withQuery: includeQuery,
    filter: access.filter,
    onMissing: tolerance(spec.config.eventProcessingFailureHandlingMode, (error) =>
      events.warn('changes.missing', `${error.message} The stream goes on without them.`, error),
    ),
    onInconsistentSchema: tolerance(spec.config.inconsistentSchemaHandlingMode, (error) =>
      events.warn('schema.inconsistent', 'Rows of a table are left out.', error),
    ),
    withTransactions: provideTransactionMetadata,
    truncatedSchema: needsTruncatedSchema(spec.config)
      ? async (table) => {
          if (!access.filter.table(table.database, table.table)) return null;
          const found = await access.readTable(table);
          return found === null ? null : schema.declare(found.schema);
        }
      : null,
  });
}

/** Whether the source can be asked at all is for the stream to tell. */
async function verifyReached(
  { server, withConnection }: SourceAccess,
  { spec, place }: { spec: PipelineRunSpec; place: { file: string; position: number } },
): Promise<void> {
  const { host, port, user } = spec.source;
  const context = { host, port, user, flavor: spec.flavor };
  try {
    await withConnection((connection) => checkReached({ connection, server, context }, place));
  } catch (thrown) {
    if (toSealaneError(thrown).code === 'BINLOG_POSITION_INVALID') throw thrown;
  }
}

type Tolerance = (error: SealaneError) => void;

/** What becomes of an error under a failure handling mode; null: it ends the stream. */
function tolerance(
  mode: PipelineConfig['inconsistentSchemaHandlingMode'],
  warn: Tolerance,
): Tolerance | null {
  if (mode === 'fail') return null;
  return mode === 'warn' ? warn : () => undefined;
}

function needsTruncatedSchema({ valueConverterSchemasEnable, skippedOperations }: PipelineConfig): boolean {
  return valueConverterSchemasEnable && !skippedOperations.includes('t');
}
