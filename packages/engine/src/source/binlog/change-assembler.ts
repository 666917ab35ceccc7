import { EventType } from '@sealane/binlog/events/event-type';
import { incidentError, parseHeartbeat, parseRotate } from '@sealane/binlog/events/parse-control';
import { parseMariadbGtid } from '@sealane/binlog/events/parse-mariadb-gtid';
import { parsePreviousGtids } from '@sealane/binlog/events/parse-previous-gtids';
import { parseQuery, type QueryEvent } from '@sealane/binlog/events/parse-query';
import {
  isPartialRows,
  isRowsEvent,
  parsePartialRowsEvent,
  parseRowsEvent,
  requireColumns,
  unreadableRows,
} from '@sealane/binlog/events/parse-rows-event';
import { parseRowsQuery } from '@sealane/binlog/events/parse-rows-query';
import type { RawEvent } from '@sealane/binlog/events/raw-event';
import type { PartialRowsEvent, RowsEvent } from '@sealane/binlog/events/rows-event';
import type { TableMap } from '@sealane/binlog/events/table-map';
import type { Gtid } from '@sealane/binlog/gtid/gtid';
import { SealaneError } from '@sealane/errors/sealane-error';
import type { CaptureFilter } from '../../change/capture-filter.ts';
import type { CapturedTable } from '../../change/captured-table.ts';
import type { BeginChange, Change, SchemaChange } from '../../change/change.ts';
import { type GtidSources, gtidSource } from '../../change/gtid-sources.ts';
import { isUpTo, type Position, type ResumePoint } from '../../change/position.ts';
import type { SchemaEvent } from '../../change/schema-event.ts';
import type { TableResolver } from '../../change/table-resolver.ts';
import { MappedTables } from './mapped-tables.ts';
import { PartialUpdates } from './partial-updates.ts';
import { commitMs, commitUs, mysqlGtid, type PendingGtid } from './pending-gtid.ts';
import { statementKind } from './statement.ts';
import { statementRows, statementRowsError } from './statement-rows.ts';
import { StreamPosition } from './stream-position.ts';

export interface ChangeAssemblerOptions {
  resolver: TableResolver;
  /** Whose rows must not be missing. */
  filter: Pick<CaptureFilter, 'database' | 'table'>;
  /** Told of changes that the binlog does not hold, or not in a form that can be read; null: that is an error. */
  onMissing: ((error: SealaneError) => void) | null;
  /** What was delivered already of the first transaction, if the stream begins with it. */
  resume: ResumePoint;
  /** Where the stream was before, if it was on this server: an incident up to there is dealt with. */
  passed: Position | null;
  /** Changes are appended here. */
  output: Change[];
  /** Rows of transactions from other GTID sources are left out; null: all are taken. */
  rowSources: GtidSources | null;
  /** `include.query`. */
  withQuery: boolean;
  /**
   * For those who tell of transactions and count in them: yields the delivered events of a resumed one too, all their rows to be skipped,
   * and the begin of a MariaDB statement that is a transaction of its own. No commit ends DDL.
   */
  withTransactions: boolean;
}

const ALL_ROWS = Number.MAX_SAFE_INTEGER;

/**
 * Turns events into changes, one at a time and synchronously. Transactions are numbered as `ResumePoint` counts
 * them, so that a restart in the middle of one skips exactly what was delivered.
 */
export class ChangeAssembler {
  readonly #options: ChangeAssemblerOptions;
  readonly #resolver: TableResolver;
  readonly #output: Change[];
  readonly #tables: MappedTables;
  readonly #partialUpdates = new PartialUpdates();
  readonly #place: StreamPosition;
  #resume: ResumePoint | null;
  #knowsGtids: boolean;
  #skipEvents = 0;
  #skipRows = 0;
  #event = 0;
  #transaction: BeginChange | null = null;
  #leavesOutRows = false;
  #gtid: PendingGtid | null = null;
  #query: string | null = null;

