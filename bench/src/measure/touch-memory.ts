import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const KIBIBYTE = 1024;
const GIBIBYTE = 1024 * KIBIBYTE * KIBIBYTE;
/** Several times what the topic of one measurement takes. */
const MOST_BYTES = 4 * GIBIBYTE;
/** Of the free memory; the rest is for those who need some meanwhile. */
const SHARE = 0.75;

/** Runs in a process of its own, whose end gives all of it back. */
const TOUCH = `
  const [size, page, kept] = [64 * 1024 * 1024, 4096, []];
  for (let left = Number(process.argv[1]); left >= size; left -= size) {
    const bytes = Buffer.allocUnsafeSlow(size);
    for (let at = 0; at < size; at += page) bytes[at] = 1;
    kept.push(bytes);
  }`;

/** Free bytes from the text of `/proc/meminfo` (`MemFree`, in KiB): what nobody uses, not even the page cache. */
export function parseFreeMemory(meminfo: string): number {
  const kibibytes = /^MemFree:\s+(\d+) kB$/m.exec(meminfo)?.[1];
  if (kibibytes === undefined) throw new TypeError('no MemFree in /proc/meminfo');
  return Number(kibibytes) * KIBIBYTE;
}

/**
 * Writes a byte to each page of free memory and gives it back. A virtual machine may hand free memory to its host (free page
 * reporting): the next one to use a page then waits for the host, 8 µs per 4 KiB where this was measured, more than all
 * that a broker does with as many bytes. The kernel gives out last touched pages first, so that a measurement begun at once meets none of that.
 */
export async function touchMemory(): Promise<void> {
  const free = parseFreeMemory(await readFile('/proc/meminfo', 'utf8'));
  const bytes = Math.floor(Math.min(MOST_BYTES, free * SHARE));
  await promisify(execFile)(process.execPath, ['-e', TOUCH, String(bytes)]);
}
