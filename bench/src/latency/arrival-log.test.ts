import { describe, expect, it } from 'vitest';
import { ArrivalLog } from './arrival-log.ts';

describe('ArrivalLog', () => {
  it('pairs commits and arrivals by key, in whatever order they come', () => {
    const log = new ArrivalLog();
    log.arrived(2, 99);
    log.committed(1, 100);
    log.committed(2, 100);
    log.arrived(1, 103);
    expect(log.latencies()).toEqual([3, -1]);
  });

  it('counts the first arrival of a row that came twice', () => {
    const log = new ArrivalLog();
    log.committed(1, 10);
    log.arrived(1, 12);
    log.arrived(1, 50);
    expect(log.latencies()).toEqual([2]);
  });

  it('never hides a row that did not arrive', () => {
    const log = new ArrivalLog();
    log.committed(1, 10);
    expect(log.latencies()).toEqual([Number.NaN]);
  });

  it('ignores arrivals that nobody committed here', () => {
    const log = new ArrivalLog();
    log.arrived(7, 1);
    expect(log.latencies()).toEqual([]);
  });

  it('lets one wait for an arrival, before and after it', async () => {
    const log = new ArrivalLog();
    const waiting = log.arrivalOf(5);
    log.arrived(5, 1);
    await waiting;
    await log.arrivalOf(5);
    expect(log.latencies()).toEqual([]);
  });
});
