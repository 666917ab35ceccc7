import type { ClusterConnection } from '../cluster-connection.ts';
import type { RecordProducerOptions } from './record-producer.ts';

const DEFAULT_QUEUED_BYTES = 64 * 1024 * 1024;
const DEFAULT_QUEUED_RECORDS = 100_000;
const DEFAULT_RECORD_BYTES = 1_000_000;
const BATCH_BYTES = 1_000_000;
const BATCH_RECORDS = 10_000;
/**
 * Full batches leave at once, others by a flush (rdkafka-flusher.ts). With a linger that runs out while the idempotent
 * producer's five requests are in flight, librdkafka's broker thread would spin on records that it may not send yet.
 */
const LINGER_MS = 1_000;
const RECONNECT_MS = 100;
const RECONNECT_MAX_MS = 5_000;

/** The largest record that may be produced, in bytes. */
export function largestRecord(options: RecordProducerOptions): number {
  return options.maxRecordBytes ?? DEFAULT_RECORD_BYTES;
}

/**
 * librdkafka's configuration for a pipeline's producer. Its delivery reports are off except for failures: one JavaScript object per
 * record costs more than producing it. Acknowledgements come from the statistics and from flushes instead.
 */
export function rdkafkaConfig(options: RecordProducerOptions): Record<string, string | number | boolean> {
  const recordBytes = largestRecord(options);
  // A queue must at least hold one record.
  const queuedBytes = Math.max(options.maxQueuedBytes ?? DEFAULT_QUEUED_BYTES, recordBytes);
  return {
    ...connectionConfig(options.connection),
    'enable.idempotence': true,
    'enable.gapless.guarantee': false,
    'message.timeout.ms': 0,
    'delivery.report.only.error': true,
    'statistics.interval.ms': statisticsInterval(options.expectedPartitions ?? 25),
    'queue.buffering.max.kbytes': Math.ceil(queuedBytes / 1024),
    'queue.buffering.max.messages': options.maxQueuedRecords ?? DEFAULT_QUEUED_RECORDS,
    'linger.ms': LINGER_MS,
    'batch.size': BATCH_BYTES,
    'batch.num.messages': BATCH_RECORDS,
    'message.max.bytes': recordBytes,
    'compression.codec': options.compression ?? 'none',
    'socket.nagle.disable': true,
    'reconnect.backoff.ms': RECONNECT_MS,
    'reconnect.backoff.max.ms': RECONNECT_MAX_MS,
    'log.connection.close': false,
  };
}

/** The statistics name every partition, about 800 bytes each, so their pace follows the number of partitions. */
export function statisticsInterval(partitions: number): number {
  return Math.min(250, Math.max(40, Math.round(partitions * 0.4)));
}

function connectionConfig(connection: ClusterConnection): Record<string, string | number | boolean> {
  const { tls, sasl } = connection;
  return {
    'metadata.broker.list': connection.brokers.join(','),
    'client.id': connection.clientId ?? 'sealane',
    'socket.connection.setup.timeout.ms': connection.connectTimeoutMs ?? 5_000,
    'security.protocol': `${sasl ? 'sasl_' : ''}${tls ? 'ssl' : 'plaintext'}`,
    ...(tls && {
      ...(tls.ca !== undefined && { 'ssl.ca.pem': tls.ca }),
      ...(tls.cert !== undefined && { 'ssl.certificate.pem': tls.cert }),
      ...(tls.key !== undefined && { 'ssl.key.pem': tls.key }),
      ...(tls.keyPassphrase !== undefined && { 'ssl.key.password': tls.keyPassphrase }),
      'enable.ssl.certificate.verification': tls.rejectUnauthorized ?? true,
      ...(tls.rejectUnauthorized === false && { 'ssl.endpoint.identification.algorithm': 'none' }),
    }),
    ...(sasl && {
      'sasl.mechanisms': sasl.mechanism.toUpperCase(),
      'sasl.username': sasl.username,
      'sasl.password': sasl.password,
    }),
  };
}
