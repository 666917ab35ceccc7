import type { Pipeline, PipelineListItem } from '@sealane/contracts/api/pipelines';
import type { PipelineSample } from '@sealane/contracts/live';
import type { PipelineRow } from '@sealane/db/repositories/pipelines';
import { readNewestSamples, readSamplesSince } from '@sealane/jobs/live/live-samples';
import { withDeadline } from '../deadline.ts';
import type { Log } from '../log.ts';
import type { Services } from '../services.ts';

const SPARKLINE_MS = 60_000;
const REDIS_MS = 1500;

/** The public form of a definition. */
export function serializePipeline(row: PipelineRow): Pipeline {
  return {
    id: row.id,
    name: row.name,
    source: row.source,
    cluster: row.cluster,
    config: { ...row.config, serverId: row.serverId },
    desiredState: row.desiredState,
    status: row.status,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

/** Definitions with what they do right now; without it while Redis is away. */
export async function serializeLive(
  services: Services,
  rows: readonly PipelineRow[],
  log: Log,
): Promise<PipelineListItem[]> {
  const ids = rows.map((row) => row.id);
  const since = Date.now() - SPARKLINE_MS;
  const read = async () => {
    const newest = await readNewestSamples(services, ids);
    const histories = await Promise.all(
      ids.map(async (id) => [id, await readSamplesSince(services, id, since)] as const),
    );
    return { newest, histories: new Map(histories) };
  };
  const { newest, histories } = await withDeadline(read(), {
    ms: REDIS_MS,
    fallback: {
      newest: new Map<string, PipelineSample | null>(),
      histories: new Map<string, PipelineSample[]>(),
    },
    onMiss: (err) => log.warn({ err }, 'live samples are missing'),
  });
  return rows.map((row) => ({
    ...serializePipeline(row),
    sample: newest.get(row.id) ?? null,
    lagHistory: (histories.get(row.id) ?? []).map(({ at, lag }) => ({ at, totalMs: lag.totalMs })),
  }));
}
