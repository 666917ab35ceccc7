import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

const building = new Map<string, Promise<string>>();

/**
 * Returns the folder `key` of the cache, built by `build` the first time. A folder appears under its name only when it
 * is complete: it is built under a temporary name and renamed, so that stacks of several processes may race for it.
 */
export function ensureCached(options: {
  cacheFolder: string;
  key: string;
  build: (folder: string) => Promise<void>;
}): Promise<string> {
  const target = join(options.cacheFolder, options.key);
  const running = building.get(target);
  if (running !== undefined) return running;
  const started = buildOnce(target, options.build).finally(() => building.delete(target));
  building.set(target, started);
  return started;
}

async function buildOnce(target: string, build: (folder: string) => Promise<void>): Promise<string> {
  if (await exists(target)) return target;
  const temporary = `${target}.tmp-${process.pid}-${randomBytes(4).toString('hex')}`;
  await mkdir(temporary, { recursive: true });
  try {
    await build(temporary);
    await rename(temporary, target).catch(async (error: unknown) => {
      if (!(await exists(target))) throw error;
    });
    return target;
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** True when the path exists, whatever it is. */
export async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
