import type { PipelineSample } from '@sealane/contracts/live';
import { sharedStack, uniqueName } from '@sealane/stack/testing/shared-stack';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { listenForControl, requestLook } from './control.ts';
import { createLivePublisher } from './live/live-publisher.ts';
import { readNewestSamples, readSamplesSince } from './live/live-samples.ts';
import { createLiveSubscriber, type PublishedMessage } from './live/live-subscriber.ts';
import { createPipelineQueue } from './pipeline-queue.ts';
import { connectRedis, pingRedis, type RedisConnection } from './redis.ts';

const prefix = uniqueName('jobs');
const onError = vi.fn();
let redis: RedisConnection;

beforeAll(async () => {
  const { redis: address } = await sharedStack(['redis']);
  redis = connectRedis({ url: address.url, onError });
});
afterAll(async () => {
  const keys = await redis.keys(`${prefix}:*`);
  if (keys.length > 0) await redis.del(keys);
  redis.disconnect();
});

const operations = { create: 0, update: 0, delete: 0, read: 0, tombstone: 0 };
function sampleAt(at: number): PipelineSample {
  return {
    at,
    runId: 'r',
    state: 'running',
    rowsRead: 1,
    rowsAcknowledged: 1,
    bytesRead: 1,
    bytesAcknowledged: 1,
    transactions: 1,
    operations,
    rowsPerSecondRead: 1,
    rowsPerSecondAcknowledged: 1,
    bytesPerSecondAcknowledged: 1,
    lag: { commitToReadMs: null, readToQueueMs: null, queueToAckMs: null, totalMs: 0, commitPrecisionMs: 1 },
    queueRecords: 0,
    queueBytes: 0,
    position: null,
    committedPosition: null,
    lastSourceContactAtMs: null,
    newestEventAtMs: null,
    waitingFor: null,
    rssBytes: 1,
    heapBytes: 1,
    cpuPercent: 1,
    errors: 0,
    tables: [{ ...operations, table: 'a.b', topic: 'p.a.b', bytes: 1, lastEventAtMs: null }],
    snapshot: null,
  };
}

describe('the queue of pipelines', () => {
  it('holds one job per pipeline, however often it is asked for', async () => {
    const queue = createPipelineQueue({ redis, prefix });
    await Promise.all([queue.ensure('p1'), queue.ensure('p1'), queue.ensure('p2')]);
    expect((await queue.list()).sort()).toEqual(['p1', 'p2']);
    await queue.remove('p1');
    expect(await queue.list()).toEqual(['p2']);
    await queue.close();
  });

  it('takes no id that is none', async () => {
    const queue = createPipelineQueue({ redis, prefix });
    await expect(queue.ensure('')).rejects.toThrow();
    await queue.close();
  });
});

describe('live samples', () => {
  it('are kept in order without their tables, the newest whole, until dropped', async () => {
    const publisher = createLivePublisher({ redis, prefix });
    const now = Date.now();
    for (const age of [3000, 2000, 1000]) await publisher.sample('p', sampleAt(now - age));
    const kept = await readSamplesSince({ redis, prefix }, 'p', now - 2500);
    expect(kept.map((sample) => [sample.at, sample.tables.length])).toEqual([
      [now - 2000, 0],
      [now - 1000, 0],
    ]);
    const newest = await readNewestSamples({ redis, prefix }, ['p', 'other']);
    expect(newest.get('p')?.tables).toHaveLength(1);
    expect(newest.get('other')).toBeNull();
    await publisher.drop('p');
    expect(await readSamplesSince({ redis, prefix }, 'p', 0)).toEqual([]);
  });

  it('reach watchers of their pipeline and of all, and nobody who left', async () => {
    const publisher = createLivePublisher({ redis, prefix });
    const subscriber = createLiveSubscriber({ redis, prefix, onError });
    const seen: Record<string, PublishedMessage[]> = { mine: [], all: [], other: [], left: [] };
    const watch = (name: string, id: string | null) =>
      subscriber.subscribe(id, (message) => seen[name]?.push(message));
    await Promise.all([watch('mine', 'p'), watch('all', null), watch('other', 'q')]);
    (await watch('left', 'p'))();
    await publisher.sample('p', sampleAt(Date.now()));
    await expect.poll(() => seen.mine).toHaveLength(1);
    expect(seen).toMatchObject({ all: [{ kind: 'sample', pipelineId: 'p' }], other: [], left: [] });
    subscriber.close();
  });

  it('in an unknown form are reported and left out', async () => {
    const subscriber = createLiveSubscriber({ redis, prefix, onError });
    const listener = vi.fn();
    await subscriber.subscribe(null, listener);
    onError.mockClear();
    await redis.publish(`${prefix}:live:p`, '{"kind":"from the future"}');
    const told = expect.objectContaining({ code: 'MESSAGE_NOT_UNDERSTOOD' });
    await expect.poll(() => onError.mock.calls).toContainEqual([told]);
    expect(listener).not.toHaveBeenCalled();
    subscriber.close();
  });
});

describe('a hint to look again', () => {
  it('reaches the listening worker', async () => {
    const onLook = vi.fn();
    const listener = await listenForControl({ redis, prefix, onLook, onError });
    await requestLook({ redis, prefix }, 'p1');
    await expect.poll(() => onLook.mock.calls).toContainEqual(['p1']);
    listener.close();
  });
});

describe('a Redis that is away', () => {
  it('is told in time, and as something to try again', async () => {
    const lost = connectRedis({ url: 'redis://127.0.0.1:1', onError });
    await expect(pingRedis(lost, 300)).rejects.toMatchObject({ code: 'REDIS_UNREACHABLE', retriable: true });
    lost.disconnect();
  });
});
