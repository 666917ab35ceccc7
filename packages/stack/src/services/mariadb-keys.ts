import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exists } from '../cache/ensure-cached.ts';
import type { ServiceContext } from '../service-definition.ts';

/** Arguments of a server that encrypts its binlog; its key is made the first time and kept with the service's data. */
export async function binlogEncryption(context: ServiceContext): Promise<string[]> {
  const file = join(context.folder, 'data', 'keys.txt');
  if (!(await exists(file))) {
    await writeFile(file, `1;${randomBytes(32).toString('hex')}\n`, { mode: 0o600 });
  }
  return [
    '--plugin-load-add=file_key_management',
    `--file-key-management-filename=${file}`,
    '--encrypt-binlog=ON',
  ];
}
