import { expect, it } from 'vitest';
import { ReadBuffers } from './read-buffers.ts';

const MIB = 1024 * 1024;

/** At which MiB of 20 the buffers were collected. */
function collections(eventsPerMib: number): number[] {
  const collectedAt: number[] = [];
  let mib = 0;
  const buffers = new ReadBuffers(() => collectedAt.push(mib));
  for (mib = 1; mib <= 20; mib += 1) buffers.passed({ bytesRead: mib * MIB, eventsRead: mib * eventsPerMib });
  return collectedAt;
}

it('read buffers of large events are collected at every 8 MiB', () => {
  expect(collections(130)).toEqual([8, 16]);
});

it('those of small events, whose objects V8 collects anyway, are left to it', () => {
  expect(collections(6000)).toEqual([]);
});

it('so are all, where it cannot be asked', () => {
  expect(() => new ReadBuffers(null).passed({ bytesRead: 100 * MIB, eventsRead: 1 })).not.toThrow();
});
