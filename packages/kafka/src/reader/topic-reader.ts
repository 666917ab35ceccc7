import { setTimeout as delay } from 'node:timers/promises';
import type { KafkaSession } from '../session/kafka-session.ts';
import { protocolError, STALE_METADATA_CODES } from '../session/protocol-error.ts';
import { type FetchedPartition, fetchRequest } from '../wire/fetch.ts';
import { EARLIEST, LATEST, type ListedOffset, listOffsetsRequest } from '../wire/list-offsets.ts';
import type { TopicMetadata } from '../wire/metadata.ts';

const ATTEMPTS = 6;
const PAUSE_MS = 150;
const OFFSET_OUT_OF_RANGE = 1;

/** Finds the topic's partitions and leaders. Throws `KAFKA_TOPIC_UNKNOWN` or `KAFKA_TOPIC_NOT_ALLOWED`. */
export async function openTopicReader(session: KafkaSession, topic: string): Promise<TopicReader> {
  const reader = new TopicReader(session, topic);
  await reader.refresh();
  return reader;
}

/** Reads offsets and raw record bytes of one topic from the leaders of its partitions, through leader changes, without a group. */
export class TopicReader {
  readonly topic: string;
  readonly #session: KafkaSession;
  #leaders = new Map<number, number>();

  constructor(session: KafkaSession, topic: string) {
    this.#session = session;
    this.topic = topic;
  }

  /** Partition numbers, ascending. */
  get partitions(): readonly number[] {
    return [...this.#leaders.keys()].sort((a, b) => a - b);
  }

  /** Reads partitions and leaders anew. */
  async refresh(): Promise<void> {
    const { topics } = await this.#session.metadata([this.topic]);
    const found = topics.find(({ topic }) => topic === this.topic);
    if (found === undefined || found.errorCode !== 0)
      throw protocolError(found?.errorCode ?? 3, `topic ${this.topic}`);
    this.#leaders = new Map(found.partitions.map(toLeader));
  }

  /** First or next offset of each partition (or of those named); the next one is that of a read-committed reader. */
  offsets(which: 'earliest' | 'latest', partitions = this.partitions): Promise<ReadonlyMap<number, number>> {
    return this.#listOffsets(which === 'earliest' ? EARLIEST : LATEST, partitions);
  }

  /** Offset of each partition's first record with at least this timestamp; partitions without one are left out. */
  async offsetsAt(timestamp: number, partitions = this.partitions): Promise<ReadonlyMap<number, number>> {
    const found = await this.#listOffsets(Math.max(0, Math.trunc(timestamp)), partitions);
    return new Map([...found].filter(([, offset]) => offset >= 0));
  }

  /**
   * One fetch from one partition: at most `maxBytes`, but always at least one batch, which may begin before `offset`. When the log no
   * longer holds the offset, the answer has `errorCode` 1 and the log's start; every other error is thrown or retried.
   */
  async fetch(at: { partition: number; offset: number; maxBytes: number }): Promise<FetchedPartition> {
    const request = fetchRequest({
      topic: this.topic,
      partitions: [at],
      maxWaitMs: 0,
      minBytes: 0,
      maxBytes: at.maxBytes,
    });
    for (let attempt = 1; ; attempt++) {
      const [answer] = await this.#sendToLeader(at.partition, request);
      if (answer === undefined)
        throw protocolError(-1, `${this.topic}[${at.partition}]`, 'The answer to a fetch is empty.');
      if (answer.errorCode === 0 || answer.errorCode === OFFSET_OUT_OF_RANGE) return answer;
      await this.#recover(answer, attempt);
    }
  }

  async #listOffsets(timestamp: number, partitions: readonly number[]): Promise<ReadonlyMap<number, number>> {
    const offsets = new Map<number, number>();
    for (let attempt = 1; ; attempt++) {
      const missing = partitions.filter((partition) => !offsets.has(partition));
      if (missing.length === 0) return offsets;
      const answers = await Promise.all(
        [...groupByLeader(missing, this.#leaders)].map(([leader, group]) =>
          leader < 0
            ? group.map((partition): ListedOffset => ({ partition, errorCode: 5, offset: -1 }))
            : this.#session.sendTo(leader, listOffsetsRequest(this.topic, group, timestamp)),
        ),
      );
      let failed: ListedOffset | undefined;
      for (const answer of answers.flat()) {
        if (answer.errorCode === 0) offsets.set(answer.partition, answer.offset);
        else failed = answer;
      }
      if (failed !== undefined) await this.#recover(failed, attempt);
    }
  }

  #sendToLeader(
    partition: number,
    request: ReturnType<typeof fetchRequest>,
  ): Promise<readonly FetchedPartition[]> {
    const leader = this.#leaders.get(partition);
    if (leader === undefined) throw protocolError(3, `${this.topic}[${partition}]`);
    if (leader < 0) throw protocolError(5, `${this.topic}[${partition}]`, 'The partition has no leader.');
    return this.#session.sendTo(leader, request);
  }

  async #recover(answer: { partition: number; errorCode: number }, attempt: number): Promise<void> {
    if (!STALE_METADATA_CODES.has(answer.errorCode) || attempt === ATTEMPTS) {
      throw protocolError(answer.errorCode, `${this.topic}[${answer.partition}]`);
    }
    await delay(PAUSE_MS * attempt);
    await this.refresh();
  }
}

function toLeader({ partition, leader }: TopicMetadata['partitions'][number]): [number, number] {
  return [partition, leader];
}

function groupByLeader(
  partitions: readonly number[],
  leaders: ReadonlyMap<number, number>,
): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  for (const partition of partitions) {
    const leader = leaders.get(partition) ?? -1;
    groups.set(leader, [...(groups.get(leader) ?? []), partition]);
  }
  return groups;
}
