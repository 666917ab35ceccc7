import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const schema = z.object({
  postgres: z.string(),
  redis: z.string(),
  databaseAdmin: z.string(),
  databaseCapture: z.string(),
});

/** The passwords of one data folder. */
export type Credentials = z.infer<typeof schema>;

/** Reads the passwords of a data folder; makes random ones the first time (file mode 0600). */
export async function loadCredentials(dataFolder: string): Promise<Credentials> {
  const file = join(dataFolder, 'credentials.json');
  await mkdir(dataFolder, { recursive: true });
  const fresh: Credentials = {
    postgres: password(),
    redis: password(),
    databaseAdmin: password(),
    databaseCapture: password(),
  };
  try {
    await writeFile(file, `${JSON.stringify(fresh, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
    return fresh;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return schema.parse(JSON.parse(await readFile(file, 'utf8')));
  }
}

function password(): string {
  return randomBytes(15).toString('hex');
}
