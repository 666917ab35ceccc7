import type { HandlingModes } from '@sealane/binlog/columns/handling-modes';
import type { NativeRows } from '@sealane/binlog/row/native-rows';
import type { PipelineConfig } from '@sealane/contracts/pipeline-config';
import { transactionTopic } from '@sealane/contracts/topic-names';
import type { CaptureFilter } from '../change/capture-filter.ts';
import type { Change, RowsChange } from '../change/change.ts';
import { compileColumnRules } from '../change/column-rules.ts';
import { compileConverters } from '../change/converters.ts';
import type { RecordCursor } from '../change/record-cursor.ts';
import { contextHeaders } from './context-headers.ts';
import { EnvelopeClock } from './envelope-clock.ts';
import { RecordLeads } from './record-leads.ts';
import { rowFormOf } from './row-form.ts';
import { SnapshotRowsCursor } from './snapshot-rows-cursor.ts';
import type { SourceIdentity } from './source-block.ts';
import { StreamedRowsCursor } from './streamed-rows-cursor.ts';
import { TableWriters } from './table-writers.ts';
import { TransactionLog } from './transaction-log.ts';
import { truncateRecord } from './truncate-record.ts';

/** Turns changes into records. */
export interface ChangeSerializer {
  /** Reads the clock anew: to be called at the start of a batch, and after a wait in its middle. */
  tick(): void;
  /**
   * The records of a change, or null when it makes none. The cursor is reused: it must be walked to its end before the
   * next call.
   */
  open(change: Change): RecordCursor | null;
}

export interface DebeziumJsonOptions {
  identity: SourceIdentity;
  config: PipelineConfig;
  filter: Pick<CaptureFilter, 'table' | 'columns' | 'key'>;
  /** Names the run in `__debezium.context.runId`. */
  runId: string;
  /** Null: rows are written without native code. */
  native: NativeRows | null;
}

/** Debezium's letter for the records that the rows of an event make. */
const OPERATION_OF_KIND = { insert: 'c', update: 'u', delete: 'd' } as const;

/** Debezium's envelopes as Connect's JsonConverter writes them. */
export function createDebeziumJsonSerializer(options: DebeziumJsonOptions): ChangeSerializer {
  const { identity, config, filter } = options;
  const modes: HandlingModes = config;
  const schemas = { key: config.keyConverterSchemasEnable, value: config.valueConverterSchemasEnable };
  const clock = new EnvelopeClock(schemas.value ? { closing: '}' } : {});
  const headers = config.extendedHeadersEnabled ? contextHeaders(identity, options.runId) : undefined;
  const transactions = config.provideTransactionMetadata
    ? new TransactionLog({ topic: transactionTopic(config), schemas })
    : null;
  const rules = compileColumnRules(config.columnRules);
  const converters = compileConverters(config.converters);
  const leads = new RecordLeads({ config, identity, filter, modes, rules, converters });
  const tables = { modes, key: filter.key, rules, converters, leads, form: rowFormOf(config) };
  const placeholder = placeholderBytes(config.unavailableValuePlaceholder);
  const writers = new TableWriters({ ...tables, placeholder, native: options.native });
  const streamed = new StreamedRowsCursor({
    identity,
    clock,
    writers,
    tombstones: config.tombstonesOnDelete,
    skipsUnchanged: config.skipMessagesWithoutChange,
    headers,
    transactions,
  });
  const snapshot = new SnapshotRowsCursor({ identity, clock, headers, ...tables });
  const skipped = new Set(config.skippedOperations);
  // As Debezium: whole events are left out, so an update that changes the key goes with the updates.
  const openSome = (change: RowsChange): RecordCursor | null =>
    skipped.has(OPERATION_OF_KIND[change.rows.kind]) ? null : streamed.open(change);
  const skipsRows = config.skippedOperations.some((letter) => letter !== 't');
  return {
    tick: () => clock.tick(),
    open(change) {
      // A begin and a commit show no time of ours, and a stream of small transactions is full of them.
      if (change.tag === 'rows') {
        clock.pass();
        return skipsRows ? openSome(change) : streamed.open(change);
      }
      if (change.tag === 'begin') return transactions === null ? null : transactions.begin(change);
      if (change.tag === 'commit') return transactions === null ? null : transactions.commit(change);
      if (change.tag !== 'snapshot-rows' && change.tag !== 'truncate') return null;
      clock.tick();
      if (change.tag === 'snapshot-rows') return snapshot.open(change);
      if (skipped.has('t')) return null;
      if (!filter.table(change.database, change.table)) return null;
      return truncateRecord(change, { identity, clock, headers, leads, transactions });
    },
  };
}

/** As Debezium's PostgreSQL connector reads it: `hex:` and digits are bytes, anything else is text. */
function placeholderBytes(placeholder: string): Buffer {
  return placeholder.startsWith('hex:') ? Buffer.from(placeholder.slice(4), 'hex') : Buffer.from(placeholder);
}
