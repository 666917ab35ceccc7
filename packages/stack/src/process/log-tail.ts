import { open } from 'node:fs/promises';

/** The last lines of a file, at most `bytes` of it; empty when there is no such file. */
export async function logTail(file: string, bytes = 4096): Promise<string> {
  const handle = await open(file, 'r').catch(() => null);
  if (handle === null) return '';
  try {
    const { size } = await handle.stat();
    const length = Math.min(size, bytes);
    const { buffer } = await handle.read(Buffer.alloc(length), 0, length, size - length);
    return buffer.toString('utf8').trimEnd();
  } finally {
    await handle.close();
  }
}
