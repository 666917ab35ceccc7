import { SealaneError } from '@sealane/errors/sealane-error';

interface ProtocolAdvice {
  /** Kafka's name of the error. */
  readonly name: string;
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly retriable?: boolean;
}

/** Error numbers of the Kafka protocol (kafka.apache.org/protocol#protocol_error_codes) that this package can meet. */
const PROTOCOL_ERRORS: Readonly<Record<number, ProtocolAdvice>> = {
  3: {
    name: 'UNKNOWN_TOPIC_OR_PARTITION',
    code: 'KAFKA_TOPIC_UNKNOWN',
    message: 'The topic or partition does not exist.',
    remedy: 'Check the spelling, and whether the topic was deleted.',
    retriable: true,
  },
  17: {
    name: 'INVALID_TOPIC_EXCEPTION',
    code: 'KAFKA_TOPIC_INVALID',
    message: 'Kafka does not allow this topic name.',
    remedy: 'Use at most 249 letters, digits, dots, underscores and hyphens.',
  },
  29: {
    name: 'TOPIC_AUTHORIZATION_FAILED',
    code: 'KAFKA_TOPIC_NOT_ALLOWED',
    message: 'The Kafka user may not do this with the topic.',
    remedy:
      'Grant it on the topic: kafka-acls --add --allow-principal User:<user> --operation Create|Describe|Read|Write --topic <topic>.',
  },
  31: {
    name: 'CLUSTER_AUTHORIZATION_FAILED',
    code: 'KAFKA_CLUSTER_NOT_ALLOWED',
    message: 'The Kafka user may not do this in the cluster.',
    remedy: 'Grant it CREATE or DESCRIBE on the cluster with kafka-acls, or CREATE on the topic prefix.',
  },
  36: {
    name: 'TOPIC_ALREADY_EXISTS',
    code: 'KAFKA_TOPIC_EXISTS',
    message: 'The topic exists already.',
    remedy: 'Use it as it is, or choose another name.',
  },
  37: {
    name: 'INVALID_PARTITIONS',
    code: 'KAFKA_TOPIC_INVALID',
    message: 'Kafka does not accept the number of partitions.',
    remedy: 'Set at least one partition, or leave it to the broker.',
  },
  38: {
    name: 'INVALID_REPLICATION_FACTOR',
    code: 'KAFKA_REPLICATION_TOO_LARGE',
    message: 'The replication factor does not fit the cluster.',
    remedy: 'Set it to at most the number of running brokers.',
  },
  40: {
    name: 'INVALID_CONFIG',
    code: 'KAFKA_TOPIC_CONFIG_INVALID',
    message: 'Kafka does not accept the configuration of the topic.',
    remedy: 'Correct the named setting; the names are those of the Kafka documentation, "Topic Configs".',
  },
  41: {
    name: 'NOT_CONTROLLER',
    code: 'KAFKA_CONTROLLER_MOVED',
    message: 'The controller of the Kafka cluster is changing.',
    remedy: 'Repeat it in a moment.',
    retriable: true,
  },
  44: {
    name: 'POLICY_VIOLATION',
    code: 'KAFKA_TOPIC_NOT_ALLOWED',
    message: "The cluster's policy refuses the topic.",
    remedy: 'Ask the operator of the cluster which topics its create.topic.policy allows.',
  },
};

/** Errors that a partition's leader change causes; the cure is fresh metadata. */
export const STALE_METADATA_CODES: ReadonlySet<number> = new Set([3, 5, 6, 9, 72, 74, 75, 78, 100]);
export const OFFSET_OUT_OF_RANGE = 1;
export const TOPIC_ALREADY_EXISTS = 36;

/** An answer's error number as a SealaneError. `subject` is what it concerns, e.g. `topic orders`. */
export function protocolError(
  errorCode: number,
  subject: string,
  brokerMessage: string | null = null,
): SealaneError {
  const advice = PROTOCOL_ERRORS[errorCode];
  const name = advice?.name ?? `error ${errorCode}`;
  return new SealaneError({
    code: advice?.code ?? 'KAFKA_REQUEST_REFUSED',
    message: advice?.message ?? 'Kafka refused a request.',
    why: `${subject}: ${brokerMessage ?? name}${brokerMessage === null ? '' : ` (${name})`}`,
    remedy:
      advice?.remedy ?? "Look up the error number in Kafka's protocol documentation and at the broker's log.",
    retriable: advice?.retriable ?? advice === undefined,
    details: { errorCode, subject },
  });
}
