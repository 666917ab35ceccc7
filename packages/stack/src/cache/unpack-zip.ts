import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openPromise } from 'yauzl';

/**
 * Unpacks entries of a zip or jar into a folder, each under the path that `accept` gives for its name (null: left out).
 * yauzl refuses names that lead out of the folder and checks the size of each entry. Jars carry no file modes: `mode`
 * names those of each path.
 */
export async function unpackZip(options: {
  file: string;
  accept: (name: string) => string | null;
  folder: string;
  mode: (path: string) => number;
}): Promise<void> {
  const zip = await openPromise(options.file, { lazyEntries: true });
  for await (const entry of zip.eachEntry()) {
    const path = entry.fileName.endsWith('/') ? null : options.accept(entry.fileName);
    if (path === null) continue;
    const target = join(options.folder, path);
    await mkdir(dirname(target), { recursive: true });
    const content = await zip.openReadStreamPromise(entry);
    await pipeline(content, createWriteStream(target, { mode: options.mode(path) }));
  }
}
