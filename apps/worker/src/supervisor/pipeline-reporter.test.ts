import type { PipelineStatus } from '@sealane/contracts/pipeline-state';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { createPipelineReporter, type ReportSink, type TimedNote } from './pipeline-reporter.ts';
import type { Note, ShownStatus } from './supervision-state.ts';

const shown = (state: ShownStatus['state']): ShownStatus => ({
  state,
  reason: null,
  attempt: 0,
  nextAttemptAt: null,
});
const note = (message: string): Note => ({ level: 'info', type: 'test.note', message, error: null });

/** A store that can be away. */
function store() {
  const kept = { statuses: [] as PipelineStatus[], live: [] as PipelineStatus[], notes: [] as TimedNote[] };
  const mode = { away: false, fenced: false };
  const reach = (): Promise<void> => (mode.away ? Promise.reject(new Error('away')) : Promise.resolve());
  const sink: ReportSink = {
    async saveStatus(status) {
      await reach();
      if (mode.fenced) return null;
      const stored = { ...status, since: new Date().toISOString(), nextAttemptAt: null, workerId: 'w1' };
      kept.statuses.push(stored);
      return stored;
    },
    async saveNote(note) {
      await reach();
      kept.notes.push(note);
    },
    publishStatus(status) {
      kept.live.push(status);
    },
    publishSample: reach,
  };
  const reporter = createPipelineReporter({ sink, log: pino({ level: 'silent' }), retryMs: 5 });
  return { kept, mode, reporter };
}

describe('pipeline reporter', () => {
  it('writes status and notes, and publishes what was written', async () => {
    const { kept, reporter } = store();
    reporter.status(shown('running'));
    reporter.note(note('hello'));
    await reporter.flush(1000);
    expect(kept.statuses.at(-1)).toMatchObject({ state: 'running' });
    expect(kept.live).toEqual(kept.statuses);
    expect(kept.notes.map((kept) => kept.message)).toEqual(['hello']);
  });

  it('writes the newest status and every note once the store is back', async () => {
    const { kept, mode, reporter } = store();
    mode.away = true;
    reporter.status(shown('starting'));
    for (let i = 0; i < 10; i++) reporter.note(note(`note ${i}`));
    reporter.status(shown('running'));
    await reporter.flush(30);
    expect(kept.statuses).toEqual([]);
    mode.away = false;
    await reporter.flush(1000);
    expect(kept.statuses.map((status) => status.state)).toEqual(['running']);
    expect(kept.notes).toHaveLength(10);
  });

  it('says nothing more when another worker holds the lease', async () => {
    const { kept, mode, reporter } = store();
    mode.fenced = true;
    reporter.status(shown('running'));
    reporter.note(note('too late'));
    await reporter.flush(1000);
    expect(kept).toEqual({ statuses: [], live: [], notes: [] });
  });
});
