import { z } from 'zod';
import { field } from './config-field.ts';
import { topicDelimiter, topicName } from './config-values.ts';

/** Names and making of topics, and what is sent besides rows. */
export const topicFields = {
  topicDelimiter: field(topicDelimiter.default('.'), {
    property: 'topic.delimiter',
    title: 'Topic delimiter',
    description: 'Stands between the parts of a topic name: prefix, database, table.',
  }),
  heartbeatIntervalMs: field(z.int().min(0).default(0), {
    property: 'heartbeat.interval.ms',
    title: 'Heartbeat interval',
    description:
      'Milliseconds between heartbeat records, which move offsets while captured tables are idle. 0: none.',
    example: '10000',
  }),
  topicHeartbeatPrefix: field(topicName.default('__debezium-heartbeat'), {
    property: 'topic.heartbeat.prefix',
    title: 'Heartbeat topic prefix',
    description: 'Heartbeats go to `<this>.<topic.prefix>`.',
  }),
  topicHeartbeatName: field(topicName.optional(), {
    property: 'topic.heartbeat.name',
    title: 'Heartbeat topic',
    description: 'Whole name of the heartbeat topic, instead of one made of prefix and delimiter.',
  }),
  heartbeatActionQuery: field(z.string().min(1).optional(), {
    property: 'heartbeat.action.query',
    title: 'Heartbeat statement',
    description:
      'SQL that the pipeline runs at the source with each heartbeat, e.g. to write a row that moves the offset of a server without traffic. The capture user needs the right to run it.',
    example: 'UPDATE shop.heartbeat SET at = NOW()',
  }),
  topicTransaction: field(topicName.default('transaction'), {
    property: 'topic.transaction',
    title: 'Transaction topic',
    description: 'Transaction metadata goes to `<topic.prefix>.<this>`.',
  }),
  topicCreationPartitions: field(z.int().min(1).max(10_000).default(1), {
    property: 'topic.creation.default.partitions',
    title: 'Partitions of new topics',
    description: 'Partition count of topics that the pipeline creates.',
  }),
  topicCreationReplicationFactor: field(z.int().min(-1).max(32).default(-1), {
    property: 'topic.creation.default.replication.factor',
    title: 'Replication factor of new topics',
    description: "Copies of each partition. -1: the broker's default.",
  }),
  topicCreationConfig: field(z.record(z.string().min(1), z.string()).default({}), {
    property: 'topic.creation.default.*',
    title: 'Configuration of new topics',
    description: 'Topic settings by name, e.g. cleanup.policy=compact.',
  }),
};
