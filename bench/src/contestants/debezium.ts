import type { BenchServices } from '../services/bench-services.ts';
import type { BenchTableName } from '../services/bench-table.ts';
import { ConnectClient } from './connect-client.ts';
import type { Contestant } from './contestant.ts';

/** What Debezium is tuned for. */
export type DebeziumTuning = 'throughput' | 'latency';

/** Heap of the Connect worker in MiB. */
export const CONNECT_HEAP_MEGABYTES = 2048;

const SHARED_TUNING = {
  'key.converter': 'org.apache.kafka.connect.json.JsonConverter',
  'key.converter.schemas.enable': 'false',
  'value.converter': 'org.apache.kafka.connect.json.JsonConverter',
  'value.converter.schemas.enable': 'false',
  // Three context headers per record, which cost Debezium time and which we do not write either.
  'extended.headers.enabled': 'false',
  'producer.override.acks': 'all',
  'producer.override.enable.idempotence': 'true',
  'producer.override.buffer.memory': '134217728',
};

const TUNING: Record<DebeziumTuning, Readonly<Record<string, string>>> = {
  throughput: {
    'max.batch.size': '20480',
    'max.queue.size': '81920',
    'poll.interval.ms': '10',
    'producer.override.batch.size': '1048576',
    'producer.override.linger.ms': '5',
    'producer.override.compression.type': 'none',
    'producer.override.max.request.size': '8388608',
  },
  latency: {
    'poll.interval.ms': '5',
    'producer.override.linger.ms': '0',
  },
};

export interface DebeziumOptions {
  table: BenchTableName;
  tuning: DebeziumTuning;
  /** Connector properties that win over the tuning. */
  overrides: Readonly<Record<string, string>>;
}

/** Debezium's MariaDB connector on Kafka Connect, one connector per contestant. */
export function createDebezium(services: BenchServices, options: DebeziumOptions): Contestant {
  const { connect, mariadb, brokers } = services;
  const prefix = `debezium-${options.table}-${options.tuning}`;
  const client = new ConnectClient(connect.url, prefix);
  const tuning = { ...SHARED_TUNING, ...TUNING[options.tuning], ...options.overrides };
  const config = {
    'connector.class': 'io.debezium.connector.mariadb.MariaDbConnector',
    'tasks.max': '1',
    'database.hostname': mariadb.host,
    'database.port': String(mariadb.port),
    'database.user': mariadb.capture.user,
    'database.password': mariadb.capture.password,
    'database.server.id': '7001',
    'database.ssl.mode': 'disable',
    'topic.prefix': prefix,
    'table.include.list': `shop.${options.table}`,
    'snapshot.mode': 'no_data',
    'include.schema.changes': 'false',
    'schema.history.internal.kafka.bootstrap.servers': brokers.join(','),
    'schema.history.internal.kafka.topic': `${prefix}-history`,
    ...tuning,
  };
  let created = false;
  return {
    name: 'debezium',
    topic: `${prefix}.shop.${options.table}`,
    settings: { ...tuning, heap: `-Xmx${CONNECT_HEAP_MEGABYTES}m` },
    async prepare() {
      if (!created) await client.createStopped(config);
      created = true;
      return connect.pid;
    },
    release: () => client.resume(),
    halt: () => client.stop(),
    check: () => client.check(),
    close: async () => {
      if (created) await client.remove();
    },
  };
}
