import { listEvents } from '@sealane/db/repositories/events';
import {
  deletePipeline,
  findPipeline,
  listPipelines,
  type PipelineRow,
} from '@sealane/db/repositories/pipelines';
import { readBuckets } from '@sealane/db/repositories/samples';
import { operations } from '../context.ts';
import { notFound } from '../http/not-found.ts';
import { liveStream } from '../live/live-stream.ts';
import { readTimeline, readTimelineChange } from '../schema-changes/read-timeline.ts';
import type { Services } from '../services.ts';
import { actOnPipeline } from './act-on-pipeline.ts';
import { createPipeline, previewPipeline } from './create-pipeline.ts';
import { notifyRemoved } from './notify.ts';
import { serializeLive, serializePipeline } from './serialize-pipeline.ts';
import { updatePipeline } from './update-pipeline.ts';

const os = operations.pipelines;

export const pipelinesRouter = {
  list: os.list.handler(async ({ input, context }) => {
    const { items, total } = await listPipelines(context.services.database, input);
    const live = await serializeLive(context.services, items, context.log);
    return { items: live, total, page: input.page, pageSize: input.pageSize };
  }),
  get: os.get.handler(async ({ input, context }) => {
    const row = await existing(context.services, input.id);
    const [item] = await serializeLive(context.services, [row], context.log);
    if (item === undefined) throw notFound('pipeline', input.id);
    return item;
  }),
  create: os.create.handler(async ({ input, context }) =>
    serializePipeline(await createPipeline(context.services, input, context)),
  ),
  preview: os.preview.handler(({ input, context }) => previewPipeline(context.services, input)),
  update: os.update.handler(async ({ input, context }) =>
    serializePipeline(await updatePipeline(context.services, input, context)),
  ),
  remove: os.remove.handler(async ({ input, context }) => {
    if (!(await deletePipeline(context.services.database, input.id))) throw notFound('pipeline', input.id);
    await notifyRemoved(context.services, input.id, context.log);
  }),
  act: os.act.handler(async ({ input, context }) =>
    serializePipeline(await actOnPipeline(context.services, input, context)),
  ),
  events: os.events.handler(async ({ input, context }) => {
    await existing(context.services, input.id);
    return listEvents(context.services.database, { ...input, pipelineId: input.id });
  }),
  history: os.history.handler(async ({ input, context }) => {
    await existing(context.services, input.id);
    return readBuckets(context.services.database, { ...input, pipelineId: input.id });
  }),
  schemaChanges: os.schemaChanges.handler(async ({ input, context }) =>
    readTimeline(context.services, await existing(context.services, input.id), input),
  ),
  schemaChange: os.schemaChange.handler(async ({ input, context }) =>
    readTimelineChange(context.services, await existing(context.services, input.id), input.offset),
  ),
  live: os.live.handler(async ({ input, context, signal }) => {
    await existing(context.services, input.id);
    return liveStream({ services: context.services, pipelineId: input.id, signal, log: context.log });
  }),
  liveAll: os.liveAll.handler(async ({ context, signal }) =>
    liveStream({ services: context.services, pipelineId: null, signal, log: context.log }),
  ),
};

async function existing(services: Services, id: string): Promise<PipelineRow> {
  const row = await findPipeline(services.database, id);
  if (row === null) throw notFound('pipeline', id);
  return row;
}
