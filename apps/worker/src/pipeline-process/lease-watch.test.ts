import { describe, expect, it } from 'vitest';
import { createLeaseWatch } from './lease-watch.ts';

function held() {
  const time = { monotonic: 1000, wall: 1_000_000 };
  const watch = createLeaseWatch({ monotonic: () => time.monotonic, wall: () => time.wall });
  return { time, watch };
}

describe('lease watch', () => {
  it('does not expire before it was first told', () => {
    expect(held().watch.expired()).toBe(false);
  });

  it('expires when nobody extends it, and not while somebody does', () => {
    const { time, watch } = held();
    watch.extend(8000);
    time.monotonic += 7999;
    expect(watch.expired()).toBe(false);
    watch.extend(8000);
    time.monotonic += 7999;
    expect(watch.expired()).toBe(false);
    time.monotonic += 1;
    expect(watch.expired()).toBe(true);
  });

  it('expires when the machine slept: the wall clock went on alone', () => {
    const { time, watch } = held();
    watch.extend(8000);
    time.wall += 3_600_000;
    expect(watch.expired()).toBe(true);
  });
});
