import { describe, expect, it } from 'vitest';
import { parseCpuSeconds, parsePeakRss, readProcessUsage, resetPeakRss } from './process-usage.ts';

describe('parseCpuSeconds', () => {
  it('adds user and system time', () => {
    const stat = '812 (node) S 1 812 812 0 -1 4194560 9 0 0 0 1234 66 0 0 20 0 11 0 55 99 12';
    expect(parseCpuSeconds(stat)).toBe(13);
  });

  it('is not misled by a command name with spaces and parentheses', () => {
    const stat = '812 (a) b (c) S 1 812 812 0 -1 4194560 9 0 0 0 100 50 0 0 20 0 11 0 55 99 12';
    expect(parseCpuSeconds(stat)).toBe(1.5);
  });

  it('refuses text that is no stat line', () => {
    expect(() => parseCpuSeconds('')).toThrow(TypeError);
  });
});

describe('parsePeakRss', () => {
  it('reads VmHWM in KiB and gives bytes', () => {
    expect(parsePeakRss('Name:\tnode\nVmPeak:\t  900 kB\nVmHWM:\t   2048 kB\nVmRSS:\t   1024 kB\n')).toBe(
      2_097_152,
    );
  });

  it('refuses the status of a zombie, which has no memory lines', () => {
    expect(() => parsePeakRss('Name:\tnode\nState:\tZ (zombie)\n')).toThrow('VmHWM');
  });
});

describe.runIf(process.platform === 'linux')('readProcessUsage', () => {
  it('agrees with what Node says of this process', async () => {
    const usage = await readProcessUsage(process.pid);
    const own = process.resourceUsage();
    expect(usage.cpuSeconds).toBeCloseTo((own.userCPUTime + own.systemCPUTime) / 1e6, 0);
    expect(usage.peakRssBytes).toBeGreaterThan(process.memoryUsage.rss() / 2);
  });

  it('forgets an earlier peak when asked', async () => {
    const block = Buffer.alloc(256 * 1024 * 1024, 1);
    expect((await readProcessUsage(process.pid)).peakRssBytes).toBeGreaterThan(block.length);
    await resetPeakRss(process.pid);
    const now = process.memoryUsage.rss();
    expect((await readProcessUsage(process.pid)).peakRssBytes).toBeLessThan(now * 1.2);
  });
});
