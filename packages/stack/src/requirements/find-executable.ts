import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { readStackEnvironment } from '../env.ts';

/** The folders that `PATH` names, and those of administration tools, which users' paths often lack. */
export function searchFolders(): string[] {
  return [...readStackEnvironment().path.split(delimiter), '/usr/sbin', '/sbin'].filter(
    (folder) => folder !== '',
  );
}

/** Full path of a program, or null. */
export async function findExecutable(name: string): Promise<string | null> {
  for (const folder of searchFolders()) {
    const path = join(folder, name);
    if (await isExecutable(path)) return path;
  }
  return null;
}

/** True when this process may run the file. */
export async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
