/** A topic to create. */
export interface TopicSpec {
  readonly topic: string;
  /** Absent: the broker's `num.partitions`. */
  readonly partitions?: number | undefined;
  /** Absent: the broker's `default.replication.factor`. */
  readonly replicationFactor?: number | undefined;
  /** Topic configuration, e.g. `{ 'cleanup.policy': 'compact' }`. */
  readonly config?: Readonly<Record<string, string>> | undefined;
}

/** One partition as the cluster's metadata has it. */
export interface PartitionDescription {
  readonly partition: number;
  /** Broker id; -1 while there is none. */
  readonly leader: number;
  readonly replicas: readonly number[];
  readonly inSyncReplicas: readonly number[];
}

/** A topic as the cluster's metadata has it. */
export interface TopicDescription {
  readonly topic: string;
  /** Kafka's own, e.g. `__consumer_offsets`. */
  readonly internal: boolean;
  readonly partitions: readonly PartitionDescription[];
}

/** One setting of a topic. */
export interface TopicConfigEntry {
  readonly name: string;
  /** Null: the broker keeps it secret. */
  readonly value: string | null;
  /** False: set on the topic itself. */
  readonly isDefault: boolean;
}

/** The offsets that bound a partition. */
export interface PartitionWatermarks {
  readonly partition: number;
  /** First offset still there. */
  readonly earliest: bigint;
  /** Offset the next record will get. */
  readonly latest: bigint;
}

/** Bytes of a partition's log on disk. */
export interface PartitionSize {
  readonly partition: number;
  /** On the leader; null: unknown. */
  readonly bytes: number | null;
}

/** One broker. */
export interface BrokerDescription {
  readonly nodeId: number;
  readonly host: string;
  readonly port: number;
  readonly rack: string | null;
}

/** The cluster as a whole. */
export interface ClusterDescription {
  readonly clusterId: string;
  /** Broker id of the controller (under KRaft: a broker that forwards to it); null: unknown. */
  readonly controllerId: number | null;
  readonly brokers: readonly BrokerDescription[];
}

/** A consumer group in a list. */
export interface ConsumerGroupSummary {
  readonly groupId: string;
  /** `consumer` for ordinary consumer groups. */
  readonly protocolType: string;
}
