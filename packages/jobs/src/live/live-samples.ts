import { type PipelineSample, pipelineSampleSchema } from '@sealane/contracts/live';
import { DEFAULT_PREFIX } from '../definitions.ts';
import type { RedisConnection } from '../redis.ts';
import { KEPT_SAMPLES, newestKey, samplesKey } from './live-keys.ts';

export interface LiveSamplesOptions {
  redis: RedisConnection;
  prefix?: string | undefined;
}

/** The newest sample of each pipeline, whole; null where there is none of the last 15 minutes. */
export async function readNewestSamples(
  { redis, prefix = DEFAULT_PREFIX }: LiveSamplesOptions,
  pipelineIds: readonly string[],
): Promise<Map<string, PipelineSample | null>> {
  if (pipelineIds.length === 0) return new Map();
  const texts = await redis.mget(pipelineIds.map((id) => newestKey(prefix, id)));
  return new Map(
    pipelineIds.map((id, index) => {
      const text = texts[index] ?? null;
      return [id, text === null ? null : pipelineSampleSchema.parse(JSON.parse(text))];
    }),
  );
}

/** Samples after `since` (epoch ms), oldest first, without their tables; at most the last 15 minutes. */
export async function readSamplesSince(
  { redis, prefix = DEFAULT_PREFIX }: LiveSamplesOptions,
  pipelineId: string,
  since: number,
): Promise<PipelineSample[]> {
  const wanted = Math.min(KEPT_SAMPLES, Math.max(1, Math.ceil((Date.now() - since) / 1000) + 5));
  const texts = await redis.lrange(samplesKey(prefix, pipelineId), 0, wanted - 1);
  return texts
    .map((text) => pipelineSampleSchema.parse(JSON.parse(text)))
    .filter((sample) => sample.at > since)
    .reverse();
}
