import type { Database } from '@sealane/db/database';
import { insertEvent } from '@sealane/db/repositories/events';
import { writeStatus } from '@sealane/db/repositories/runtime';
import type { LivePublisher } from '@sealane/jobs/live/live-publisher';
import type { ReportSink } from './pipeline-reporter.ts';

export interface ReportSinkOptions {
  database: Database;
  live: LivePublisher;
  pipelineId: string;
  /** Status is written under this lease only. */
  epoch: number;
  /** Named as the actor of events. */
  workerId: string;
  /** Live delivery that failed; what was stored stands. */
  onLiveError(error: unknown): void;
}

/** Reports of one pipeline to Postgres and, once stored, live through Redis. */
export function createReportSink(options: ReportSinkOptions): ReportSink {
  const { database, live, pipelineId, epoch, workerId, onLiveError } = options;
  return {
    saveStatus: ({ nextAttemptAt, ...status }) =>
      writeStatus(
        database,
        { pipelineId, epoch },
        { ...status, nextAttemptAt: nextAttemptAt === null ? null : new Date(nextAttemptAt) },
      ),
    async saveNote(note) {
      const event = await insertEvent(database, { pipelineId, actor: workerId, ...note });
      if (event !== null) live.event(event).catch(onLiveError);
    },
    publishStatus: (status) => {
      live.status(pipelineId, status).catch(onLiveError);
    },
    publishSample: (sample) => live.sample(pipelineId, sample),
  };
}
