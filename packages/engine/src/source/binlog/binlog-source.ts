import type { RawEvent } from '@sealane/binlog/events/raw-event';
import type { TableMap } from '@sealane/binlog/events/table-map';
import { openBinlogSession } from '@sealane/binlog/session/open-binlog-session';
import type {
  BinlogSession,
  BinlogSessionOptions,
  StartPosition,
} from '@sealane/binlog/session/session-options';
import type { TableSchema } from '@sealane/binlog/table/table-schema';
import { type SealaneError, toSealaneError } from '@sealane/errors/sealane-error';
import type { CaptureFilter } from '../../change/capture-filter.ts';
import type { CapturedTable } from '../../change/captured-table.ts';
import type { Change, TruncateChange } from '../../change/change.ts';
import type { GtidSources } from '../../change/gtid-sources.ts';
import type { ResumePoint } from '../../change/position.ts';
import type { SchemaEvent } from '../../change/schema-event.ts';
import type { TableResolver } from '../../change/table-resolver.ts';
import type { ChangeSource, SourceStats } from '../change-source.ts';
import { ChangeAssembler } from './change-assembler.ts';
import { minorCollection, ReadBuffers } from './read-buffers.ts';

export interface BinlogSourceOptions {
  session: Omit<BinlogSessionOptions, 'start' | 'signal'>;
  /** Asked once, when the stream opens. */
  resume: () => ResumePoint;
  resolver: TableResolver;
  /** Brings the resolver to where the stream begins. */
  prepare: (resume: ResumePoint) => Promise<void>;
  /** Whose binlog it is: `ServerInfo.identity`. */
  server: string;
  /** Throws when a place that the stream has reached is none of the source's any more. Asked now and then while it is idle. */
  verify: (place: { file: string; position: number }) => Promise<void>;
  /** See {@link ChangeAssembler}. */
  rowSources: GtidSources | null;
  withQuery: boolean;
  withTransactions: boolean;
  filter: Pick<CaptureFilter, 'database' | 'table'>;
  onMissing: ((error: SealaneError) => void) | null;
  /** Told of a table whose rows are left out, because its schema is not known or not that of the event; null: that is an error. */
  onInconsistentSchema: ((error: SealaneError) => void) | null;
  /** Tells the schema of a table that was truncated, where a record needs it; null where none does. */
  truncatedSchema: ((table: { database: string; table: string }) => Promise<TableSchema | null>) | null;
}

/** Milliseconds between two looks at whether an idle source still has the binlog that is read. */
const VERIFY_MS = 30_000;

/** Streams the binlog from a resume point: events in, changes out. The session opens with the first step. */
export class BinlogSource implements ChangeSource {
  readonly #options: BinlogSourceOptions;
  #session: BinlogSession | null = null;
  #assembler: ChangeAssembler | null = null;
  /** Ends the session, also one that is still opening. */
  readonly #closing = new AbortController();

  constructor(options: BinlogSourceOptions) {
    this.#options = options;
  }

  async *changes(): AsyncIterable<readonly Change[]> {
    const resume = onServer(this.#options.resume(), this.#options.server);
    await this.#options.prepare(resume);
    const session = await openBinlogSession({
      ...this.#options.session,
      annotateRows: this.#options.withQuery,
      start: startPosition(resume),
      signal: this.#closing.signal,
    });
    this.#session = session;
    const output: Change[] = [];
    const passed = isElsewhere(resume, this.#options.server) ? null : resume.position;
    const assembler = new ChangeAssembler({ ...this.#options, resume, passed, output });
    this.#assembler = assembler;
    const buffers = new ReadBuffers(minorCollection());
    let verifiedAtMs = Date.now();
    for await (const events of session.events()) {
      output.length = 0;
      await this.#assemble(events, assembler);
      if (this.#options.truncatedSchema !== null) await addSchemas(output, this.#options.truncatedSchema);
      if (output.length === 1 && output[0]?.tag === 'heartbeat' && Date.now() - verifiedAtMs >= VERIFY_MS) {
        await this.#options.verify(output[0]);
        verifiedAtMs = Date.now();
      }
      if (output.length > 0) yield output;
      buffers.passed(session.stats());
    }
  }

  stats(): SourceStats {
    const stats = this.#session?.stats();
    const place = this.#assembler?.place;
    return {
      bytesRead: stats?.bytesRead ?? 0,
      pendingBytes: stats?.pendingBytes ?? 0,
      lastContactAtMs: stats === undefined || stats.lastReadAtMs === 0 ? null : stats.lastReadAtMs,
      position:
        place === undefined ? null : { file: place.file, position: String(place.position), gtid: null },
      snapshot: null,
    };
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#session?.close();
  }

  async #assemble(events: readonly RawEvent[], assembler: ChangeAssembler): Promise<void> {
    // By index: in an async function an array's iterator costs more than the event.
    for (let index = 0; index < events.length; index += 1) {
      const event = events[index] as RawEvent;
      const unknown = assembler.push(event);
      if (unknown === null) continue;
      const { table, learnt } = await this.#load(unknown);
      assembler.resolved(unknown, table);
      if (learnt !== null) assembler.learnt(event, learnt);
    }
  }

  /** No table leaves out its rows, until its next table map. */
  async #load(map: TableMap): Promise<{ table: CapturedTable | null; learnt: SchemaEvent | null }> {
    const { resolver, onInconsistentSchema } = this.#options;
    try {
      return await resolver.load(map);
    } catch (thrown) {
      const error = toSealaneError(thrown);
      if (onInconsistentSchema === null || !INCONSISTENT.includes(error.code)) throw thrown;
      onInconsistentSchema(error);
      return { table: null, learnt: null };
    }
  }
}

const INCONSISTENT: readonly string[] = ['TABLE_SCHEMA_UNKNOWN', 'TABLE_SCHEMA_MISMATCH'];

/** A TRUNCATE has no TABLE_MAP that would tell what the table looks like. */
async function addSchemas(
  changes: Change[],
  schemaOf: (table: TruncateChange) => Promise<TableSchema | null>,
): Promise<void> {
  for (const [index, change] of changes.entries()) {
    if (change.tag === 'truncate') changes[index] = { ...change, schema: await schemaOf(change) };
  }
}

function startPosition({ position: { file, position, gtidSet }, server }: ResumePoint): StartPosition {
  const place = { file, position, server };
  if (gtidSet !== null && gtidSet !== '') return { kind: 'gtid', gtidSet, place };
  return { kind: 'file', ...place };
}

/** Another server logs a transaction in other events: what of it is delivered cannot be counted there, and comes again. */
function onServer(resume: ResumePoint, server: string): ResumePoint {
  return isElsewhere(resume, server) ? { ...resume, eventsDone: 0, rowsDone: 0 } : resume;
}

function isElsewhere(resume: ResumePoint, server: string): boolean {
  return resume.server !== null && resume.server !== server;
}