  constructor(options: ChangeAssemblerOptions) {
    this.#options = options;
    this.#resolver = options.resolver;
    this.#tables = new MappedTables(options.resolver);
    this.#output = options.output;
    this.#resume = options.resume;
    this.#knowsGtids = options.resume.position.gtidSet !== null;
    this.#place = new StreamPosition(options.resume.position.file, options.resume.position.position);
  }

  get place(): { readonly file: string; readonly position: number } {
    return this.#place;
  }

  /** Takes one event. Returns a table map whose schema must be loaded and told to `resolved` before the next event. */
  push(event: RawEvent): TableMap | null {
    if (event.type === EventType.ROTATE) {
      const { file, position } = parseRotate(event);
      this.#place.rotate(file, position);
      this.#tables.forget();
      return null;
    }
    if (event.type === EventType.HEARTBEAT || event.type === EventType.HEARTBEAT_V2) {
      if (this.#transaction === null) this.#heartbeat(event);
      return null;
    }
    if (event.type === EventType.PREVIOUS_GTIDS) this.#previousGtids(event);
    const start = this.#place.pass(event);
    if (this.#transaction !== null) this.#event += 1;
    return this.#dispatch(event, start);
  }

  /** The answer to a map that `push` returned. */
  resolved(map: TableMap, table: CapturedTable | null): void {
    this.#tables.resolved(map, table);
  }

  /** What the answer to the map of `event` had to be read from the server for. */
  learnt(event: RawEvent, learnt: SchemaEvent): void {
    const about = { origin: 'server', events: [learnt], endsTransaction: false } as const;
    this.#schema(about, { event, start: this.#place.toldStart });
  }

  #dispatch(event: RawEvent, start: number): TableMap | null {
    switch (event.type) {
      case EventType.TABLE_MAP:
        return this.#tables.map(event);
      case EventType.MARIADB_GTID:
        this.#mariadbGtid(event, start);
        return null;
      case EventType.GTID:
      case EventType.ANONYMOUS_GTID:
      case EventType.GTID_TAGGED:
        this.#gtid = mysqlGtid(event, start);
        return null;
      case EventType.QUERY:
      case EventType.MARIADB_QUERY_COMPRESSED:
      case EventType.EXECUTE_LOAD_QUERY:
        this.#statement(event, start);
        return null;
      case EventType.ROWS_QUERY:
      case EventType.MARIADB_ANNOTATE_ROWS:
        this.#rowsQuery(event);
        return null;
      case EventType.XID:
      case EventType.XA_PREPARE:
        this.#commit(event);
        return null;
      case EventType.INCIDENT:
        this.#incident(event, start);
        return null;
      case EventType.MARIADB_PARTIAL_ROW_DATA:
        this.#partialRows(event);
        return null;
      default:
        if (isRowsEvent(event.type)) this.#rows(event, start);
        return null;
    }
  }

  /** The server's own word: a stream that began behind a GTID has met nothing yet that tells its place. */
  #heartbeat(event: RawEvent): void {
    const { file, position } = parseHeartbeat(event);
    this.#place.stand(file, position);
    this.#output.push({ tag: 'heartbeat', file: this.#place.file, position: this.#place.position });
  }

  /** A stream that began without knowing its GTIDs learns them with the next file. */
  #previousGtids(event: RawEvent): void {
    if (this.#knowsGtids || event.nextPosition <= this.#place.position) return;
    this.#knowsGtids = true;
    this.#output.push({ tag: 'gtids', gtidSet: parsePreviousGtids(event).toString() });
  }

