/** What is read out of librdkafka's statistics (its STATISTICS.md). */
export interface ProducerStatistics {
  /** Some broker connection is up. */
  readonly connected: boolean;
  /** Acknowledged records per partition since the producer began. */
  readonly acknowledged: readonly { topic: string; partition: number; total: number }[];
}

interface StatisticsJson {
  brokers?: Record<string, { nodeid: number; state: string }>;
  topics?: Record<
    string,
    { topic: string; partitions: Record<string, { partition: number; acked_msgid: number }> }
  >;
}

/**
 * Parses one statistics event. With an idempotent producer librdkafka numbers each partition's records 1, 2, 3, ... and
 * `acked_msgid` is the last acknowledged of them, so it counts them.
 */
export function parseStatistics(json: string): ProducerStatistics {
  const parsed = JSON.parse(json) as StatisticsJson;
  const acknowledged: { topic: string; partition: number; total: number }[] = [];
  for (const { topic, partitions } of Object.values(parsed.topics ?? {})) {
    for (const { partition, acked_msgid: total } of Object.values(partitions)) {
      if (partition >= 0 && total > 0) acknowledged.push({ topic, partition, total });
    }
  }
  return {
    connected: Object.values(parsed.brokers ?? {}).some((broker) => broker.state === 'UP'),
    acknowledged,
  };
}
