import { type PipelineConfigInput, pipelineConfigSchema } from '@sealane/contracts/pipeline-config';
import { expect, it } from 'vitest';
import { topicWriters } from './topic-writers.ts';

const pipeline = (name: string, config: PipelineConfigInput) => ({
  name,
  config: pipelineConfigSchema.parse(config),
});
const pipelines = [
  pipeline('shop', { topicPrefix: 'shop' }),
  pipeline('shop eu', { topicPrefix: 'shop.eu' }),
  pipeline('dashed', { topicPrefix: 'dash', topicDelimiter: '-', topicHeartbeatPrefix: 'beat' }),
  pipeline('named', { topicPrefix: 'named', topicHeartbeatName: 'beats', schemaHistoryTopic: 'history' }),
  pipeline('named too', { topicPrefix: 'named-too', schemaHistoryTopic: 'history' }),
];

it.each([
  ['shop.db.orders', ['shop']],
  ['shop', ['shop']],
  ['shop.transaction', ['shop']],
  ['shop-schema-history', ['shop']],
  ['__debezium-heartbeat.shop', ['shop']],
  ['shop.eu', ['shop eu']],
  ['shop.eu.db.orders', ['shop eu']],
  ['shop.europe.orders', ['shop']],
  ['dash-db-orders', ['dashed']],
  ['beat-dash', ['dashed']],
  ['beats', ['named']],
  ['history', ['named', 'named too']],
  ['named-schema-history', []],
  ['shopping.db.orders', []],
  ['sealane-offsets', []],
])('%s is written by %j', (topic, names) => {
  expect(topicWriters(topic, pipelines).map(({ name }) => name)).toEqual(names);
});
