import type { LiveMessage, PipelineEvent, PipelineSample } from '@sealane/contracts/live';
import type { PipelineStatus } from '@sealane/contracts/pipeline-state';
import { DEFAULT_PREFIX } from '../definitions.ts';
import type { RedisConnection } from '../redis.ts';
import { KEPT_SAMPLES, KEPT_SECONDS, liveChannel, newestKey, samplesKey } from './live-keys.ts';

/** The sending side of live delivery; one per worker. */
export interface LivePublisher {
  /**
   * Sends a sample to whoever watches, keeps it whole as the newest, and without its tables in the history of the
   * last 15 minutes.
   */
  sample(pipelineId: string, sample: PipelineSample): Promise<void>;
  status(pipelineId: string, status: PipelineStatus): Promise<void>;
  event(event: PipelineEvent): Promise<void>;
  /** Forgets what is kept of a deleted pipeline. */
  drop(pipelineId: string): Promise<void>;
}

export interface LivePublisherOptions {
  redis: RedisConnection;
  prefix?: string | undefined;
}

export function createLivePublisher({ redis, prefix = DEFAULT_PREFIX }: LivePublisherOptions): LivePublisher {
  const publish = async (message: Exclude<LiveMessage, { kind: 'keepalive' }>) => {
    await redis.publish(liveChannel(prefix, message.pipelineId), JSON.stringify(message));
  };
  return {
    async sample(pipelineId, sample) {
      const kept = samplesKey(prefix, pipelineId);
      const newest = newestKey(prefix, pipelineId);
      await redis
        .multi()
        .lpush(kept, JSON.stringify({ ...sample, tables: [] }))
        .ltrim(kept, 0, KEPT_SAMPLES - 1)
        .expire(kept, KEPT_SECONDS)
        .set(newest, JSON.stringify(sample), 'EX', KEPT_SECONDS)
        .publish(liveChannel(prefix, pipelineId), JSON.stringify({ kind: 'sample', pipelineId, sample }))
        .exec();
    },
    status: (pipelineId, status) => publish({ kind: 'status', pipelineId, status }),
    event: (event) => publish({ kind: 'event', pipelineId: event.pipelineId, event }),
    async drop(pipelineId) {
      await redis.del(samplesKey(prefix, pipelineId), newestKey(prefix, pipelineId));
    },
  };
}
