import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const schema = z.object({
  postgres: z.string(),
  redis: z.string(),
  databaseAdmin: z.string(),
  databaseCapture: z.string(),
  /** Of the console itself, which compose starts beside the services. */
  encryptionKey: z.string(),
  consoleAdmin: z.string(),
  apiToken: z.string(),
});

const knownSchema = z.record(z.string(), z.string());

/** The passwords and keys of one data folder. */
export type Credentials = z.infer<typeof schema>;

/** Reads the passwords of a data folder; makes random ones for those it lacks (file mode 0600). */
export async function loadCredentials(dataFolder: string): Promise<Credentials> {
  const file = join(dataFolder, 'credentials.json');
  await mkdir(dataFolder, { recursive: true });
  const known = await readFile(file, 'utf8').then(
    (text) => knownSchema.parse(JSON.parse(text)),
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return {};
      throw error;
    },
  );
  const credentials = schema.parse({ ...freshCredentials(), ...known });
  if (Object.keys(known).length < Object.keys(credentials).length) {
    await writeFile(file, `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600 });
  }
  return credentials;
}

function freshCredentials(): Credentials {
  const password = () => randomBytes(15).toString('hex');
  return {
    postgres: password(),
    redis: password(),
    databaseAdmin: password(),
    databaseCapture: password(),
    encryptionKey: randomBytes(32).toString('base64'),
    consoleAdmin: password(),
    apiToken: password(),
  };
}
