import { describe, expect, it } from 'vitest';
import { PauseGate } from './pause-gate.ts';

const never = new AbortController().signal;

describe('pause gate', () => {
  it('lets a loop through while it is open', async () => {
    expect(await new PauseGate(false).passage(Number.POSITIVE_INFINITY, never)).toBe(true);
  });

  it('holds the loop until resume', async () => {
    const gate = new PauseGate(true);
    const passage = gate.passage(Number.POSITIVE_INFINITY, never);
    gate.resume();
    expect(await passage).toBe(true);
  });

  it('gives up after the hold time, still closed', async () => {
    expect(await new PauseGate(true).passage(5, never)).toBe(false);
  });

  it('gives up when the run is aborted', async () => {
    const abort = new AbortController();
    const passage = new PauseGate(true).passage(Number.POSITIVE_INFINITY, abort.signal);
    abort.abort();
    expect(await passage).toBe(false);
  });
});
