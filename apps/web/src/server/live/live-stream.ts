import type { LiveMessage } from '@sealane/contracts/live';
import { readStatus } from '@sealane/db/repositories/runtime';
import { readNewestSamples, readSamplesSince } from '@sealane/jobs/live/live-samples';
import { withDeadline } from '../deadline.ts';
import type { Log } from '../log.ts';
import type { Services } from '../services.ts';
import { createMailbox } from './mailbox.ts';

const KEEP_ALIVE_MS = 10_000;
const BACKLOG_MS = 60_000;
const REDIS_MS = 1500;

export interface LiveStreamOptions {
  services: Services;
  /** Null: all pipelines, without a backlog. */
  pipelineId: string | null;
  signal: AbortSignal | undefined;
  log: Log;
}

/**
 * What a watcher of pipelines gets: the state now, the last minute of samples (the newest whole), then everything as it
 * comes, with a keep-alive when nothing does. Ends when the watcher leaves.
 */
export async function* liveStream(options: LiveStreamOptions): AsyncGenerator<LiveMessage> {
  const { services, pipelineId, signal, log } = options;
  const mailbox = createMailbox<LiveMessage>({ capacity: 1000 });
  const unsubscribe = await withDeadline(services.live.subscribe(pipelineId, mailbox.put), {
    ms: REDIS_MS,
    fallback: () => undefined,
    onMiss: (err) => log.warn({ err }, 'no live messages'),
  });
  try {
    if (pipelineId !== null) yield* backlog(services, pipelineId, log);
    while (signal?.aborted !== true) {
      const message = await mailbox.take({ timeoutMs: KEEP_ALIVE_MS, signal });
      yield message ?? { kind: 'keepalive', at: Date.now() };
    }
  } finally {
    unsubscribe();
  }
}

async function* backlog(services: Services, pipelineId: string, log: Log): AsyncGenerator<LiveMessage> {
  const status = await readStatus(services.database, pipelineId);
  if (status !== null) yield { kind: 'status', pipelineId, status };
  const read = async () => {
    const history = await readSamplesSince(services, pipelineId, Date.now() - BACKLOG_MS);
    const newest = (await readNewestSamples(services, [pipelineId])).get(pipelineId) ?? null;
    return newest === null ? history : [...history.filter((sample) => sample.at < newest.at), newest];
  };
  const onMiss = (err: unknown) => log.warn({ err }, 'live samples are missing');
  const samples = await withDeadline(read(), { ms: REDIS_MS, fallback: [], onMiss });
  for (const sample of samples) yield { kind: 'sample', pipelineId, sample };
}
