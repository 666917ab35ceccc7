import type { RecordHeaders } from '@sealane/kafka/producer/record-producer';
import type { SourceIdentity } from './source-block.ts';

/**
 * `extended.headers.enabled`, as `DebeziumHeaderProducer` of Debezium 3.5 makes them; a connector here has one task. Records of rows, of
 * truncates and of schema changes have them; those of transactions and heartbeats do not.
 */
export function contextHeaders({ name, connector }: SourceIdentity, runId: string): RecordHeaders {
  return [
    ['__debezium.context.connectorLogicalName', name],
    ['__debezium.context.taskId', '0'],
    ['__debezium.context.connectorName', connector],
    ['__debezium.context.runId', runId],
  ];
}
