import { readFile, writeFile } from 'node:fs/promises';

/** The kernel reports CPU times in 1/USER_HZ seconds, which is 100 in every Linux user-space ABI that Node runs on. */
const TICKS_PER_SECOND = 100;

/** What a process has used so far. */
export interface ProcessUsage {
  /** User and system time of all its threads, in seconds. */
  cpuSeconds: number;
  /** Highest resident set since the last {@link resetPeakRss}, in bytes. */
  peakRssBytes: number;
}

/**
 * CPU seconds from the text of `/proc/<pid>/stat` (proc_pid_stat(5): fields 14 and 15). The command name, field 2,
 * may itself hold spaces and parentheses, so fields are counted from its last closing one.
 */
export function parseCpuSeconds(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(fields[11]) + Number(fields[12]);
  if (!Number.isFinite(ticks)) throw new TypeError(`not a /proc/<pid>/stat line: ${stat}`);
  return ticks / TICKS_PER_SECOND;
}

/** Peak resident set in bytes from the text of `/proc/<pid>/status` (`VmHWM`, in KiB). */
export function parsePeakRss(status: string): number {
  const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  if (kibibytes === undefined) throw new TypeError('no VmHWM in /proc/<pid>/status');
  return Number(kibibytes) * 1024;
}

/** Reads what a process has used; rejects when it is gone. */
export async function readProcessUsage(pid: number): Promise<ProcessUsage> {
  const [stat, status] = await Promise.all([
    readFile(`/proc/${pid}/stat`, 'utf8'),
    readFile(`/proc/${pid}/status`, 'utf8'),
  ]);
  return { cpuSeconds: parseCpuSeconds(stat), peakRssBytes: parsePeakRss(status) };
}

/** Makes the present resident set the peak (proc_pid_clear_refs(5), value 5). */
export async function resetPeakRss(pid: number): Promise<void> {
  await writeFile(`/proc/${pid}/clear_refs`, '5');
}
