import { SealaneError } from '@sealane/errors/sealane-error';
import { type Admin, Kafka, logLevel } from 'kafkajs';

/** The topics of a benchmark, through one admin connection. */
export interface BenchTopics {
  /** Creates a topic of one partition whose records carry the broker's append time. */
  create(topic: string): Promise<void>;
  /** Offset that the next record of the (only) partition will get. */
  end(topic: string): Promise<number>;
  /** Deletes every record before `offset`, so that repetitions do not fill the disk. */
  trim(topic: string, offset: number): Promise<void>;
  close(): Promise<void>;
}

/**
 * `LogAppendTime` takes the clock of the party that both contestants share: the time from a topic's first record to
 * its last is then free of a contestant's own start and of the benchmark's polling.
 */
const TOPIC_CONFIG = [
  { name: 'message.timestamp.type', value: 'LogAppendTime' },
  { name: 'retention.ms', value: '-1' },
];

export async function openTopics(brokers: string[]): Promise<BenchTopics> {
  const admin = new Kafka({ clientId: 'sealane-bench', brokers, logLevel: logLevel.ERROR }).admin();
  await admin.connect();
  return {
    async create(topic) {
      const entry = { topic, numPartitions: 1, replicationFactor: 1, configEntries: TOPIC_CONFIG };
      await admin.createTopics({ topics: [entry], waitForLeaders: true });
    },
    end: (topic) => endOffset(admin, topic),
    trim: (topic, offset) =>
      admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: String(offset) }] }),
    close: () => admin.disconnect(),
  };
}

async function endOffset(admin: Admin, topic: string): Promise<number> {
  const [partition] = await admin.fetchTopicOffsets(topic);
  if (partition === undefined) {
    throw new SealaneError({ code: 'BENCH_TOPIC_MISSING', message: `The topic ${topic} has no partition.` });
  }
  return Number(partition.high);
}
