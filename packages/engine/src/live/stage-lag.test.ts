import { describe, expect, it } from 'vitest';
import { stageLag } from './stage-lag.ts';

const idle = { completed: null, waiting: null, now: 10_000 };
const mark = {
  sequence: 1,
  rows: 1,
  bytes: 1,
  committedAt: 5000,
  eventAtMs: 5000,
  precisionMs: 1,
  readAt: 5001.5,
  queuedAt: 5002,
};

describe('lag by stage', () => {
  it('is that of the newest acknowledged batch', () => {
    const lag = stageLag({ ...idle, caughtUp: true, completed: { ...mark, acknowledgedAt: 5004 } });
    expect(lag).toEqual({
      commitToReadMs: 1.5,
      readToQueueMs: 0.5,
      queueToAckMs: 2,
      totalMs: 4,
      commitPrecisionMs: 1,
    });
  });

  it('grows while nothing is acknowledged', () => {
    expect(stageLag({ ...idle, caughtUp: false, waiting: mark }).totalMs).toBe(5000);
  });

  it('is zero when idle and unknown when nothing was heard: neither is the other', () => {
    expect(stageLag({ ...idle, caughtUp: true })).toMatchObject({ totalMs: 0, commitPrecisionMs: 1 });
    expect(stageLag({ ...idle, caughtUp: false }).totalMs).toBeNull();
  });

  it('is the least it can be where commit times are whole seconds', () => {
    const seconds = { ...mark, precisionMs: 1000, readAt: 5400, queuedAt: 5400, acknowledgedAt: 5402 };
    expect(stageLag({ ...idle, caughtUp: true, completed: seconds })).toMatchObject({
      commitToReadMs: 0,
      totalMs: 2,
    });
    const late = { ...seconds, readAt: 8000, queuedAt: 8000, acknowledgedAt: 8000 };
    expect(stageLag({ ...idle, caughtUp: true, completed: late }).commitToReadMs).toBe(2001);
  });
});
