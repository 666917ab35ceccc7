import { connectorConfigOf } from '@sealane/contracts/connector/connector-config-of';
import { readConnectorConfig } from '@sealane/contracts/connector/read-connector-config';
import { pipelineConfigSchema } from '@sealane/contracts/pipeline-config';
import { describe, expect, it } from 'vitest';
import { draftOfConnector } from './connector-draft.ts';
import { checkStep, draftConfig, draftTables } from './draft.ts';

const connector = {
  name: 'shop / eu',
  'connector.class': 'MySql',
  'database.hostname': 'db',
  'database.user': 'u',
  'database.server.id': '7',
  'topic.prefix': 'shop',
  'table.include.list': 'shop\\..*,stock\\.ITEMS',
  'table.ignored': 'x',
  'snapshot.mode': 'no_data',
  'tombstones.on.delete': 'false',
  'heartbeat.interval.ms': '5000',
  'topic.creation.default.partitions': '6',
  'topic.creation.default.cleanup.policy': 'compact',
  'topic.creation.default.retention.ms': '1',
};

describe('draftOfConnector', () => {
  const reading = readConnectorConfig(connector);
  const draft = draftOfConnector(reading);

  it('fills in the fields of the form', () => {
    expect(draft).toMatchObject({
      name: 'shop - eu',
      topicPrefix: 'shop',
      snapshotMode: 'no_data',
      tombstonesOnDelete: false,
      partitions: '6',
      compact: true,
    });
    expect(checkStep('tables', draft, [])).toEqual({});
    expect(checkStep('topics', draft, [])).toEqual({});
  });

  it('loses no setting on the way to the pipeline', () => {
    expect(pipelineConfigSchema.parse(draftConfig(draft, []))).toEqual(reading.config);
  });

  it('shows which tables the patterns cover, anchored and in any letter case', () => {
    const tables = [
      ['shop', 'orders'],
      ['stock', 'items'],
      ['stock', 'items_old'],
      ['other', 'shop.orders'],
    ].map(([database = '', table = '']) => ({
      database,
      table,
      rowsEstimated: 1,
      bytes: 1,
      columns: 1,
      primaryKey: [],
      recordKey: [],
      engine: null,
    }));
    expect(draftTables(draft, tables).map(({ table }) => table)).toEqual(['orders', 'items']);
  });

  it('takes a pipeline of the console back into the form', () => {
    const config = pipelineConfigSchema.parse({ topicPrefix: 'a', serverId: 5 });
    const source = {
      flavor: 'mysql',
      host: 'h',
      port: 1,
      user: 'u',
      password: '',
      tls: { mode: 'preferred' },
    } as const;
    const again = readConnectorConfig(connectorConfigOf({ name: 'n', config, source, cluster: null }));
    expect(pipelineConfigSchema.parse(draftConfig(draftOfConnector(again), []))).toEqual(config);
  });
});
