import { type PipelineEvent, pipelineEventSchema } from '@sealane/contracts/live';
import type { ErrorReport } from '@sealane/errors/sealane-error';
import type { Database } from '../database.ts';
import type { PipelineEvent as EventModel } from '../generated/client.ts';
import { isForeignKeyViolation } from '../write-errors.ts';

export interface EventWrite {
  pipelineId: string;
  level: PipelineEvent['level'];
  /** e.g. `pipeline.started`. */
  type: string;
  message: string;
  error?: ErrorReport | null;
  /** The user, token or worker behind it. */
  actor?: string | null;
  at?: Date;
}

/** Stores an event and returns it as shown; null when the pipeline was deleted meanwhile. */
export async function insertEvent(database: Database, event: EventWrite): Promise<PipelineEvent | null> {
  const { error, ...rest } = event;
  try {
    const data = {
      ...rest,
      ...(error == null ? {} : { error: { ...error, fields: error.fields.map((f) => ({ ...f })) } }),
    };
    return toEvent(await database.prisma.pipelineEvent.create({ data }));
  } catch (thrown) {
    if (isForeignKeyViolation(thrown)) return null;
    throw thrown;
  }
}

/** Newest first. `before` is the `next` of an earlier answer; `next` is null at the end. */
export async function listEvents(
  database: Database,
  query: { pipelineId: string; before?: string | undefined; level?: string | undefined; limit: number },
): Promise<{ items: PipelineEvent[]; next: string | null }> {
  const rows = await database.prisma.pipelineEvent.findMany({
    where: {
      pipelineId: query.pipelineId,
      ...(query.level === undefined ? {} : { level: query.level }),
      ...(query.before === undefined ? {} : { id: { lt: query.before } }),
    },
    orderBy: { id: 'desc' },
    take: query.limit + 1,
  });
  const items = rows.slice(0, query.limit).map(toEvent);
  return { items, next: rows.length > query.limit ? (items.at(-1)?.id ?? null) : null };
}

/** Deletes all but the newest `keep` events of each pipeline; returns how many went. */
export async function trimEvents(database: Database, keep: number): Promise<number> {
  return database.prisma.$executeRaw`
    DELETE FROM pipeline_event e USING (
      SELECT id, row_number() OVER (PARTITION BY pipeline_id ORDER BY id DESC) AS n FROM pipeline_event
    ) ranked WHERE ranked.id = e.id AND ranked.n > ${keep}`;
}

function toEvent(row: EventModel): PipelineEvent {
  return pipelineEventSchema.parse({ ...row, at: row.at.toISOString() });
}
