import { TextGtid } from '@sealane/binlog/gtid/gtid';
import { loadNativeRows } from '@sealane/binlog/row/native-rows';
import { type PipelineConfigInput, pipelineConfigSchema } from '@sealane/contracts/pipeline-config';
import { describe, expect, it } from 'vitest';
import { compileCaptureFilter } from '../change/capture-filter.ts';
import type { Change, TruncateChange } from '../change/change.ts';
import { image, rowsChange } from '../testing/int-rows.ts';
import { createDebeziumJsonSerializer } from './change-serializer.ts';

const truncate: TruncateChange = {
  tag: 'truncate',
  database: 'shop',
  table: 'stock',
  gtid: new TextGtid('0-1-38'),
  file: 'bin.000002',
  position: 17_000,
  serverId: 1,
  timestampUs: 1_782_327_980_000_000,
  schema: null,
};

/** Every record of the changes: its operation, key and value without the clock's fields. */
function recordsOf(changes: readonly Change[], input: Partial<PipelineConfigInput> = {}) {
  const config = pipelineConfigSchema.parse({ topicPrefix: 'erp', ...input });
  const serializer = createDebeziumJsonSerializer({
    native: loadNativeRows(),
    identity: { version: '3.5.0.Sealane', connector: 'mariadb', name: 'erp' },
    config,
    filter: compileCaptureFilter(config),
    runId: '0f0d',
  });
  return changes.flatMap((change) => {
    const cursor = serializer.open(change);
    const records = [];
    while (cursor?.next() === true) {
      const { operation, key, value, target, headers } = cursor;
      const text = value?.toString().replace(/,"ts_ms":\d+,"ts_us":\d+,"ts_ns":\d+\}$/, '}') ?? null;
      records.push({ operation, key: key?.toString() ?? null, value: text, target, headers });
    }
    return records;
  });
}

describe('skipped.operations', () => {
  const changes = [
    rowsChange('insert', [image(1, 0)]),
    rowsChange('update', [image(1, 0), image(1, 5), image(1, 5), image(2, 5)]),
    rowsChange('delete', [image(2, 5)]),
    truncate,
  ];
  const operations = (skippedOperations: PipelineConfigInput['skippedOperations']) =>
    recordsOf(changes, { skippedOperations }).map(({ operation }) => operation);

  it('leaves out TRUNCATE TABLE when nothing is said', () => {
    expect(recordsOf(changes).map(({ operation }) => operation)).toEqual([
      'create',
      'update',
      'delete',
      'tombstone',
      'create',
      'delete',
      'tombstone',
    ]);
  });

  it('leaves out whole events: an update that moves a key goes with the updates, a tombstone with its delete', () => {
    expect(operations(['u'])).toEqual(['create', 'delete', 'tombstone', 'truncate']);
    expect(operations(['c', 'd'])).toEqual(['update', 'delete', 'tombstone', 'create', 'truncate']);
    expect(operations(['c', 'u', 'd', 't'])).toEqual([]);
  });
});

describe('provide.transaction.metadata', () => {
  const { transaction } = rowsChange('insert', [image(1, 0)]);
  const changes: Change[] = [
    transaction,
    rowsChange('insert', [image(1, 0), image(2, 0)]),
    rowsChange('update', [image(2, 0), image(3, 0)]),
    { ...transaction, tag: 'commit', position: 500 },
  ];
  const orders = (all: readonly Change[], config: Partial<PipelineConfigInput> = {}) =>
    recordsOf(all, { provideTransactionMetadata: true, ...config }).map(
      ({ value, operation }) => /"total_order":(\d+)/.exec(value ?? '')?.[1] ?? operation,
    );

  it('numbers the records between BEGIN and END; a moved key counts twice, a tombstone not', () => {
    expect(orders(changes)).toEqual([null, '1', '2', '3', 'tombstone', '4', null]);
    expect(orders(changes, { skippedOperations: ['c'] })).toEqual([null, '1', 'tombstone', '2', null]);
  });

  it('counts on after a restart in the middle of a transaction', () => {
    const again = changes.map((change): Change => {
      if (change.tag === 'begin') return { ...change, isResumed: true };
      return change.tag === 'rows'
        ? { ...change, skipRows: change.rows.kind === 'update' ? Infinity : 1 }
        : change;
    });
    expect(orders(again)).toEqual(['2', null]);
    expect(recordsOf(again, { provideTransactionMetadata: true }).at(-1)?.value).toContain(
      '"event_count":4,',
    );
  });
});

describe('source.query', () => {
  it('is the statement behind the rows', () => {
    const query = 'INSERT INTO stock VALUES (1, "a")';
    const [first, second] = recordsOf([
      rowsChange('insert', [image(1, 0)], { query }),
      rowsChange('insert', [image(2, 0)]),
    ]);
    expect(first?.value).toContain(`"query":${JSON.stringify(query)}},"transaction":null,`);
    expect(second?.value).toContain('"query":null}');
  });
});

describe('extended.headers.enabled', () => {
  it('puts four headers on every record, behind those of a moved key', () => {
    const changes = [rowsChange('insert', [image(1, 0)]), rowsChange('update', [image(1, 0), image(2, 0)])];
    expect(recordsOf(changes).map(({ headers }) => headers?.map(([name]) => name))).toEqual([
      undefined,
      ['__debezium.newkey'],
      ['__debezium.newkey'],
      ['__debezium.oldkey'],
    ]);
    const extended = recordsOf(changes, { extendedHeadersEnabled: true }).map(({ headers }) => headers);
    expect(extended[0]).toEqual([
      ['__debezium.context.connectorLogicalName', 'erp'],
      ['__debezium.context.taskId', '0'],
      ['__debezium.context.connectorName', 'mariadb'],
      ['__debezium.context.runId', '0f0d'],
    ]);
    expect(extended[1]?.map(([name]) => name)).toEqual([
      '__debezium.newkey',
      '__debezium.context.connectorLogicalName',
      '__debezium.context.taskId',
      '__debezium.context.connectorName',
      '__debezium.context.runId',
    ]);
  });
});

describe('the record of a TRUNCATE TABLE', () => {
  it('has no key and neither image, as Debezium writes it', () => {
    const [record] = recordsOf([truncate], { skippedOperations: [] });
    expect(record?.key).toBeNull();
    expect(record?.target).toMatchObject({ id: 'shop.stock' });
    expect(record?.value).toBe(
      '{"before":null,"after":null,"source":{"version":"3.5.0.Sealane","connector":"mariadb","name":"erp",' +
        '"ts_ms":1782327980000,"snapshot":"false","db":"shop","sequence":null,"ts_us":1782327980000000,' +
        '"ts_ns":1782327980000000000,"table":"stock","server_id":1,"gtid":"0-1-38","file":"bin.000002","pos":17000,' +
        '"row":0,"thread":null,"query":null},"transaction":null,"op":"t"}',
    );
  });

  it('is not written for a table that is not captured', () => {
    expect(recordsOf([truncate], { skippedOperations: [], tableExcludeList: ['shop\\.stock'] })).toEqual([]);
  });
});
