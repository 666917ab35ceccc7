import { ConnectClient } from '@sealane/bench/contestants/connect-client';
import type { ConnectorConfig, Engine } from './engine.ts';

/** Real Debezium on real Kafka Connect. */
export function createDebeziumEngine(options: {
  url: string;
  brokers: readonly string[];
  prefix: string;
  config: ConnectorConfig;
}): Engine {
  const { url, brokers, prefix, config } = options;
  const client = new ConnectClient(url, prefix);
  return {
    name: 'debezium',
    prefix,
    async start() {
      await client.createStopped({
        ...config,
        'topic.prefix': prefix,
        'poll.interval.ms': '20',
        'schema.history.internal.kafka.bootstrap.servers': brokers.join(','),
        'schema.history.internal.kafka.topic': `${prefix}-history`,
      });
      await client.resume();
    },
    check: () => client.check(),
    stop: () => client.remove(),
  };
}
