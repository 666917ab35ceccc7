import { SealaneError } from '@sealane/errors/sealane-error';

interface Advice {
  readonly pattern: RegExp;
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly retriable?: boolean;
}

/** By the clients' texts (librdkafka's rd_kafka_err2str, kafkajs' error types): node-rdkafka passes no error number with a delivery error. */
const ADVICE: readonly Advice[] = [
  {
    pattern: /message size too large|MESSAGE_TOO_LARGE|record.?list.?too.?large|RECORD_LIST_TOO_LARGE/i,
    code: 'KAFKA_RECORD_TOO_LARGE',
    message: 'Kafka refuses a record because it is too large.',
    remedy:
      "Raise the topic's max.message.bytes (or the broker's message.max.bytes), or turn on compression.",
  },
  {
    pattern: /topic authorization failed|TOPIC_AUTHORIZATION_FAILED/i,
    code: 'KAFKA_TOPIC_NOT_ALLOWED',
    message: 'The Kafka user may not write to the topic.',
    remedy:
      'Grant it WRITE and DESCRIBE on the topic: kafka-acls --add --allow-principal User:<user> --operation Write --operation Describe --topic <topic>.',
  },
  {
    pattern: /cluster authorization failed|CLUSTER_AUTHORIZATION_FAILED/i,
    code: 'KAFKA_IDEMPOTENCE_NOT_ALLOWED',
    message: 'The Kafka user may not produce idempotently.',
    remedy: 'Grant it WRITE on a topic (Kafka 2.8 and later) or IDEMPOTENT_WRITE on the cluster.',
  },
  {
    pattern: /unknown topic|unknown partition|UNKNOWN_TOPIC_OR_PARTITION|not present in metadata/i,
    code: 'KAFKA_TOPIC_UNKNOWN',
    message: 'The topic or partition does not exist.',
    remedy: 'Create the topic (the pipeline does it at its start), and check that nobody deleted it.',
    retriable: true,
  },
  {
    pattern: /not enough.*replicas|NOT_ENOUGH_REPLICAS/i,
    code: 'KAFKA_NOT_ENOUGH_REPLICAS',
    message: 'Too few in-sync replicas are up to accept the record.',
    remedy: "Bring the brokers back, or lower the topic's min.insync.replicas.",
    retriable: true,
  },
  {
    pattern: /invalid record|INVALID_RECORD/i,
    code: 'KAFKA_RECORD_REFUSED',
    message: 'The broker refuses the record as invalid.',
    remedy: 'A compacted topic needs a key on every record; check its cleanup.policy.',
  },
  {
    pattern: /unsupported.*compression|UNSUPPORTED_COMPRESSION_TYPE/i,
    code: 'KAFKA_COMPRESSION_UNSUPPORTED',
    message: 'The broker or client does not support the compression.',
    remedy: 'Choose another compression for the pipeline.',
  },
  {
    pattern: /fenced|PRODUCER_FENCED|INVALID_PRODUCER_EPOCH/i,
    code: 'KAFKA_PRODUCER_FENCED',
    message: 'Another producer took over with the same identity.',
    remedy: 'Check that the pipeline runs in one place only.',
  },
];

/** A record that could not be delivered, by the client's own reason. `where` is `topic[partition]` when known. */
export function deliveryError(reason: string, where: string | null, cause?: unknown): SealaneError {
  const advice = ADVICE.find((candidate) => candidate.pattern.test(reason));
  const place = where === null ? '' : ` (${where})`;
  return new SealaneError({
    code: advice?.code ?? 'KAFKA_DELIVERY_FAILED',
    message: advice?.message ?? 'Kafka did not accept a record.',
    why: `${reason}${place}`,
    remedy:
      advice?.remedy ?? "Look at the broker's log for the reason; the pipeline resumes before the record.",
    retriable: advice === undefined || advice.retriable === true,
    details: where === null ? {} : { partition: where },
    cause,
  });
}

/** A record above the producer's own limit; it was not taken. */
export function recordTooLarge(topic: string, bytes: number): SealaneError {
  return new SealaneError({
    code: 'KAFKA_RECORD_TOO_LARGE',
    message: `A record of ${bytes} bytes for ${topic} is above the producer's limit.`,
    why: 'Key, value and headers together exceed the largest record that the producer is set to send.',
    remedy:
      "Raise the pipeline's largest record (producer.override.max.request.size) together with the topic's max.message.bytes.",
    details: { topic, bytes },
  });
}
