import type { TopicSpec } from '@sealane/kafka/admin/topic-types';
import { keyPartition } from '@sealane/kafka/partition/murmur2';
import {
  type OutgoingRecord,
  QUEUE_FULL,
  type RecordProducer,
} from '@sealane/kafka/producer/record-producer';
import { newTableMeter, type TableMeter } from '../change/operation-counts.ts';
import type { RecordCursor, RecordTarget } from '../change/record-cursor.ts';
import type { ReadyTopic } from './topic-creator.ts';

/** Where the records of a table, or of one of the pipeline's own topics, go. */
export interface TopicRoute {
  readonly topic: string;
  /** 0 until {@link RecordSink.prepare} was awaited. */
  partitions: number;
  /** Null for a topic that holds no table's rows. */
  readonly meter: TableMeter | null;
}

export interface RecordSinkOptions {
  producer: RecordProducer;
  /** `database.table` → topic. */
  topicOf: (table: { database: string; table: string }) => string;
  /** Settings of topics that must be created. */
  creation: Omit<TopicSpec, 'topic'>;
  ensureTopic: (spec: TopicSpec) => Promise<ReadyTopic>;
  /** Told of a table whose topic is another table's already, when its first record comes. */
  onShared: (topic: string, tables: readonly [first: string, second: string]) => void;
  /** Ends every wait. */
  signal: AbortSignal;
}

/**
 * Sends records to their topics. `route` first; `prepare` when the route has no partitions yet; `send` for each record;
 * `room` after `send` answered false; `flushed` when nothing more is sent.
 */
export class RecordSink {
  /** Sequence number of the newest record; 0 before the first. */
  sequence = 0;
  /** Rows and bytes sent, totals; the object is updated in place. */
  readonly totals = { rows: 0, bytes: 0 };
  readonly #options: RecordSinkOptions;
  readonly #producer: RecordProducer;
  readonly #byId = new Map<string, TopicRoute>();
  /** Topic → the first table that came to it. */
  readonly #firstTable = new Map<string, string>();
  readonly #record: OutgoingRecord = { topic: '', partition: 0, key: null, value: null };
  #newestTarget: RecordTarget | null = null;
  #newestRoute: TopicRoute | null = null;
  #spread = 0;

  constructor(options: RecordSinkOptions) {
    this.#options = options;
    this.#producer = options.producer;
  }

  get meters(): TableMeter[] {
    return [...this.#byId.values()].flatMap(({ meter }) => (meter === null ? [] : [meter]));
  }

  /** The target's topic; the same object for every schema of a table. */
  route(target: RecordTarget): TopicRoute {
    // A table without a key has no hash: its records go to one partition per change, the next change to the next one.
    this.#spread += 1;
    if (target === this.#newestTarget && this.#newestRoute !== null) return this.#newestRoute;
    const id = 'topic' in target ? `topic ${target.topic}` : target.id;
    const route = this.#byId.get(id) ?? this.#newRoute(target, id);
    this.#newestTarget = target;
    this.#newestRoute = route;
    return route;
  }

  #newRoute(target: RecordTarget, id: string): TopicRoute {
    const route = { ...this.#topicOf(target), partitions: 0 };
    this.#byId.set(id, route);
    return route;
  }

  #topicOf(target: RecordTarget): Pick<TopicRoute, 'topic' | 'meter'> {
    if ('topic' in target) return { topic: target.topic, meter: null };
    const topic = this.#options.topicOf(target);
    const first = this.#firstTable.get(topic);
    if (first === undefined) this.#firstTable.set(topic, target.id);
    else this.#options.onShared(topic, [first, target.id]);
    return { topic, meter: newTableMeter(target.id, topic) };
  }

  /** Creates the topic where it does not exist. Waits until Kafka answers. */
  async prepare(route: TopicRoute): Promise<void> {
    const ready = await this.#options.ensureTopic({ ...this.#options.creation, topic: route.topic });
    route.partitions = ready.partitions;
  }

  /** Queues the cursor's record. False: there is no room now and nothing was taken. */
  send(cursor: RecordCursor, route: TopicRoute): boolean {
    const record = this.#record;
    const { key, value } = cursor;
    record.topic = route.topic;
    record.partition = route.partitions === 1 ? 0 : this.#partition(key, route.partitions);
    record.key = key;
    record.value = value;
    record.headers = cursor.headers;
    const sequence = this.#producer.produce(record);
    if (sequence === QUEUE_FULL) return false;
    this.sequence = sequence;
    const { meter } = route;
    const { operation } = cursor;
    const bytes = (key === null ? 0 : key.length) + (value === null ? 0 : value.length);
    this.totals.bytes += bytes;
    if (meter === null || operation === null) return true;
    meter[operation] += 1;
    meter.bytes += bytes;
    if (value !== null) this.totals.rows += 1;
    meter.lastEventAtMs = cursor.timestampMs;
    return true;
  }

  /** Resolves when a record fits again: the point where back-pressure acts. */
  room(): Promise<void> {
    return this.#producer.drained(this.#options.signal);
  }

  /** Resolves when everything sent is acknowledged. */
  async flushed(): Promise<void> {
    if (this.sequence > 0) await this.#producer.whenAcknowledged(this.sequence, this.#options.signal);
  }

  #partition(key: Buffer | null, partitions: number): number {
    return key === null ? this.#spread % partitions : keyPartition(key, partitions);
  }
}
