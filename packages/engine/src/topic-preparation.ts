import { setTimeout as sleep } from 'node:timers/promises';
import type { PipelineConfig } from '@sealane/contracts/pipeline-config';
import { toSealaneError } from '@sealane/errors/sealane-error';
import type { TopicSpec } from '@sealane/kafka/admin/topic-types';
import type { ClusterConnection } from '@sealane/kafka/cluster-connection';
import type { PipelineEvents } from './pipeline-events.ts';
import { ensureTopic, type ReadyTopic } from './produce/topic-creator.ts';

const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 5_000;

/** What `topic.creation.default.*` asks of a new topic. */
export function topicCreation(config: PipelineConfig): Omit<TopicSpec, 'topic'> {
  return {
    partitions: config.topicCreationPartitions,
    ...(config.topicCreationReplicationFactor > 0
      ? { replicationFactor: config.topicCreationReplicationFactor }
      : {}),
    config: config.topicCreationConfig,
  };
}

/**
 * Makes topics ready while rows wait for them: an unreachable Kafka is waited for, as it is when records are sent;
 * a refusal is thrown. `waiting` says what is waited for.
 */
export class TopicPreparation {
  waiting: { stage: 'kafka'; message: string; sinceMs: number } | null = null;
  readonly #connection: ClusterConnection;
  readonly #events: PipelineEvents;
  readonly #signal: AbortSignal;

  constructor(options: { connection: ClusterConnection; events: PipelineEvents; signal: AbortSignal }) {
    this.#connection = options.connection;
    this.#events = options.events;
    this.#signal = options.signal;
  }

  async ensure(spec: TopicSpec): Promise<ReadyTopic> {
    let delay = FIRST_DELAY_MS;
    while (true) {
      try {
        const ready = await ensureTopic(this.#connection, spec);
        if (ready.created) {
          this.#events.info(
            'topic.created',
            `Topic ${spec.topic} was created with ${ready.partitions} partition${ready.partitions === 1 ? '' : 's'}.`,
          );
        }
        this.waiting = null;
        return ready;
      } catch (thrown) {
        const error = toSealaneError(thrown);
        if (!error.retriable) throw error;
        this.waiting ??= { stage: 'kafka', message: error.message, sinceMs: Date.now() };
        await sleep(delay, undefined, { signal: this.#signal });
        delay = Math.min(delay * 2, LONGEST_DELAY_MS);
      }
    }
  }
}