  #mariadbGtid(event: RawEvent, start: number): void {
    const parsed = parseMariadbGtid(event);
    this.#gtid = { gtid: parsed.gtid, position: start, committedAtUs: null, firstCommittedAtUs: null };
    if (!parsed.standalone) this.#begin(event, { start, threadId: null });
    else if (this.#options.withTransactions) {
      this.#output.push({ ...this.#beginChange(event, { start, threadId: null }), isStatement: true });
    }
  }

  #begin(event: RawEvent, about: { start: number; threadId: number | null }): void {
    const transaction = this.#beginChange(event, about);
    this.#transaction = transaction;
    this.#leavesOutRows = !this.#takesRowsOf(transaction.gtid);
    this.#event = 1;
    this.#skipDelivered(transaction.isResumed);
    this.#output.push(transaction);
  }

  #beginChange(
    event: RawEvent,
    { start, threadId }: { start: number; threadId: number | null },
  ): BeginChange {
    const gtid = this.#gtid;
    return {
      tag: 'begin',
      isStatement: false,
      gtid: gtid?.gtid ?? null,
      file: this.#place.file,
      position: gtid?.position ?? start,
      beginPosition: start,
      isResumed: this.#isResumed(gtid?.position ?? start),
      threadId,
      committedAtMs: commitMs(event, gtid),
      committedAtUs: gtid?.committedAtUs ?? null,
    };
  }

  /** The first transaction may be the one that a former run left in its middle; any other is new. */
  #isResumed(position: number): boolean {
    if (this.#resume === null) return false;
    const { position: start, eventsDone, rowsDone } = this.#resume;
    return start.file === this.#place.file && start.position === position && eventsDone + rowsDone > 0;
  }

  #takesRowsOf(gtid: Gtid | null): boolean {
    const { rowSources } = this.#options;
    return rowSources === null || gtid === null || rowSources(gtidSource(gtid));
  }

  #skipDelivered(isResumed: boolean): void {
    this.#skipEvents = isResumed ? (this.#resume?.eventsDone ?? 0) : 0;
    this.#skipRows = isResumed ? (this.#resume?.rowsDone ?? 0) : 0;
    this.#resume = null;
  }

  /** Debezium keeps a statement up to the next one, or to the end of the transaction. */
  #rowsQuery(event: RawEvent): void {
    // MariaDB sends it only when asked to, so it has no number: a restart with other settings counts as before.
    if (event.type === EventType.MARIADB_ANNOTATE_ROWS && this.#transaction !== null) this.#event -= 1;
    if (this.#options.withQuery) this.#query = parseRowsQuery(event);
  }

  #rows(event: RawEvent, start: number): void {
    const partial = isPartialRows(event.type) ? parsePartialRowsEvent(event) : null;
    const parsed = partial === null ? parseRowsEvent(event) : partial.partial;
    const table = this.#tables.get(parsed.tableId);
    if (table === null) return;
    if (table.tableMap !== null) requireColumns(parsed, table.tableMap.types.length);
    const isDelivered = this.#event <= this.#skipEvents;
    if (isDelivered && !this.#options.withTransactions) return;
    if (this.#transaction === null) this.#begin(event, { start, threadId: null });
    const transaction = this.#transaction;
    if (transaction === null || this.#leavesOutRows) return;
    const rows = partial === null ? parsed : this.#expand(partial, table);
    if (rows === null) return;
    const timestampUs = commitUs(event, this.#gtid);
    this.#output.push({
      tag: 'rows',
      transaction,
      table,
      rows,
      position: this.#place.toldStart,
      serverId: event.serverId,
      timestampMs: Math.floor(timestampUs / 1000),
      timestampUs,
      event: this.#event,
      skipRows: isDelivered ? ALL_ROWS : this.#event === this.#skipEvents + 1 ? this.#skipRows : 0,
      query: this.#query,
    });
  }

  /**
   * MySQL gives it a GTID of its own, so it passes as a transaction without rows. MariaDB gives it none, and sends those of the whole file,
   * wherever the GTIDs begin that it was asked for.
   */
  #incident(event: RawEvent, start: number): void {
    const { passed } = this.#options;
    if (passed !== null && isUpTo(this.#place, passed)) return;
    this.#miss(incidentError(event, { file: this.#place.file, position: start }));
    if (this.#transaction === null) this.#commit(event);
  }

  /** MariaDB's fragments do not tell of which table they are. */
  #partialRows(event: RawEvent): void {
    const error = unreadableRows(event);
    if (error !== null) this.#miss(error);
  }

  /** Null: its rows cannot be had, and a person chose to go on without. */
  #expand(event: PartialRowsEvent, table: CapturedTable): RowsEvent | null {
    try {
      return this.#partialUpdates.expand(event, table);
    } catch (thrown) {
      if (!(thrown instanceof SealaneError)) throw thrown;
      this.#miss(thrown);
      return null;
    }
  }

  #requireRows(query: QueryEvent): void {
    const rows = statementRows(query, this.#options.filter);
    if (rows === null) return;
    const { file, toldStart: position } = this.#place;
    this.#miss(statementRowsError(rows, { file, position, threadId: query.threadId }));
  }

  /** Changes that cannot be had end the stream before them, unless a person chose to go on without. */
  #miss(error: SealaneError): void {
    if (this.#transaction !== null && this.#leavesOutRows) return;
    const { onMissing } = this.#options;
    if (onMissing === null) throw error;
    onMissing(error);
  }

  #statement(event: RawEvent, start: number): void {
    const query = parseQuery(event);
    const { sql, threadId } = query;
    const kind = statementKind(sql);
    if (kind === 'other' || kind === 'ddl') this.#requireRows(query);
    if (kind === 'begin') {
      // Debezium takes no thread from XA START.
      this.#begin(event, { start, threadId: sql === 'BEGIN' ? threadId : null });
      return;
    }
    if (kind === 'inside') return;
    if (kind === 'ddl') {
      this.#ddl(event, { query, start });
      return;
    }
    if (kind === 'commit' || this.#transaction === null) this.#commit(event);
  }

  #ddl(event: RawEvent, { query, start }: { query: QueryEvent; start: number }): void {
    const { events, truncated } = this.#resolver.apply(query);
    this.#tables.forget();
    if (truncated !== null) {
      this.#output.push({
        tag: 'truncate',
        ...truncated,
        gtid: this.#gtid?.gtid ?? null,
        file: this.#place.file,
        position: this.#place.toldStart,
        serverId: event.serverId,
        timestampUs: commitMs(event, this.#gtid) * 1000,
        schema: null,
      });
    }
    const endsTransaction = this.#transaction === null;
    const isDelivered = !endsTransaction && this.#event <= this.#skipEvents;
    if (!isDelivered) this.#schema({ origin: 'statement', events, endsTransaction }, { event, start });
    if (endsTransaction) this.#gtid = null;
  }

  #schema(
    about: Pick<SchemaChange, 'origin' | 'events' | 'endsTransaction'>,
    { event, start }: { event: RawEvent; start: number },
  ): void {
    this.#output.push({
      tag: 'schema',
      ...about,
      gtid: this.#gtid?.gtid ?? null,
      file: this.#place.file,
      start: this.#transaction === null ? start : this.#place.toldStart,
      position: this.#place.position,
      serverId: event.serverId,
      // Debezium knows a thread only from a BEGIN.
      threadId: this.#transaction?.threadId ?? null,
      // Debezium dates statements in whole milliseconds.
      timestampUs: commitMs(event, this.#gtid) * 1000,
      committedAtMs: commitMs(event, this.#gtid),
    });
  }

  #commit(event: RawEvent): void {
    this.#output.push({
      tag: 'commit',
      gtid: this.#gtid?.gtid ?? null,
      file: this.#place.file,
      position: this.#place.position,
      committedAtMs: commitMs(event, this.#gtid),
      committedAtUs: this.#gtid?.committedAtUs ?? null,
    });
    this.#transaction = null;
    this.#gtid = null;
    this.#resume = null;
    this.#query = null;
  }
}
