import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EnvelopeClock } from './envelope-clock.ts';

const timeOf = (tail: Buffer): number => Number(/"ts_ms":(\d+)/.exec(tail.toString())?.[1]);

describe('EnvelopeClock', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date', 'performance'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('keeps its time until it is told to read the clock', () => {
    const clock = new EnvelopeClock();
    const before = timeOf(clock.tail('c'));
    vi.advanceTimersByTime(5_000);
    expect(timeOf(clock.tail('u'))).toBe(before);
    clock.tick();
    expect(timeOf(clock.tail('u'))).toBe(before + 5_000);
  });

  it('reads it by itself now and then in a long batch', () => {
    const clock = new EnvelopeClock();
    const before = timeOf(clock.tail('c'));
    vi.advanceTimersByTime(5_000);
    for (let event = 0; event < 8; event += 1) clock.pass();
    expect(timeOf(clock.tail('c'))).toBe(before + 5_000);
  });

  it('writes the thread of the transaction at hand', () => {
    const clock = new EnvelopeClock();
    clock.event(7, null);
    expect(clock.tail('c').toString()).toContain('"thread":7,');
    clock.event(null, null);
    expect(clock.tail('c').toString()).toContain('"thread":null,');
  });
});
