/** Live samples in Redis to ten-second buckets in Postgres, those to minutes, and what is too old away. */
import type { SampleBucket } from '@sealane/contracts/live';
import { type RollupSample, sampleBuckets } from './sample-buckets.ts';

export interface RollupStores {
  pipelineIds(): Promise<readonly string[]>;
  /** Samples of a pipeline since a time (epoch milliseconds), oldest first. */
  samplesSince(pipelineId: string, since: number): Promise<readonly RollupSample[]>;
  /** Replaces buckets that are there already. */
  saveBuckets(pipelineId: string, buckets: readonly SampleBucket[]): Promise<void>;
  rollUpMinutes(since: Date): Promise<void>;
  deleteOld(now: Date): Promise<void>;
}

export const BUCKET_SECONDS = 10;
const BUCKET_MS = BUCKET_SECONDS * 1000;
/** Samples arrive with some delay: a bucket counts as complete this long after its end. */
const LATENESS_MS = 2_000;
/** How far back the first round looks, to catch up with a time without workers: within what Redis keeps. */
const CATCH_UP_MS = 10 * 60_000;
/** Each round redoes the newest buckets, in case a sample came late. */
const REDO_MS = 2 * BUCKET_MS;
const RETENTION_EVERY_MS = 10 * 60_000;

/** One round; legal at any time on any worker, since the same samples give the same buckets. */
export type RollUp = (now: number) => Promise<void>;

export function createRollUp(stores: RollupStores): RollUp {
  let doneUntil = 0;
  let cleanedAt = 0;
  return async (now) => {
    const to = Math.floor((now - LATENESS_MS) / BUCKET_MS) * BUCKET_MS;
    const from = Math.ceil(Math.max(doneUntil - REDO_MS, now - CATCH_UP_MS) / BUCKET_MS) * BUCKET_MS;
    for (const pipelineId of await stores.pipelineIds()) {
      const samples = await stores.samplesSince(pipelineId, from - BUCKET_MS);
      const buckets = sampleBuckets(samples, { seconds: BUCKET_SECONDS, from, to });
      if (buckets.length > 0) await stores.saveBuckets(pipelineId, buckets);
    }
    await stores.rollUpMinutes(new Date(from));
    doneUntil = to;
    if (now - cleanedAt < RETENTION_EVERY_MS) return;
    await stores.deleteOld(new Date(now));
    cleanedAt = now;
  };
}
