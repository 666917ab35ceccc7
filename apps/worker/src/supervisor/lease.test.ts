import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type HeldLease, holdLease, type LeaseStore } from './lease.ts';

const timing = { ttlMs: 9000, renewMs: 2000, retryMs: 300 };

/** A store that says what the test wants it to say. */
function scene(jobLock = false) {
  const seen = { lost: [] as string[], renewed: [] as number[], released: [] as number[] };
  const mode = { free: true, away: false, taken: false, jobLock };
  const store: LeaseStore = {
    acquire: async () => (mode.free ? 7 : null),
    renew: async () => {
      if (mode.away) throw new Error('away');
      return !mode.taken;
    },
    release: async (_pipelineId, epoch) => {
      seen.released.push(epoch);
    },
  };
  const hold = (): Promise<HeldLease | null> =>
    holdLease({
      store,
      pipelineId: 'p',
      timing,
      jobLockHeld: () => mode.jobLock,
      onRenewed: (validForMs) => seen.renewed.push(validForMs),
      onLost: (reason) => seen.lost.push(reason),
      log: pino({ level: 'silent' }),
    });
  return { seen, mode, hold };
}

describe('lease', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance', 'Date'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is not had while someone else holds it', async () => {
    const { mode, hold } = scene();
    mode.free = false;
    expect(await hold()).toBeNull();
  });

  it('is renewed for as long as it is held, and given up at the end', async () => {
    const { seen, hold } = scene();
    const lease = await hold();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(seen.renewed).toHaveLength(10);
    expect(lease?.remainingMs()).toBeGreaterThan(8000);
    await lease?.release();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(seen).toMatchObject({ lost: [], released: [7] });
    expect(seen.renewed).toHaveLength(10);
  });

  it('is lost at the next renewal after someone else took it, told once', async () => {
    const { seen, mode, hold } = scene();
    await hold();
    mode.taken = true;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(seen.lost).toHaveLength(1);
  });

  it('outlives a short absence of Postgres and is lost after a long one', async () => {
    const { seen, mode, hold } = scene();
    await hold();
    mode.away = true;
    await vi.advanceTimersByTimeAsync(8000);
    mode.away = false;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(seen.lost).toEqual([]);
    mode.away = true;
    await vi.advanceTimersByTimeAsync(12_000);
    expect(seen.lost).toHaveLength(1);
  });

  it('outlives any absence of Postgres while the job is surely ours: nobody else was given it', async () => {
    const { seen, mode, hold } = scene(true);
    const lease = await hold();
    mode.away = true;
    await vi.advanceTimersByTimeAsync(600_000);
    expect(seen.lost).toEqual([]);
    expect(lease?.remainingMs()).toBeGreaterThan(6000);
    mode.jobLock = false;
    await vi.advanceTimersByTimeAsync(12_000);
    expect(seen.lost).toHaveLength(1);
  });
});
