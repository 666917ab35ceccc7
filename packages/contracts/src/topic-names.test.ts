import { expect, it } from 'vitest';
import { pipelineConfigSchema } from './pipeline-config.ts';
import { heartbeatTopic, tableTopic, transactionTopic } from './topic-names.ts';

const naming = (config: object = {}) => pipelineConfigSchema.parse({ topicPrefix: 'shop', ...config });

it('names the topic of a table as Debezium does', () => {
  const topicOf = (database: string, table: string, config: object = {}) =>
    tableTopic(naming(config), { database, table });
  expect(topicOf('db', 'orders')).toBe('shop.db.orders');
  expect(topicOf('db', 'größe $1')).toBe('shop.db.gr__e__1');
  expect(topicOf('d', 'x'.repeat(300))).toHaveLength(249);
  expect(topicOf('db', 'orders', { topicDelimiter: '_' })).toBe('shop_db_orders');
});

it('names the topics of the pipeline itself', () => {
  expect(transactionTopic(naming())).toBe('shop.transaction');
  expect(transactionTopic(naming({ topicDelimiter: '-', topicTransaction: 'tx' }))).toBe('shop-tx');
  expect(heartbeatTopic(naming())).toBe('__debezium-heartbeat.shop');
  expect(heartbeatTopic(naming({ topicDelimiter: '-', topicHeartbeatPrefix: 'beat' }))).toBe('beat-shop');
  expect(heartbeatTopic(naming({ topicHeartbeatName: 'beats' }))).toBe('beats');
});
