import { OutputBuffer } from '@sealane/binlog/bytes/output-buffer';
import { TextGtid } from '@sealane/binlog/gtid/gtid';
import { describe, expect, it } from 'vitest';
import type { BeginChange, CommitChange } from '../change/change.ts';
import type { SingleRecordCursor } from './single-record-cursor.ts';
import { TransactionLog } from './transaction-log.ts';

const schemas = { key: false, value: false };

const begin: BeginChange = {
  tag: 'begin',
  gtid: new TextGtid('0-1-37'),
  file: 'bin.000002',
  position: 300,
  beginPosition: 379,
  isResumed: false,
  isStatement: false,
  threadId: null,
  committedAtMs: 1_700_000_000_000,
  committedAtUs: null,
};
const commit: CommitChange = {
  tag: 'commit',
  gtid: begin.gtid,
  file: 'bin.000002',
  position: 900,
  committedAtMs: 1_700_000_001_000,
  committedAtUs: null,
};

function text(record: SingleRecordCursor | null): unknown {
  return record && { target: record.target, key: record.key?.toString(), value: record.value?.toString() };
}

function block(log: TransactionLog, table: string): string {
  const out = new OutputBuffer();
  log.putBlock(out, table);
  return out.written().toString();
}

describe('transaction metadata', () => {
  it('tells of begin and end as Debezium does', () => {
    const log = new TransactionLog({ topic: 'erp.transaction', schemas });
    expect(text(log.begin(begin))).toEqual({
      target: { topic: 'erp.transaction' },
      key: '{"id":"0-1-37"}',
      value:
        '{"status":"BEGIN","id":"0-1-37","event_count":null,"data_collections":null,"ts_ms":1700000000000}',
    });
    for (const table of ['shop.orders', 'shop.stock', 'shop.orders']) block(log, table);
    expect(text(log.commit(commit))).toEqual({
      target: { topic: 'erp.transaction' },
      key: '{"id":"0-1-37"}',
      value:
        '{"status":"END","id":"0-1-37","event_count":3,"data_collections":[{"data_collection":"shop.orders","event_count":2},' +
        '{"data_collection":"shop.stock","event_count":1}],"ts_ms":1700000001000}',
    });
  });

  it('numbers the records in the transaction and in their table, anew in each transaction', () => {
    const log = new TransactionLog({ topic: 't', schemas });
    log.begin(begin);
    expect(block(log, 'a')).toBe('{"id":"0-1-37","total_order":1,"data_collection_order":1}');
    expect(block(log, 'b')).toBe('{"id":"0-1-37","total_order":2,"data_collection_order":1}');
    expect(block(log, 'a')).toBe('{"id":"0-1-37","total_order":3,"data_collection_order":2}');
    log.commit(commit);
    log.begin(begin);
    expect(block(log, 'a')).toBe('{"id":"0-1-37","total_order":1,"data_collection_order":1}');
  });

  it('is named by the place of BEGIN where the source keeps no GTIDs', () => {
    const log = new TransactionLog({ topic: 't', schemas });
    expect(log.begin({ ...begin, gtid: null })?.key?.toString()).toBe('{"id":"file=bin.000002,pos=379"}');
  });

  it('does not begin a transaction twice that a former run left in its middle', () => {
    const log = new TransactionLog({ topic: 't', schemas });
    expect(log.begin({ ...begin, isResumed: true })).toBeNull();
    expect(block(log, 'a')).toContain('"total_order":1,');
    expect(log.commit(commit)).not.toBeNull();
  });

  it('has nothing to say of a commit without a transaction', () => {
    expect(new TransactionLog({ topic: 't', schemas }).commit(commit)).toBeNull();
  });

  it('tells of the begin of a statement on its own and of no end, as Debezium does of MariaDB', () => {
    const log = new TransactionLog({ topic: 'erp.transaction', schemas });
    expect(text(log.begin({ ...begin, isStatement: true }))).toMatchObject({ key: '{"id":"0-1-37"}' });
    expect(block(log, 'shop.orders')).toBe('{"id":"0-1-37","total_order":1,"data_collection_order":1}');
    expect(log.commit(commit)).toBeNull();
    expect(block(log, 'shop.orders')).toBe('null');
  });
});
